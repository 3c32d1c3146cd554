/// The thresholds of rooms; `models/room.yaml` says what each means and where it comes from.
public struct RoomParameters: Sendable, Equatable {
    public var width: Int
    public var fieldWidth: Double
    public var fieldResidual: Float
    public var reliableLevel: Float
    public var difference: RoomDifference.Thresholds
    public var smallestShare: Double
    public var keptTimes: Double
    public var darkShare: Double
    public var uprightShare: Double
    public var uprightRatio: Double
    public var uprightMost: Double
    public var glareShare: Double
    public var glareLevel: Int
    public var glareFormer: Int
    public var lightSpread: Double
    public var lightCast: Double
    public var lightGain: Double
    public var looksKept: Int
    public var looksTried: Int
    public var scatteredShare: Double
    public var compactShare: Double
    public var ghostLead: Double
    public var movedPictures: Int
    public var movedSize: Double
    public var movedColour: Float
    public var stillShare: Double
    /// Those by which a shape has not moved.
    public var stillDifference: RoomDifference.Thresholds
    public var stillHours: Double
    public var stillPictures: Int
    public var ghostEdges: Double
    public var ghostPictures: Int
    public var quietShare: Double
    public var renewHours: Double
    public var renewLuminance: Double
    public var silentHours: Double
    public var cameraHours: Double

    /// - Parameter number: the value of a dotted key of `models/room.yaml`.
    public init<Fault: Error>(number: (String) throws(Fault) -> Double) throws(Fault) {
        width = Int(try number("picture.width"))
        fieldWidth = try number("light.fieldWidth")
        fieldResidual = Float(try number("light.fieldResidual"))
        reliableLevel = Float(try number("light.reliableLevel"))
        difference = RoomDifference.Thresholds(
            radius: Int(try number("light.radius")), texture: Float(try number("light.texture")),
            noise: Float(try number("light.noise")),
            hidden: Float(try number("light.hidden")), kept: Float(try number("light.kept")),
            dark: Float(try number("light.dark")), warmth: Float(try number("light.warmth")),
            tint: Float(try number("light.tint")), clipped: Float(try number("light.clipped")),
            clippedShare: Float(try number("light.clippedShare")))
        smallestShare = try number("region.smallest")
        keptTimes = try number("region.keptTimes")
        darkShare = try number("region.darkShare")
        uprightShare = try number("region.upright")
        uprightRatio = try number("region.uprightRatio")
        uprightMost = try number("region.uprightMost")
        glareShare = try number("region.glareShare")
        glareLevel = Int(try number("region.glareLevel"))
        glareFormer = Int(try number("region.glareFormer"))
        lightSpread = try number("looks.spread")
        lightCast = try number("looks.cast")
        lightGain = try number("looks.gain")
        looksKept = Int(try number("looks.kept"))
        looksTried = Int(try number("looks.tried"))
        scatteredShare = try number("looks.scattered")
        compactShare = try number("looks.compact")
        ghostLead = try number("looks.ghost")
        movedPictures = Int(try number("moved.pictures"))
        movedSize = try number("moved.size")
        movedColour = Float(try number("moved.colour"))
        stillShare = try number("still.share")
        let strictness = Float(try number("still.strictness"))
        stillDifference = difference
        stillDifference.hidden = Float(try number("still.correlation"))
        stillDifference.dark *= strictness
        stillDifference.warmth *= strictness
        stillDifference.tint *= strictness
        // Small movements are looked for in noise too.
        stillDifference.noise = 0
        stillDifference.clippedShare = 1
        stillHours = try number("still.hours")
        stillPictures = Int(try number("still.pictures"))
        ghostEdges = try number("still.ghostEdges")
        ghostPictures = Int(try number("still.ghostPictures"))
        quietShare = try number("background.quietShare")
        renewHours = try number("background.renewHours")
        renewLuminance = try number("background.renewLuminance")
        silentHours = try number("warning.silentHours")
        cameraHours = try number("warning.cameraHours")
    }
}
