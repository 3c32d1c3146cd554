/// Numbers that look random and follow from their seed.
struct Noise {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    mutating func byte() -> UInt8 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: state >> 33)
    }

    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in byte() } }

    /// Runs of 0 and 255: whole vectors inside, whole vectors outside, and every mixture.
    mutating func mask(_ count: Int) -> [UInt8] {
        var result: [UInt8] = []
        while result.count < count {
            let run = Int(byte() % 4 == 0 ? byte() % 64 : byte() % 5)
            result += [UInt8](repeating: byte() % 2 == 0 ? 0 : 255, count: run)
        }
        return Array(result.prefix(count))
    }
}
