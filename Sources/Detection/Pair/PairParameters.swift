/// The thresholds of the comparison of two pictures; `models/compare.yaml` says what each means and where it comes
/// from.
public struct PairParameters: Sendable, Equatable {
    public var layout: Double
    public var leastStructure: Double
    public var improvement: Double
    public var agreement: Double
    public var leastFill: Double
    public var largestShare: Double
    public var neckShare: Double
    public var distinctness: Double
    public var workingWidth: Int
    public var sceneWidth: Int
    public var sceneWideShare: Double
    public var structureShare: Double
    public var coarseness: [Double]
    public var leastSegment: [Int]
    public var sameCorrelation: Double
    public var sameColour: Double
    public var newScore: Double
    public var goneScore: Double
    public var smoothing: Double
    public var openRadius: Int
    public var hallLightness: Double
    public var hallBlueness: Double
    public var hallRoughness: Double
    public var hallWidth: Double
    public var hallFill: Double
    public var hallChange: Double
    public var mean: [Double]
    public var spread: [Double]
    public var weight: [Double]
    public var product: [Double]
    public var intercept: Double
    public var parallaxReach: Double
    public var parallaxLeast: Double
    public var parallaxAgreement: Double
    public var parallaxWidth: Double
    public var parallaxConfidence: Double

    /// - Parameter number: the value of a dotted key of `models/compare.yaml`.
    public init<Fault: Error>(number: (String) throws(Fault) -> Double) throws(Fault) {
        layout = try number("place.layout")
        leastStructure = try number("place.structure")
        improvement = try number("place.improvement")
        agreement = try number("place.agreement")
        leastFill = try number("oblique.fill")
        largestShare = try number("oblique.largestShare")
        neckShare = try number("oblique.neckShare")
        distinctness = try number("place.distinctness")
        workingWidth = Int(try number("working.above"))
        sceneWidth = Int(try number("working.oblique"))
        sceneWideShare = try number("oblique.sceneWide")
        structureShare = try number("oblique.structureShare")
        coarseness = []
        leastSegment = []
        for name in ["fine", "middle", "coarse"] {
            coarseness.append(try number("segments.\(name)"))
            leastSegment.append(Int(try number("segments.least.\(name)")))
        }
        sameCorrelation = try number("same.correlation")
        sameColour = try number("same.colour")
        newScore = try number("roof.new")
        goneScore = try number("roof.gone")
        smoothing = try number("roof.smoothing")
        openRadius = Int(try number("roof.openRadius"))
        hallLightness = try number("hall.lightness")
        hallBlueness = try number("hall.blueness")
        hallRoughness = try number("hall.roughness")
        hallWidth = try number("hall.width")
        hallFill = try number("hall.fill")
        hallChange = try number("hall.change")
        mean = []
        spread = []
        weight = []
        for feature in RoofFeature.allCases {
            mean.append(try number("roof.mean.\(feature.rawValue)"))
            spread.append(max(try number("roof.spread.\(feature.rawValue)"), 1e-6))
            weight.append(try number("roof.weight.\(feature.rawValue)"))
        }
        product = []
        for (a, b) in RoofFeature.products { product.append(try number("roof.product.\(a.rawValue).\(b.rawValue)")) }
        intercept = try number("roof.intercept")
        parallaxReach = try number("parallax.reach")
        parallaxLeast = try number("parallax.least")
        parallaxAgreement = try number("parallax.agreement")
        parallaxWidth = try number("parallax.width")
        parallaxConfidence = try number("parallax.confidence")
    }
}
