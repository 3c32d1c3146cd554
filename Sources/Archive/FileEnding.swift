import Foundation

/// Whether the bytes of a picture reach its end marker.
public enum FileEnding: Sendable, Equatable {
    case complete
    /// A JPEG without its EOI marker or a PNG without its IEND chunk.
    case incomplete
    /// Neither JPEG nor PNG.
    case unknown

    /// Walks the segments or chunks, so that the end of a thumbnail is not taken for that of the picture. What follows
    /// the end (padding, the maker's notes) does not matter.
    ///
    /// - Complexity: O(bytes), no allocation.
    public init(of bytes: [UInt8]) {
        self = bytes.withUnsafeBufferPointer { bytes in
            if bytes.isEmpty { return .incomplete }
            if Self.starts(bytes, with: [0xFF, 0xD8]) { return Self.jpegEnds(bytes) ? .complete : .incomplete }
            if Self.starts(bytes, with: Self.pngSignature) { return Self.pngEnds(bytes) ? .complete : .incomplete }
            return .unknown
        }
    }

    private static let pngSignature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    private static let pngEnd = Array("IEND".utf8)

    /// Also true where the file is cut within the signature.
    private static func starts(_ bytes: UnsafeBufferPointer<UInt8>, with signature: [UInt8]) -> Bool {
        let count = min(bytes.count, signature.count)
        return (0..<count).allSatisfy { bytes[$0] == signature[$0] }
    }

    private static func jpegEnds(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let base = bytes.baseAddress else { return false }
        var place = 2
        while place < bytes.count {
            // Between segments, and through entropy-coded data, the next marker is the next FF that no 00, restart or
            // FF follows.
            guard let found = memchr(base + place, 0xFF, bytes.count - place) else { return false }
            place = base.distance(to: found.assumingMemoryBound(to: UInt8.self)) + 1
            guard place < bytes.count else { return false }
            switch bytes[place] {
            case 0xFF: continue
            case 0x00, 0x01, 0xD0...0xD8: place += 1
            case 0xD9: return true
            default:
                guard place + 2 < bytes.count else { return false }
                place += 1 + Int(bytes[place + 1]) << 8 + Int(bytes[place + 2])
            }
        }
        return false
    }

    private static func pngEnds(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var place = pngSignature.count
        while place + 12 <= bytes.count {
            let length = (0..<4).reduce(0) { $0 << 8 | Int(bytes[place + $1]) }
            let isEnd = (0..<4).allSatisfy { bytes[place + 4 + $0] == pngEnd[$0] }
            place += 12 + length
            if isEnd { return place <= bytes.count }
        }
        return false
    }
}
