import Foundation
import Pixels

/// Since when, and how often, each pixel of the working picture has differed from every background.
///
/// A pixel that shows the background in more than ``forgiven`` looks in a row begins anew: somebody who stands before a
/// wall
/// for a look does not make the wall younger, a lorry that drove off does not lend its age to the tent that comes after
/// it.
struct ChangeAge: Sendable, Equatable {
    /// Looks in a row that a pixel may miss.
    static let forgiven: UInt8 = 1
    static let turn = 32
    /// From here on a pixel testifies to nothing: about one turn in three looks.
    static let restless: UInt8 = 80

    let size: Size
    /// Hours since 1970 of the first look, 0 = unchanged.
    private(set) var since: [Int32]
    private(set) var votes: [UInt8]
    private(set) var misses: [UInt8]
    /// How often the pixel goes to and fro between changed and not: each turn adds ``turn``, an eighth is lost with
    /// every
    /// look. Water, screens and washing lines are restless; a wall is not, and the ground before it was not.
    private(set) var restlessness: [UInt8]

    init(size: Size) {
        self.size = size
        since = [Int32](repeating: 0, count: size.area)
        votes = [UInt8](repeating: 0, count: size.area)
        misses = votes
        restlessness = votes
    }

    static func hours(_ at: Date) -> Int32 { Int32((at.timeIntervalSince1970 / 3600).rounded(.down)) }

    /// Takes one look; pixels that it does not show stay as they are.
    mutating func add(_ changed: Mask, valid: Mask, at: Date) {
        let now = ChangeAge.hours(at)
        for i in since.indices where valid.bytes[i] != 0 {
            // As nearly everywhere: the same as ever.
            if changed.bytes[i] | restlessness[i] == 0, since[i] == 0 { continue }
            let wasChanged = votes[i] > 0 && misses[i] == 0
            let turned = wasChanged != (changed.bytes[i] != 0)
            let kept = Int(restlessness[i]) - (Int(restlessness[i]) + 7) / 8
            restlessness[i] = UInt8(min(kept + (turned ? ChangeAge.turn : 0), 255))
            if changed.bytes[i] != 0 {
                if since[i] == 0 { since[i] = now }
                votes[i] = votes[i] == .max ? .max : votes[i] + 1
                misses[i] = 0
            } else if since[i] != 0 {
                misses[i] += 1
                if misses[i] > ChangeAge.forgiven {
                    since[i] = 0
                    votes[i] = 0
                    misses[i] = 0
                }
            }
        }
    }

    /// The pixels that changed at least so long ago and in so many looks, and are not restless.
    func lasting(hours: Double, votes needed: Int, at: Date) -> Mask {
        let latest = ChangeAge.hours(at) - Int32(hours.rounded(.up))
        var mask = Mask(width: size.width, height: size.height, inside: false)
        for i in since.indices
        where since[i] != 0 && since[i] <= latest && Int(votes[i]) >= needed && restlessness[i] < ChangeAge.restless {
            mask.bytes[i] = 255
        }
        return mask
    }

    /// When so many of the region's changed pixels had first changed; `nil` where fewer have.
    func begin(of region: Mask, pixels: Int) -> Date? {
        var hours: [Int32] = []
        for i in since.indices where region.bytes[i] != 0 && since[i] != 0 { hours.append(since[i]) }
        guard pixels > 0, hours.count >= pixels else { return nil }
        hours.sort()
        return Date(timeIntervalSince1970: Double(hours[pixels - 1]) * 3600)
    }

    /// The hour since 1970 at which half of the region's changed pixels had first changed; `nil` where none has.
    func median(of region: Mask) -> Int32? {
        var hours: [Int32] = []
        for i in since.indices where region.bytes[i] != 0 && since[i] != 0 { hours.append(since[i]) }
        return hours.isEmpty ? nil : hours.sorted()[hours.count / 2]
    }

    /// The region's pixels that first changed within so many hours of an hour since 1970.
    func begun(in region: Mask, near hour: Int32, hours: Double) -> Mask {
        var mask = Mask(width: size.width, height: size.height, inside: false)
        for i in since.indices where region.bytes[i] != 0 && since[i] != 0 && Double(abs(since[i] - hour)) <= hours {
            mask.bytes[i] = 255
        }
        return mask
    }

    // MARK: Bytes

    /// Little-endian hours, then votes, misses and restlessness.
    var bytes: Data {
        var data = Data(capacity: 7 * size.area)
        since.map { $0.littleEndian }.withUnsafeBytes { data.append(contentsOf: $0) }
        data.append(contentsOf: votes)
        data.append(contentsOf: misses)
        data.append(contentsOf: restlessness)
        return data
    }

    /// `nil` where the bytes belong to another size.
    init?(size: Size, bytes: Data) {
        guard bytes.count == 7 * size.area else { return nil }
        self.init(size: size)
        let raw = [UInt8](bytes)
        for i in 0..<size.area {
            var value: UInt32 = 0
            for k in 0..<4 { value |= UInt32(raw[4 * i + k]) << UInt32(8 * k) }
            since[i] = Int32(bitPattern: value)
            votes[i] = raw[4 * size.area + i]
            misses[i] = raw[5 * size.area + i]
            restlessness[i] = raw[6 * size.area + i]
        }
    }
}
