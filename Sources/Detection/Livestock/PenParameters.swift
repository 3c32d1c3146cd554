/// The thresholds of pens; `models/flock.yaml` says what each means and where it comes from.
public struct PenParameters: Sendable, Equatable {
    /// Of one kind of animal.
    public struct Animal: Sendable, Equatable {
        /// m² as seen from the side.
        public var area: Double
        /// Metres.
        public var tallest: Double
    }

    /// Pale animals in a single picture.
    public struct Pale: Sendable, Equatable {
        /// Grey levels between the ground and the palest.
        public var contrast: Double
        /// Share of the way from the ground to the palest from which a pixel is an animal.
        public var step: Double
        public var leastPixels: Int
        /// Of one animal's area.
        public var smallest: Double
        /// Pieces of one animal that must be seen.
        public var alike: Int
        /// Share by which the count may be too low or too high.
        public var uncertainty: Double
    }

    /// By the camera's infrared lamp.
    public struct Night: Sendable, Equatable {
        /// Looks from which the empty ground can be trusted, and minutes between them.
        public var needed: Int
        public var minutes: Double
        /// Share of the looks that are darker than the ground is taken to be.
        public var darker: Double
        /// Logarithm by which an animal is brighter, at least, in deviations of its surroundings, and in deviations of the
        /// place over the nights.
        public var brighter: Float
        public var deviations: Float
        public var spreads: Float
        /// Pixels of an animal's length from which it can be told.
        public var length: Double
        /// Areas of an animal that one covers; of these the least that is one, and the most.
        public var covers: Double
        public var smallest: Double
        public var one: Double
        /// Animals to one of these areas in a larger piece.
        public var perArea: Double
        /// Share of the brightness that is fine detail in what is in focus.
        public var detail: Double
        /// Share by which the count may be too low or too high.
        public var uncertainty: Double
    }

    public var looks: Int
    public var needed: Int
    public var minutes: Double
    public var likely: Float
    public var sure: Double
    public var certain: Double
    public var poultry: Animal
    public var livestock: Animal
    public var smallest: Double
    public var one: Double
    public var perArea: Double
    public var crowding: Double
    public var covers: Double
    public var pale: Pale
    public var night: Night
    public var few: Int
    public var strong: Double
    public var uncertainty: Double
    public var spreadFrom: Int

    /// - Parameter number: the value of a dotted key of `models/flock.yaml`.
    public init<Fault: Error>(number: (String) throws(Fault) -> Double) throws(Fault) {
        looks = Int(try number("background.looks"))
        needed = Int(try number("background.needed"))
        minutes = try number("background.minutes")
        likely = Float(try number("model.likely"))
        sure = try number("model.sure")
        certain = try number("model.certain")
        poultry = Animal(area: try number("poultry.area"), tallest: try number("poultry.tallest"))
        livestock = Animal(area: try number("livestock.area"), tallest: try number("livestock.tallest"))
        smallest = try number("count.smallest")
        one = try number("count.one")
        perArea = try number("count.perArea")
        crowding = try number("count.crowding")
        covers = try number("count.covers")
        pale = Pale(
            contrast: try number("pale.contrast"), step: try number("pale.step"),
            leastPixels: Int(try number("pale.leastPixels")), smallest: try number("pale.smallest"),
            alike: Int(try number("pale.alike")), uncertainty: try number("pale.uncertainty"))
        night = Night(
            needed: Int(try number("night.needed")), minutes: try number("night.minutes"),
            darker: try number("night.darker"), brighter: Float(try number("night.brighter")),
            deviations: Float(try number("night.deviations")), spreads: Float(try number("night.spreads")),
            length: try number("night.length"), covers: try number("night.covers"),
            smallest: try number("night.smallest"), one: try number("night.one"),
            perArea: try number("night.perArea"), detail: try number("night.detail"),
            uncertainty: try number("night.uncertainty"))
        few = Int(try number("count.few"))
        strong = try number("count.strong")
        uncertainty = try number("count.uncertainty")
        spreadFrom = Int(try number("count.spreadFrom"))
    }
}
