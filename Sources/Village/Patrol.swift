/// Flights over the village, each compared with the one before.
public struct Patrol: Sendable, Equatable {
    public var id: String
    /// Below the archive, absolute: each of its folders is a flight, in order of their names.
    public var folder: String
    /// GeoJSON with the plots' outlines in degrees, absolute; `nil` = changes are told by picture alone.
    public var plots: String?
    /// Metres up to which two pictures may be of one place.
    public var within: Double

    /// A drone's position is off by some metres; its picture is some tens of metres wide.
    public static let usualReach = 30.0
    public static let reaches = 0.1...5000.0

    public init(id: String, folder: String, plots: String? = nil, within: Double = usualReach) {
        self.id = id
        self.folder = folder
        self.plots = plots
        self.within = within
    }
}
