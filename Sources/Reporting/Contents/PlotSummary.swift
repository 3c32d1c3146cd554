import Foundation
import Village

/// One plot over the period of a report.
public struct PlotSummary: Sendable {
    public var plot: Plot
    /// The crop in words, where the crop's file names it.
    public var cropName: Bilingual?
    /// One entry a day with a usable capture, in order.
    public var series: [DailyValues]
    /// The same days a year earlier.
    public var lastYear: [DailyValues]
    /// The smoothed gcc, where the caller has one; a plain local mean is drawn otherwise.
    public var smoothGCC: [DailyValues.Point]
    /// Where the gcc of a healthy day may lie, drawn as a band; empty where it is not known.
    public var expectedGCC: [Band]
    /// The growth stage on the last day; `nil` for plots without a known crop.
    public var stage: Stage?
    /// The days of the season that the pictures gave.
    public var dates: [SeasonDate]
    /// Photographs at the turning points of the season.
    public var moments: [Moment]
    /// What a room or a pen says, line by line.
    public var facts: [Fact]
    /// Where in the room somebody was, where in the pen the animals were over the day; never a photograph of a room.
    public var figures: [Figure]
    /// The fruit of a sorting table, day by day.
    public var lots: [Lot] = []
    /// What flights over it and its household's points say, line by line.
    public var notes: [Fact] = []
    /// Whether the camera measures anything that grows there.
    public var isMeasured = true
    public var state: State
    /// In pixels of the camera's reference picture; for a mask, its traced outline; empty where unknown.
    public var outline: Outline
    /// The outline in metres of the village's level frame, where the camera has ground points.
    public var ground: Outline?
    public var areaInSquareMetres: Double?

    public init(
        plot: Plot, cropName: Bilingual? = nil, series: [DailyValues], lastYear: [DailyValues] = [],
        smoothGCC: [DailyValues.Point] = [], expectedGCC: [Band] = [], stage: Stage? = nil, dates: [SeasonDate] = [],
        moments: [Moment] = [], facts: [Fact] = [], figures: [Figure] = [],
        state: State, outline: Outline, ground: Outline? = nil, areaInSquareMetres: Double? = nil
    ) {
        self.plot = plot
        self.cropName = cropName
        self.series = series
        self.lastYear = lastYear
        self.smoothGCC = smoothGCC
        self.expectedGCC = expectedGCC
        self.stage = stage
        self.dates = dates
        self.moments = moments
        self.facts = facts
        self.figures = figures
        self.state = state
        self.outline = outline
        self.ground = ground
        self.areaInSquareMetres = areaInSquareMetres
    }

    public struct Fact: Sendable, Equatable {
        public var name: Bilingual
        public var value: Bilingual

        public init(name: Bilingual, value: Bilingual) {
            self.name = name
            self.value = value
        }
    }

    public struct Figure: Sendable, Equatable {
        public var picture: Picture
        public var caption: Bilingual

        public init(picture: Picture, caption: Bilingual) {
            self.picture = picture
            self.caption = caption
        }
    }

    /// The range of a quantity on one day.
    public struct Band: Sendable, Equatable {
        public var day: Day
        public var low: Double
        public var high: Double

        public init(day: Day, low: Double, high: Double) {
            self.day = day
            self.low = low
            self.high = high
        }
    }

    /// A growth stage with why it is thought so.
    public struct Stage: Sendable, Equatable {
        /// `65` or `60-69`.
        public var bbch: String
        public var name: Bilingual
        /// `calendar`, `warmth` or `pictures`.
        public var basis: String
        public var reason: Bilingual

        public init(bbch: String, name: Bilingual, basis: String, reason: Bilingual) {
            self.bbch = bbch
            self.name = name
            self.basis = basis
            self.reason = reason
        }
    }

    /// A date of the season with how sure it is and how it stands to other years.
    public struct SeasonDate: Sendable, Equatable {
        /// `leaves`, `fading`, `flush`, `bloomStart`, `bloomPeak`, `colouringStart`, `harvested` or `pruning`.
        public var kind: String
        public var title: Bilingual
        public var day: Day
        /// The days between which it lies; `nil` where it is one day's picture.
        public var interval: ClosedRange<Day>?
        /// Days later than the median of the other years; `nil` without other years.
        public var daysLater: Int?

        public init(
            kind: String, title: Bilingual, day: Day, interval: ClosedRange<Day>? = nil, daysLater: Int? = nil
        ) {
            self.kind = kind
            self.title = title
            self.day = day
            self.interval = interval
            self.daysLater = daysLater
        }
    }

    /// A day of the season worth seeing: first leaves, full bloom, picking.
    public struct Moment: Sendable, Equatable {
        public var day: Day
        public var title: Bilingual
        public var picture: Picture?
        /// Path of the capture.
        public var capture: String?
        /// When it was taken, which may be some days from the moment.
        public var taken: Day?

        public init(day: Day, title: Bilingual, picture: Picture?, capture: String? = nil, taken: Day? = nil) {
            self.day = day
            self.taken = taken
            self.title = title
            self.picture = picture
            self.capture = capture
        }
    }

    /// How the plot stands on the last day of the period.
    public struct State: Sendable, Equatable {
        public enum Level: String, Sendable, Codable, CaseIterable {
            /// Nothing asks for a visit.
            case normal
            /// Somebody should look at the crop, the animals or the yard.
            case attention
            /// An open flag asks for an inspection.
            case action
            /// Too few usable pictures to say.
            case unknown
        }
        public var level: Level
        /// One sentence.
        public var text: Bilingual

        public init(level: Level, text: Bilingual) {
            self.level = level
            self.text = text
        }
    }
}

extension DailyValues {
    /// One value of one day.
    public struct Point: Sendable, Equatable {
        public var day: Day
        public var value: Double

        public init(day: Day, value: Double) {
            self.day = day
            self.value = value
        }
    }
}

extension [DailyValues] {
    /// The days on which `quantity` has a finite value, in order of day.
    public func points(of quantity: Quantity) -> [DailyValues.Point] {
        compactMap { entry in
            guard let value = entry.values[quantity], value.isFinite else { return nil }
            return DailyValues.Point(day: entry.day, value: value)
        }.sorted { $0.day < $1.day }
    }
}
