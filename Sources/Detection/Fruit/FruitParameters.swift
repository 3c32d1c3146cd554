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
    public var spotEdge: Float
    public var spotStep: Float
    public var spotSmallest: Double
    public var spotSmallestPixels: Double
    public var spotWidest: Double
    public var rim: Double
    public var greenRatio: Double
    public var greenSaturation: Double
    public var shineSaturation: Double

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
        spotEdge = Float(try number("spots.edge"))
        spotStep = Float(try number("spots.step"))
        spotSmallest = try number("spots.smallest")
        spotSmallestPixels = try number("spots.smallestPixels")
        spotWidest = try number("spots.widest")
        rim = try number("spots.rim")
        greenRatio = try number("spots.greenRatio")
        greenSaturation = try number("spots.greenSaturation")
        shineSaturation = try number("spots.shineSaturation")
    }
}
