/// The thresholds of construction detection; `models/construction.yaml` says what each means and where it comes from.
public struct ConstructionParameters: Sendable, Equatable {
    public var workingWidth: Int
    public var sampleHours: Double
    public var sunElevation: Double
    public var correlationRadius: Int
    public var flatContrast: Double
    public var changedCorrelation: Double
    public var colourAcross: Double
    public var colourAlong: Double
    public var sceneWideShare: Double
    public var backgroundSamples: Int
    public var backgroundDays: Double
    public var backgroundEveryDays: Double
    public var backgroundsKept: Int
    public var window: Int
    public var votes: Int
    public var windowDays: Double
    public var stability: Double
    public var confirmSamples: Int
    public var confirmHours: Double
    public var missedLooks: Int
    public var openRadius: Int
    public var closeRadius: Int
    public var smallestShare: Double
    public var plotShare: Double
    public var confirmShare: Double
    public var confirmPlotShare: Double
    public var confirmRadius: Int
    public var provenShare: Double
    public var heapDistance: Int
    public var heapShare: Double
    public var sliverShare: Double
    public var giveUpDays: Double
    public var vegetationShare: Double
    public var structureScore: Double
    public var confidence: Double

    /// - Parameter number: the value of a dotted key of `models/construction.yaml`.
    public init<Fault: Error>(number: (String) throws(Fault) -> Double) throws(Fault) {
        workingWidth = Int(try number("sampling.workingWidth"))
        sampleHours = try number("sampling.hours")
        sunElevation = try number("sampling.sunElevation")
        correlationRadius = Int(try number("light.radius"))
        flatContrast = try number("light.flatContrast")
        changedCorrelation = try number("light.correlation")
        colourAcross = try number("light.colourAcross")
        colourAlong = try number("light.colourAlong")
        sceneWideShare = try number("light.sceneWide")
        backgroundSamples = Int(try number("background.samples"))
        backgroundDays = try number("background.days")
        backgroundEveryDays = try number("background.everyDays")
        backgroundsKept = Int(try number("background.kept"))
        window = Int(try number("persistence.window"))
        votes = Int(try number("persistence.votes"))
        windowDays = try number("persistence.windowDays")
        stability = try number("persistence.stability")
        confirmSamples = Int(try number("persistence.confirmSamples"))
        confirmHours = try number("persistence.confirmHours")
        missedLooks = Int(try number("persistence.missed"))
        openRadius = Int(try number("region.openRadius"))
        closeRadius = Int(try number("region.closeRadius"))
        smallestShare = try number("region.smallestShare")
        plotShare = try number("region.plotShare")
        confirmShare = try number("region.confirmShare")
        confirmPlotShare = try number("region.confirmPlotShare")
        confirmRadius = Int(try number("region.confirmRadius"))
        provenShare = try number("region.provenShare")
        heapDistance = Int(try number("region.heapDistance"))
        heapShare = try number("region.heapShare")
        sliverShare = try number("region.sliverShare")
        giveUpDays = try number("persistence.giveUpDays")
        vegetationShare = try number("judgement.vegetation")
        structureScore = try number("judgement.structure")
        confidence = try number("judgement.confidence")
    }
}
