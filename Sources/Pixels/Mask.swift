/// Which pixels count: 255 inside, 0 outside, nothing between.
///
/// - Shape: pixel (x, y) is `bytes[y * width + x]`.
@frozen public struct Mask: Sendable, Equatable {
    public let width: Int
    public let height: Int
    public var bytes: [UInt8]

    /// - Precondition: `bytes.count == width * height`; every byte is 0 or 255.
    @inlinable public init(width: Int, height: Int, bytes: [UInt8]) {
        precondition(width >= 0 && height >= 0 && bytes.count == width * height, "a mask needs width × height bytes")
        self.width = width
        self.height = height
        self.bytes = bytes
    }

    @inlinable public init(width: Int, height: Int, inside: Bool) {
        self.init(width: width, height: height, bytes: [UInt8](repeating: inside ? 255 : 0, count: width * height))
    }

    @inlinable public var size: Size { Size(width: width, height: height) }

    @inlinable public subscript(x: Int, y: Int) -> Bool {
        get { bytes[y * width + x] != 0 }
        set { bytes[y * width + x] = newValue ? 255 : 0 }
    }

    /// How many pixels are inside.
    public var count: Int {
        bytes.withUnsafeBufferPointer { bytes in
            var total = 0, i = 0
            while i < bytes.count {
                // Sums of bytes vectorise where sums of words do not.
                let end = Swift.min(i &+ 255, bytes.count)
                var part: UInt8 = 0
                while i < end {
                    part &+= bytes[i] & 1
                    i &+= 1
                }
                total &+= Int(part)
            }
            return total
        }
    }

    /// The smallest rectangle that holds every inside pixel; empty for an empty mask.
    public var bounds: Region {
        // Whether a column, and a row, has any: whole rows at once.
        var columns = [UInt8](repeating: 0, count: width)
        var top = height, bottom = -1
        bytes.withUnsafeBufferPointer { bytes in
            columns.withUnsafeMutableBufferPointer { columns in
                for y in 0..<height {
                    var any: UInt8 = 0, x = 0
                    while x < width {
                        columns[x] |= bytes[y &* width &+ x]
                        any |= bytes[y &* width &+ x]
                        x &+= 1
                    }
                    guard any != 0 else { continue }
                    top = min(top, y)
                    bottom = y
                }
            }
        }
        guard let left = columns.firstIndex(where: { $0 != 0 }), let right = columns.lastIndex(where: { $0 != 0 })
        else { return Region(x: 0, y: 0, width: 0, height: 0) }
        return Region(x: left, y: top, width: right - left + 1, height: bottom - top + 1)
    }

    /// The pixels whose centre lies inside `polygon`.
    ///
    /// Pixel (x, y) is inside when (x + ½, y + ½) is, by the even–odd rule; a centre exactly on an edge belongs to the
    /// polygon on its right or below it, so that two polygons that share an edge share no pixel and leave none out.
    ///
    /// - Border: the part of the polygon outside `size` is cut off.
    /// - Complexity: O(height × vertices + area); one allocation a row.
    public init(filling polygon: Polygon, size: Size) {
        self.init(width: size.width, height: size.height, inside: false)
        let vertices = polygon.vertices
        guard vertices.count > 2 else { return }
        let bounds = polygon.bounds.intersection(Region(size))
        for y in bounds.y..<max(bounds.y, bounds.maxY) {
            let centre = Double(y) + 0.5
            var crossings: [Double] = []
            var previous = vertices[vertices.count - 1]
            for vertex in vertices {
                if (previous.y <= centre) != (vertex.y <= centre) {
                    crossings.append(
                        previous.x + (centre - previous.y) * (vertex.x - previous.x) / (vertex.y - previous.y))
                }
                previous = vertex
            }
            crossings.sort()
            for pair in stride(from: 0, to: crossings.count - 1, by: 2) {
                let first = Mask.firstCentre(atOrAfter: crossings[pair], below: size.width)
                let end = Mask.firstCentre(atOrAfter: crossings[pair + 1], below: size.width)
                for x in first..<max(first, end) { bytes[y * width + x] = 255 }
            }
        }
    }

    private static func firstCentre(atOrAfter x: Double, below width: Int) -> Int {
        Int(min(max((x - 0.5).rounded(.up), 0), Double(width)))
    }
}
