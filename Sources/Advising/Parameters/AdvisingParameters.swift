import Village

/// The thresholds of growth judgement and of cards, as `models/growth.yaml` states them with unit, range and origin.
public struct AdvisingParameters: Sendable, Equatable {
    public var anomaly = Anomaly()
    public var events = Events()
    public var weeds = Weeds()
    public var cards = Cards()
    public var weather = WeatherLimits()

    public init() {}

    /// As the file that is shipped; a test compares the two.
    public static let standard = AdvisingParameters()

    public struct Anomaly: Sendable, Equatable {
        /// Robust deviations, 1…10.
        public var z = 3.0
        /// Successive measured days, 1…10.
        public var rows = 2
        /// The same where green alone is down, because flushes of neighbours differ by days; 1…10.
        public var greennessRows = 3
        /// Between those rows, 1…30.
        public var maximumGapInDays = 7
        /// How far back the plot's own past reaches, 20…120.
        public var baselineDays = 45
        /// The newest days that don't count as past, 3…30.
        public var lagDays = 10
        /// Measured days that the past needs, 3…60.
        public var minimumRows = 5
        /// Share of the residual that the plot itself must have moved, 0…1.
        public var ownShare = 0.5
        /// One card per plot in so many days, 1…365.
        public var quietDays = 30
        /// Effect floors times this where no plot of the same crop is on the camera, 1…5.
        public var withoutNeighbours = 1.5
        /// Effect floors times this where no other plot is on the camera at all, 1…10.
        public var alone = 2.5
        /// The smallest change that counts, in the quantity's unit, 0…1.
        public var effects: [Quantity: Double] = [
            .gcc: 0.012, .rcc: 0.010, .yellowing: 0.06, .vegetationCover: 0.10, .canopyCover: 0.10, .noonChange: 0.03,
        ]
        /// The smallest robust deviation that is believed, in the quantity's unit, 0…1.
        public var scaleFloors: [Quantity: Double] = [
            .gcc: 0.003, .rcc: 0.003, .yellowing: 0.012, .vegetationCover: 0.02, .canopyCover: 0.02, .noonChange: 0.008,
        ]

        /// The quantities that both tables must name.
        static let quantities: [Quantity] = [.gcc, .rcc, .yellowing, .vegetationCover, .canopyCover, .noonChange]
    }

    public struct Events: Sendable, Equatable {
        /// Successive measured days, 1…10.
        public var rows = 2
        /// The days before that an event rises from, 20…200.
        public var baselineDays = 60
        /// How far from its calendar window an event is still believed, in days, 0…90.
        public var slackDays = 30
        /// Share of the plot, 0…1.
        public var bloomRise = 0.04
        /// The same of crops that keep their leaves, whose blossom stands among them; share of the plot, 0…1.
        public var bloomRiseAmongLeaves = 0.012
        /// Share of the rise that must be lost before the peak is called, 0…1.
        public var peakFall = 0.30
        /// Share of the plot, 0…1.
        public var colouringRise = 0.015
        /// gcc above the leafless level, 0…0.3.
        public var leafRise = 0.020
        /// Share of the plot, 0…1.
        public var pruningCoverDrop = 0.12
        /// The same in the months when the crop is pruned, and not less than so many deviations of its usual steps.
        public var pruningCoverDropInWindow = 0.08
        public var pruningSteps = 3.0
        /// gcc, 0…0.3.
        public var pruningGreenDrop = 0.030
        /// A cut is at most so many days wide, 1…15 …
        public var stepDays = 4
        /// … or so many in the months when the crop is pruned, 1…30.
        public var stepDaysInWindow = 10
    }

    public struct Weeds: Sendable, Equatable {
        /// Of the share that is plants but not the crop's canopy, 0…1.
        public var rise = 0.15
        /// At least this share, 0…1.
        public var level = 0.25
        /// One card per plot in so many days, 1…365.
        public var quietDays = 60
    }

    public struct WeatherLimits: Sendable, Equatable {
        /// °C: a night as cold as this or colder is a frost night, −10…5.
        public var frost = 0.0
        /// Millimetres in a day, 10…500.
        public var heavyRain = 50.0
        /// Millimetres in three days, 20…1000.
        public var soakingRain = 100.0
        /// A scorch is the frost's if there was a frost night so many days before, 1…21.
        public var scorchDays = 7
    }

    public struct Cards: Sendable, Equatable {
        /// Cards a household gets in a period, 1…50; anomalies are never held back.
        public var perHousehold = 3
        /// Days, 1…90.
        public var periodDays = 7
    }
}
