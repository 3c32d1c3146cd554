/// Writes a PNG of any colour type and depth straight from its samples, uncompressed, by the words of the PNG
/// specification.
public struct PNGSketch: Sendable {
    public enum ColorType: UInt8, Sendable, CaseIterable {
        case grey = 0, rgb = 2, palette = 3, greyAlpha = 4, rgba = 6

        public var channels: Int {
            switch self {
            case .grey, .palette: 1
            case .greyAlpha: 2
            case .rgb: 3
            case .rgba: 4
            }
        }

        public var depths: [Int] {
            switch self {
            case .grey: [1, 2, 4, 8, 16]
            case .palette: [1, 2, 4, 8]
            default: [8, 16]
            }
        }
    }

    public var width: Int
    public var height: Int
    public var color: ColorType
    public var depth: Int
    public var isInterlaced = false
    /// Width × height × channels samples, each below 2^depth.
    public var samples: [UInt16]
    public var palette: [UInt8] = []
    /// Further chunks before the pixels.
    public var chunks: [(name: String, body: [UInt8])] = []
    /// Bytes of one IDAT chunk.
    public var pixelChunkLength = 200

    public init(width: Int, height: Int, color: ColorType, depth: Int, samples: [UInt16]) {
        self.width = width
        self.height = height
        self.color = color
        self.depth = depth
        self.samples = samples
    }

    /// A file that states its size and then holds one empty chunk of pixels.
    public var header: [UInt8] { start + PNGSketch.chunk("IDAT", []) + PNGSketch.chunk("IEND", []) }

    private var start: [UInt8] {
        let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        let kind: [UInt8] = [UInt8(depth), color.rawValue, 0, 0, isInterlaced ? 1 : 0]
        return signature + PNGSketch.chunk("IHDR", PNGSketch.big(width) + PNGSketch.big(height) + kind)
    }

    public var bytes: [UInt8] {
        var file = start
        if !palette.isEmpty { file += PNGSketch.chunk("PLTE", palette) }
        for chunk in chunks { file += PNGSketch.chunk(chunk.name, chunk.body) }
        let stream = PNGSketch.zlib(rows)
        for start in stride(from: 0, to: stream.count, by: pixelChunkLength) {
            file += PNGSketch.chunk("IDAT", Array(stream[start..<min(start + pixelChunkLength, stream.count)]))
        }
        return file + PNGSketch.chunk("IEND", [])
    }

    /// Adam7: first column, first row, step across, step down.
    private static let passes = [
        (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2),
    ]

    private var rows: [UInt8] {
        var out: [UInt8] = []
        for (left, top, across, down) in isInterlaced ? PNGSketch.passes : [(0, 0, 1, 1)] where left < width {
            for y in stride(from: top, to: height, by: down) {
                out.append(0)
                out += packed(stride(from: left, to: width, by: across).map { $0 + y * width })
            }
        }
        return out
    }

    private func packed(_ pixels: [Int]) -> [UInt8] {
        let values = pixels.flatMap { pixel in (0..<color.channels).map { samples[pixel * color.channels + $0] } }
        if depth == 16 { return values.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] } }
        if depth == 8 { return values.map { UInt8($0) } }
        var out = [UInt8](repeating: 0, count: (values.count * depth + 7) / 8)
        for (index, value) in values.enumerated() {
            out[index * depth / 8] |= UInt8(value) << UInt8(8 - depth - index * depth % 8)
        }
        return out
    }

    public static func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
        let content = Array(name.utf8) + body
        return big(body.count) + content + big(Int(crc(content)))
    }

    private static func big(_ number: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }

    private static func crc(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(UInt32.max) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
        }
    }

    /// Stored blocks, which need no compressor.
    private static func zlib(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = [0x78, 0x01]
        let most = 65_535
        for start in stride(from: 0, to: bytes.count, by: most) {
            let part = bytes[start..<min(start + most, bytes.count)]
            let low = UInt8(part.count & 255), high = UInt8(part.count >> 8)
            out += [part.endIndex == bytes.count ? 1 : 0, low, high, ~low, ~high] + part
        }
        var first: UInt32 = 1, second: UInt32 = 0
        for byte in bytes {
            first = (first + UInt32(byte)) % 65_521
            second = (second + first) % 65_521
        }
        return out + big(Int(second << 16 | first))
    }
}
