import Pixels

/// A mask as lengths of runs, outside first, row after row: small enough to keep with every candidate.
public struct RunLengthMask: Sendable, Equatable, Codable {
    public let width: Int
    public let height: Int
    public let runs: [Int]

    public init(_ mask: Mask) {
        width = mask.width
        height = mask.height
        var runs: [Int] = [], length = 0, inside = false
        for byte in mask.bytes {
            if (byte != 0) != inside {
                runs.append(length)
                length = 0
                inside.toggle()
            }
            length += 1
        }
        runs.append(length)
        self.runs = runs
    }

    /// The mask again; an empty one where the runs do not add up (a damaged store).
    public var mask: Mask {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(width * height)
        for (k, run) in runs.enumerated() where run >= 0 {
            bytes.append(contentsOf: repeatElement(k % 2 == 0 ? 0 : 255, count: min(run, width * height - bytes.count)))
        }
        guard bytes.count == width * height else { return Mask(width: width, height: height, inside: false) }
        return Mask(width: width, height: height, bytes: bytes)
    }
}
