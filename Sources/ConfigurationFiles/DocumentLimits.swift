/// What a file may hold before it is refused; set far above what people write by hand.
public struct DocumentLimits: Sendable, Equatable {
    /// Bytes. A site of 500 plots with 40 vertices each has about 300 kB.
    public var bytes: Int
    /// Levels of lists and mappings. A site file has 5.
    public var depth: Int
    /// Values of any kind.
    public var nodes: Int
    /// Faults that are told; the rest is only counted.
    public var faults: Int

    public init(bytes: Int = 4 << 20, depth: Int = 32, nodes: Int = 1_000_000, faults: Int = 200) {
        self.bytes = bytes
        self.depth = depth
        self.nodes = nodes
        self.faults = faults
    }

    public static let standard = DocumentLimits()
}
