/// What a file may ask for; checked before memory is reserved for it.
public struct DecodingLimits: Sendable, Equatable {
    /// In pixels, as stored.
    public var maxWidth: Int
    /// In pixels, as stored.
    public var maxHeight: Int
    /// Width times height. 120 million pixels take 360 MB as RGB.
    public var maxPixels: Int
    /// Passes over one picture; a sensible progressive JPEG has about ten, each costs a full pass of time.
    public var maxScans: Int
    /// Bytes that one metadata chunk may take once unpacked.
    public var maxChunkBytes: Int

    public init(
        maxWidth: Int = 30_000, maxHeight: Int = 30_000, maxPixels: Int = 120_000_000, maxScans: Int = 100,
        maxChunkBytes: Int = 16 << 20
    ) {
        self.maxWidth = maxWidth
        self.maxHeight = maxHeight
        self.maxPixels = maxPixels
        self.maxScans = maxScans
        self.maxChunkBytes = maxChunkBytes
    }

    public static let standard = DecodingLimits()
}
