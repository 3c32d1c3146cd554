import Pixels

/// Fingerprints of a picture: one that stays when it is re-encoded, one that changes with any pixel.
public struct PerceptualHash: Sendable, Hashable {
    /// Bit 8·y + x says whether cell (x, y) of a 9 × 8 grid of means is brighter than its right neighbour (dHash).
    public let bits: UInt64

    /// - Returns: `nil` for a plane smaller than 9 × 8.
    public init?(of plane: Plane<UInt8>) {
        guard plane.width >= 9, plane.height >= 8 else { return nil }
        let grid = plane.resized(to: Size(width: 9, height: 8))
        var bits: UInt64 = 0
        for y in 0..<8 {
            for x in 0..<8 where grid[x, y] > grid[x + 1, y] { bits |= 1 << UInt64(8 * y + x) }
        }
        self.bits = bits
    }

    /// How many bits differ, 0…64.
    public func distance(to other: PerceptualHash) -> Int { (bits ^ other.bits).nonzeroBitCount }

    /// FNV-1a, 64 bits (Fowler, Noll and Vo), over width and height as 8 little-endian bytes each and the samples.
    public static func exact(of plane: Plane<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        func take(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        for number in [plane.width, plane.height] {
            for shift in stride(from: 0, to: 64, by: 8) { take(UInt8(truncatingIfNeeded: number >> shift)) }
        }
        for sample in plane.samples { take(sample) }
        return hash
    }
}
