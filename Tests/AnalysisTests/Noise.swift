import Pixels

/// Numbers and pictures that look random and follow from their seed.
struct Noise {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    mutating func byte() -> UInt8 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: state >> 33)
    }

    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in byte() } }

    /// 0…1, in steps of 1/65536.
    mutating func number() -> Double { Double(Int(byte()) << 8 + Int(byte())) / 65536 }

    mutating func mask(_ width: Int, _ height: Int, insideOutOf256 share: Int = 128) -> Mask {
        Mask(width: width, height: height, bytes: bytes(width * height).map { Int($0) < share ? 255 : 0 })
    }

    mutating func image(_ width: Int, _ height: Int) -> RGBImage {
        RGBImage(width: width, height: height, bytes: bytes(3 * width * height))
    }

    /// A picture with structure at every size: many rectangles of many greys, as a yard or a street has.
    mutating func scene(_ width: Int, _ height: Int, pieces: Int = 400) -> RGBImage {
        var image = RGBImage(width: width, height: height, bytes: [UInt8](repeating: 128, count: 3 * width * height))
        for piece in 0..<pieces {
            let size = number() * number() * Double(width) / 3 * (1 - Double(piece) / Double(2 * pieces)) + 3
            let x0 = Int(number() * Double(width)), y0 = Int(number() * Double(height)), tilt = number() - 0.5
            let color = (red: byte(), green: byte(), blue: byte())
            let w = Int(size), h = Int(size * (0.3 + number()))
            for y in y0..<min(height, y0 + h) {
                let shift = Int(Double(y - y0) * tilt)
                for x in max(0, x0 + shift)..<max(max(0, x0 + shift), min(width, x0 + w + shift)) {
                    image[x, y] = color
                }
            }
        }
        return image
    }
}
