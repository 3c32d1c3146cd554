/// The extent of an image: `width` columns by `height` rows, in pixels.
@frozen public struct Size: Hashable, Sendable, Codable {
    public var width: Int
    public var height: Int

    public init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    /// How many pixels an image of this size has.
    public var area: Int { width * height }
}
