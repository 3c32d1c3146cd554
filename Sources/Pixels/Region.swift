/// A rectangle of image pixels: origin top left, x right, y down, half-open.
@frozen public struct Region: Hashable, Sendable, Codable {
    public var x: Int
    public var y: Int
    public var width: Int
    public var height: Int

    public init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    public init(_ size: Size) { self.init(x: 0, y: 0, width: size.width, height: size.height) }

    public var maxX: Int { x + width }
    public var maxY: Int { y + height }
    public var isEmpty: Bool { width <= 0 || height <= 0 }
    public var area: Int { isEmpty ? 0 : width * height }
    public var size: Size { Size(width: max(width, 0), height: max(height, 0)) }

    /// The part that both cover; empty (0 × 0) where they do not meet.
    public func intersection(_ other: Region) -> Region {
        let left = max(x, other.x), top = max(y, other.y)
        let right = min(maxX, other.maxX), bottom = min(maxY, other.maxY)
        guard right > left, bottom > top else { return Region(x: left, y: top, width: 0, height: 0) }
        return Region(x: left, y: top, width: right - left, height: bottom - top)
    }

    /// The smallest rectangle that holds both.
    public func union(_ other: Region) -> Region {
        if isEmpty { return other }
        if other.isEmpty { return self }
        let left = min(x, other.x), top = min(y, other.y)
        return Region(x: left, y: top, width: max(maxX, other.maxX) - left, height: max(maxY, other.maxY) - top)
    }

    /// This rectangle with `margin` more pixels on every side.
    public func expanded(by margin: Int) -> Region {
        Region(x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin)
    }

    /// Whether another lies wholly within.
    public func contains(_ other: Region) -> Bool {
        other.x >= x && other.y >= y && other.maxX <= maxX && other.maxY <= maxY
    }

    /// This rectangle at another place.
    public func moved(x dx: Int, y dy: Int) -> Region { Region(x: x + dx, y: y + dy, width: width, height: height) }
}
