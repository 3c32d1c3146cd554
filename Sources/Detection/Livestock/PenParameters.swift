/// The thresholds of pens; `models/flock.yaml` says what each means and where it comes from.
public struct PenParameters: Sendable, Equatable {
    /// Of one kind of animal.
    public struct Animal: Sendable, Equatable {
        /// m² as seen from the side.
        public var area: Double
        /// Metres.
        public var tallest: Double
    }

    public var looks: Int
    public var needed: Int
    public var minutes: Double
    public var lightMetres: Double
    public var radius: Int
    public var texture: Float
    public var kept: Float
    public var hidden: Double
    public var luminance: Float
    public var warmth: Float
    public var tint: Float
    public var spreads: Float
    public var shadowDepth: Float
    public var shadowBlue: Float
    public var shadowWarmth: Float
    public var shadowTint: Float
    public var reliableLevel: Float
    public var poultry: Animal
    public var livestock: Animal
    public var smallest: Double
    public var one: Double
    public var perArea: Double
    public var few: Int
    public var strong: Double
    public var uncertainty: Double
    public var spreadFrom: Int

    /// - Parameter number: the value of a dotted key of `models/flock.yaml`.
    public init<Fault: Error>(number: (String) throws(Fault) -> Double) throws(Fault) {
        looks = Int(try number("background.looks"))
        needed = Int(try number("background.needed"))
        minutes = try number("background.minutes")
        lightMetres = try number("light.metres")
        radius = Int(try number("light.radius"))
        texture = Float(try number("light.texture"))
        kept = Float(try number("light.kept"))
        hidden = try number("light.hidden")
        luminance = Float(try number("light.luminance"))
        warmth = Float(try number("light.warmth"))
        tint = Float(try number("light.tint"))
        spreads = Float(try number("light.spreads"))
        shadowDepth = Float(try number("light.shadowDepth"))
        shadowBlue = Float(try number("light.shadowBlue"))
        shadowWarmth = Float(try number("light.shadowWarmth"))
        shadowTint = Float(try number("light.shadowTint"))
        reliableLevel = Float(try number("light.reliableLevel"))
        poultry = Animal(area: try number("poultry.area"), tallest: try number("poultry.tallest"))
        livestock = Animal(area: try number("livestock.area"), tallest: try number("livestock.tallest"))
        smallest = try number("count.smallest")
        one = try number("count.one")
        perArea = try number("count.perArea")
        few = Int(try number("count.few"))
        strong = try number("count.strong")
        uncertainty = try number("count.uncertainty")
        spreadFrom = Int(try number("count.spreadFrom"))
    }
}
