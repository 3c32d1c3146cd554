/// The thresholds of pairs before and after a clean-up; `models/cleanup.yaml` says what each means.
public struct CleanupParameters: Sendable, Equatable {
    public var columns: Int
    public var placeColumns: Int
    public var block: Int
    public var reach: Int
    public var contrast: Double
    public var agreeing: Double
    public var placeShare: Double
    public var coherence: Double
    public var skyShare: Double
    public var copyColumns: Int
    public var identical: Double
    public var copyShare: Double
    public var copyReach: Int
    public var hashDistance: Int
    public var copyBlocks: Int
    public var litterScale: Double
    public var litterLightness: Float
    public var litterColour: Float
    public var litterSmallest: Double
    public var litterLargest: Double
    public var litterFill: Double
    public var litterNear: Double
    public var removedLeast: Double
    public var removedRatio: Double
    public var litterLeft: Double
    public var leastMinutes: Double
    public var mostHours: Double
    public var mostMetres: Double

    /// - Parameter number: the value of a dotted key of `models/cleanup.yaml`.
    public init<Fault: Error>(number: (String) throws(Fault) -> Double) throws(Fault) {
        columns = Int(try number("place.columns"))
        placeColumns = Int(try number("place.search"))
        block = Int(try number("place.block"))
        reach = Int(try number("place.reach"))
        contrast = try number("place.contrast")
        agreeing = try number("place.agreeing")
        placeShare = try number("place.share")
        coherence = try number("place.coherence")
        skyShare = try number("place.sky")
        copyColumns = Int(try number("copy.columns"))
        identical = try number("copy.identical")
        copyShare = try number("copy.share")
        copyReach = Int(try number("copy.reach"))
        hashDistance = Int(try number("copy.hash"))
        copyBlocks = Int(try number("copy.blocks"))
        litterScale = try number("litter.scale")
        litterLightness = Float(try number("litter.lightness"))
        litterColour = Float(try number("litter.colour"))
        litterSmallest = try number("litter.smallest")
        litterLargest = try number("litter.largest")
        litterFill = try number("litter.fill")
        litterNear = try number("litter.near")
        removedLeast = try number("cleaner.least")
        removedRatio = try number("cleaner.ratio")
        litterLeft = try number("cleaner.left")
        leastMinutes = try number("time.leastMinutes")
        mostHours = try number("time.mostHours")
        mostMetres = try number("time.mostMetres")
    }
}
