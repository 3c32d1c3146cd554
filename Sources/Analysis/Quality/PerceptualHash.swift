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

    /// FNV-1a, 64 bits (Fowler, Noll and Vo), over width, height and the hashes of every fourth sample from the first,
    /// second, third and fourth on, as 8 little-endian bytes each.
    ///
    /// - Note: four, because each byte waits for the one before it: one hash of all samples takes four times as long.
    public static func exact(of plane: Plane<UInt8>) -> UInt64 {
        let basis: UInt64 = 0xcbf2_9ce4_8422_2325
        @inline(__always) func taken(_ byte: UInt8, into hash: UInt64) -> UInt64 {
            (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        var a = basis, b = basis, c = basis, d = basis
        plane.samples.withUnsafeBufferPointer { samples in
            var i = 0
            while i &+ 4 <= samples.count {
                a = taken(samples[i], into: a)
                b = taken(samples[i &+ 1], into: b)
                c = taken(samples[i &+ 2], into: c)
                d = taken(samples[i &+ 3], into: d)
                i &+= 4
            }
            if i < samples.count { a = taken(samples[i], into: a) }
            if i &+ 1 < samples.count { b = taken(samples[i &+ 1], into: b) }
            if i &+ 2 < samples.count { c = taken(samples[i &+ 2], into: c) }
        }
        var hash = basis
        for number in [UInt64(plane.width), UInt64(plane.height), a, b, c, d] {
            for shift in stride(from: 0, to: 64, by: 8) {
                hash = taken(UInt8(truncatingIfNeeded: number >> UInt64(shift)), into: hash)
            }
        }
        return hash
    }
}
