/// How fruit is measured and graded, as its plot's row says.
public struct FruitSettings: Sendable, Equatable {
    /// Where millimetres come from.
    public enum Scale: Sendable, Equatable {
        /// A printed black square with sides of so many millimetres lies beside the fruit.
        case square(millimetres: Double)
        /// A coin of so many millimetres across.
        case coin(millimetres: Double)
        /// Pixels of a millimetre at the fruit.
        case pixelsPerMillimetre(Double)

        /// Millimetres that a marker may have: smaller ones are some pixels, larger ones no coin and no page.
        public static let markers = 5.0...500.0
        /// From a whole table in a small picture to a lens upon one fruit.
        public static let densities = 0.05...200.0

        /// - Parameter marker: `square:40` or `coin:25`; `nil` where it is neither, or its millimetres are not in ``markers``.
        public init?(marker: String) {
            let parts = marker.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, let millimetres = Double(parts[1]), Scale.markers.contains(millimetres) else {
                return nil
            }
            switch parts[0] {
            case "square": self = .square(millimetres: millimetres)
            case "coin": self = .coin(millimetres: millimetres)
            default: return nil
            }
        }
    }

    /// Names a file of `models/grades`.
    public var table: String
    /// `nil` = nothing says it: fruit is counted, not measured.
    public var scale: Scale?
    /// Millimetres from the lens to the ground; `nil` = by the focal length in the file.
    public var cameraHeight: Double?

    public static let usualTable = "generic"
    /// Millimetres: from a lens at arm's length to a high hall.
    public static let cameraHeights = 100.0...20_000.0

    public init(table: String = usualTable, scale: Scale? = nil, cameraHeight: Double? = nil) {
        self.table = table
        self.scale = scale
        self.cameraHeight = cameraHeight
    }
}
