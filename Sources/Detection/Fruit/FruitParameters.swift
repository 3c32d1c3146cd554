/// The thresholds of fruit on a plain ground; `models/fruit.yaml` says what each means and where it comes from.
public struct FruitParameters: Sendable, Equatable {
    public var columns: Int
    public var border: Double
    public var contrast: Float
    public var noise: Float
    public var share: Float
    public var colour: Float
    public var smallestMillimetres: Double
    public var smallestShare: Double
    public var neck: Double
    public var outlineSeen: Double
    public var misfit: Double
    public var spotDepth: Float
    public var spotStep: Float
    public var spotRimStep: Float
    public var spotWideStep: Float
    public var spotWide: Double
    public var spotFine: Double
    public var spotNoise: Float
    public var spotDarkness: Float
    public var spotSmallest: Double
    public var spotSmallestPixels: Double
    public var spotWidest: Double
    public var rim: Double
    public var greenRatio: Double
    public var greenSaturation: Double
    public var greenAgainstSkin: Double
    public var greenAgainstSlant: Double
    public var greenLikeSkin: Double
    public var greenSkin: Double
    public var stalkSmallest: Double
    public var stalkStep: Float
    public var shineSaturation: Double
    public var trayPosition: Double
    public var traySize: Double
    public var trayShare: Double

    /// - Parameter number: the value of a dotted key of `models/fruit.yaml`.
    public init<Fault: Error>(number: (String) throws(Fault) -> Double) throws(Fault) {
        columns = Int(try number("ground.columns"))
        border = try number("ground.border")
        contrast = Float(try number("ground.contrast"))
        noise = Float(try number("ground.noise"))
        share = Float(try number("ground.share"))
        colour = Float(try number("fruit.colour"))
        smallestMillimetres = try number("fruit.smallest")
        smallestShare = try number("fruit.smallestShare")
        neck = try number("fruit.neck")
        outlineSeen = try number("fruit.outlineSeen")
        misfit = try number("fruit.misfit")
        spotDepth = Float(try number("spots.depth"))
        spotStep = Float(try number("spots.step"))
        spotRimStep = Float(try number("spots.rimStep"))
        spotWideStep = Float(try number("spots.wideStep"))
        spotWide = try number("spots.wide")
        spotFine = try number("spots.fine")
        spotNoise = Float(try number("spots.noise"))
        spotDarkness = Float(try number("spots.darkness"))
        spotSmallest = try number("spots.smallest")
        spotSmallestPixels = try number("spots.smallestPixels")
        spotWidest = try number("spots.widest")
        rim = try number("spots.rim")
        greenRatio = try number("green.ratio")
        greenSaturation = try number("green.saturation")
        greenAgainstSkin = try number("green.againstSkin")
        greenAgainstSlant = try number("green.againstSlant")
        greenLikeSkin = try number("green.likeSkin")
        greenSkin = try number("green.skin")
        stalkSmallest = try number("green.smallest")
        stalkStep = Float(try number("green.step"))
        shineSaturation = try number("green.shineSaturation")
        trayPosition = try number("tray.position")
        traySize = try number("tray.size")
        trayShare = try number("tray.share")
    }
}
