/// A colour image: packed 8-bit R, G, B as the file gives them (sRGB, not linear), rows without padding.
///
/// - Shape: red of pixel (x, y) is `bytes[3 * (y * width + x)]`, then green, then blue.
@frozen public struct RGBImage: Sendable, Equatable {
    public let width: Int
    public let height: Int
    public var bytes: [UInt8]

    /// - Precondition: `bytes.count == 3 * width * height`.
    @inlinable public init(width: Int, height: Int, bytes: [UInt8]) {
        precondition(
            width >= 0 && height >= 0 && bytes.count == 3 * width * height,
            "an RGB image needs 3 × width × height bytes")
        self.width = width
        self.height = height
        self.bytes = bytes
    }

    @inlinable public var size: Size { Size(width: width, height: height) }

    /// The pixel at (x, y) as (R, G, B).
    @inlinable public subscript(x: Int, y: Int) -> (red: UInt8, green: UInt8, blue: UInt8) {
        get {
            let i = 3 * (y * width + x)
            return (bytes[i], bytes[i + 1], bytes[i + 2])
        }
        set {
            let i = 3 * (y * width + x)
            bytes[i] = newValue.red
            bytes[i + 1] = newValue.green
            bytes[i + 2] = newValue.blue
        }
    }
}
