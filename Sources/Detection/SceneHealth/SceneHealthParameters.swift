/// The thresholds of scene health; `models/scene-health.yaml` says what each means and where it comes from.
public struct SceneHealthParameters: Sendable, Equatable {
    public var darkPixelLuminance: Int
    public var darkShare: Double
    public var darkMeanLuminance: Double
    public var overexposedShare: Double
    public var infraredChroma: Int
    public var infraredShare: Double
    public var fogDarkChannel: Double
    public var fogContrastRatio: Double
    public var fogLostStructure: Double
    public var fogContrast: Double
    public var fogSharpness: Double
    public var fogSharpnessBelow: Double
    public var blurSharpnessRatio: Double
    public var blurSharpness: Double
    public var blurSoftRatio: Double
    public var blurSteepness: Double
    public var blockDeviation: Double
    public var lostDeviationRatio: Double
    public var foreignCorrelation: Double
    public var obstructedLostShare: Double
    public var samePlaceScore: Double
    public var followAbovePerMille: Double

    /// - Parameter number: the value of a dotted key of `models/scene-health.yaml`.
    public init<Fault: Error>(number: (String) throws(Fault) -> Double) throws(Fault) {
        darkPixelLuminance = Int(try number("dark.pixelLuminance"))
        darkShare = try number("dark.share")
        darkMeanLuminance = try number("dark.meanLuminance")
        overexposedShare = try number("overexposed.share")
        infraredChroma = Int(try number("infrared.chroma"))
        infraredShare = try number("infrared.share")
        fogDarkChannel = try number("fog.darkChannel")
        fogContrastRatio = try number("fog.contrastRatio")
        fogLostStructure = try number("fog.lostStructure")
        fogContrast = try number("fog.contrast")
        fogSharpness = try number("fog.sharpness")
        fogSharpnessBelow = try number("fog.sharpnessBelow")
        blurSharpnessRatio = try number("blur.sharpnessRatio")
        blurSharpness = try number("blur.sharpness")
        blurSoftRatio = try number("blur.softRatio")
        blurSteepness = try number("blur.steepness")
        blockDeviation = try number("obstructed.blockDeviation")
        lostDeviationRatio = try number("obstructed.deviationRatio")
        foreignCorrelation = try number("obstructed.correlation")
        obstructedLostShare = try number("obstructed.lostShare")
        samePlaceScore = try number("alignment.samePlace")
        followAbovePerMille = try number("alignment.followAbovePerMille")
    }
}
