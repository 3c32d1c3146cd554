/// A recipe that damages a good file, so that no broken copy has to be kept.
public enum Corruption: Sendable, CustomStringConvertible {
    /// Keep only the bytes before the offset.
    case truncate(at: Int)
    /// Put `bytes` in place of what stands at `offset`.
    case overwrite(offset: Int, bytes: [UInt8])
    /// Zeros from the offset to the end: a file whose room was reserved before it was written.
    case zeroTail(from: Int)
    /// Flip one bit in each of `count` random bytes from `offset` on.
    case flipBits(count: Int, from: Int, seed: UInt64)

    public func applied(to bytes: [UInt8]) -> [UInt8] {
        var damaged = bytes
        switch self {
        case .truncate(let end): damaged = Array(bytes.prefix(end))
        case .overwrite(let offset, let replacement):
            for (index, byte) in replacement.enumerated() where offset + index < damaged.count {
                damaged[offset + index] = byte
            }
        case .zeroTail(let start):
            for index in min(start, damaged.count)..<damaged.count { damaged[index] = 0 }
        case .flipBits(let count, let start, let seed):
            var generator = SeededGenerator(seed: seed)
            for _ in 0..<count where start < damaged.count {
                let index = Int.random(in: start..<damaged.count, using: &generator)
                damaged[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            }
        }
        return damaged
    }

    public var description: String {
        switch self {
        case .truncate(let end): "cut at \(end)"
        case .overwrite(let offset, let bytes): "@\(String(offset, radix: 16)) = \(bytes)"
        case .zeroTail(let start): "zeros from \(start)"
        case .flipBits(let count, let start, let seed): "\(count) bits flipped from \(start), seed \(seed)"
        }
    }
}
