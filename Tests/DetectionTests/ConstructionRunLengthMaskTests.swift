import Foundation
import Pixels
import TestKit
import Testing

@testable import Detection

@Suite struct ConstructionRunLengthMaskTests {
    @Test(arguments: [(0, 0), (0, 5), (5, 0), (1, 1), (2, 1), (17, 13), (64, 48)], [0, 1, 7, 50, 100] as [UInt64])
    func aMaskComesBack(size: (Int, Int), percentInside: UInt64) throws {
        var generator = SeededGenerator(seed: 5)
        var mask = Mask(width: size.0, height: size.1, inside: false)
        for i in mask.bytes.indices { mask.bytes[i] = generator.next() % 100 < percentInside ? 255 : 0 }
        let runs = RunLengthMask(mask)
        #expect(runs.mask == mask)
        let stored = try JSONDecoder().decode(RunLengthMask.self, from: JSONEncoder().encode(runs))
        #expect(stored == runs && stored.mask == mask)
    }

    @Test func runsBeginOutside() {
        let mask = Mask(width: 3, height: 2, bytes: [255, 255, 0, 0, 255, 0])
        #expect(RunLengthMask(mask).runs == [0, 2, 2, 1, 1])
    }

    @Test(arguments: [[], [5], [7], [-1, 6], [3, -3, 3, 4], [0, Int.max], [Int.max, Int.max], [2, 2]] as [[Int]])
    func damagedRunsCrashNothing(runs: [Int]) throws {
        let text = #"{"width":3,"height":2,"runs":\#(runs)}"#
        let mask = try JSONDecoder().decode(RunLengthMask.self, from: Data(text.utf8)).mask
        #expect(mask.size == Size(width: 3, height: 2))
        if runs.filter({ $0 > 0 }).reduce(0, { $0.addingReportingOverflow($1).partialValue }) < 6 {
            #expect(mask.count == 0)
        }
    }
}
