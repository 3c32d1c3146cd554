import Pixels

/// What came out of a file, and how far it can be trusted.
public struct DecodedImage<Content: Sendable>: Sendable {
    public var content: Content
    public var header: ImageHeader
    public var scale: Scale
    /// What part of the upright, scaled picture the content covers.
    public var region: Region
    /// Set where the file ends early or is damaged on the way.
    ///
    /// - Note: rows below a decoded region are not looked at, so a fault there stays unseen.
    public var truncation: Truncation?
    /// Faults that did no harm to the pixels as far as can be known.
    public var warnings: [String]

    /// The part of the upright, scaled picture whose pixels are exactly those of the undamaged file.
    public var goodRegion: Region {
        let size = scale.applied(to: header.size)
        let rows = truncation.map { $0.goodRows >= header.size.height ? size.height : $0.goodRows / scale.divisor }
        let good = Region(x: 0, y: 0, width: size.width, height: rows ?? size.height)
        return header.orientation.upright(good, in: size)
    }
}

extension DecodedImage: Equatable where Content: Equatable {}

/// Where a picture stops being good.
public struct Truncation: Sendable, Equatable {
    /// Rows of the full-size picture, in stored orientation, that are exactly what the whole file would give.
    public var goodRows: Int
    /// Rows of which at least a first, coarse pass arrived; more than `goodRows` only in progressive files.
    public var coarseRows: Int
    /// The byte at which the fault was seen.
    public var offset: Int
    /// What the codec said.
    public var message: String

    public init(goodRows: Int, coarseRows: Int, offset: Int, message: String) {
        self.goodRows = goodRows
        self.coarseRows = coarseRows
        self.offset = offset
        self.message = message
    }
}
