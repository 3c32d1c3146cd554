import Foundation
import Pixels
import Storage
import TestKit
import Testing
import Village

/// A flag that somebody has called false, over the runs that follow.
@Suite struct RejectionTests {
    /// Two pictures a day from `first` on, with a roof of this size from the seventh day.
    private func add(_ village: TestVillage, days: Range<Int>, box: Region) throws {
        for day in days {
            for (half, hour) in [10, 15].enumerated() {
                var moment = Scene.Moment(noiseSeed: UInt64(2 * day + half))
                if day >= 7 { moment.things = [Scene.Thing(box, .blueRoof)] }
                try village.write(
                    try TestVillage.picture(village.scene, moment), to: TestVillage.path(day: day, hour: hour))
            }
        }
    }

    private func works(_ village: TestVillage) throws -> [Flag] {
        try village.store().flags().filter { $0.kind == .construction }
    }

    @Test func silentUntilItGrows() async throws {
        let village = try TestVillage()
        try add(village, days: 1..<13, box: TestVillage.box)
        try await village.run()
        let first = try #require(try works(village).first)
        #expect(try works(village).count == 1 && first.isOpen)
        try Store(path: village.site.store, access: .write).decide(
            .reject(.covers), on: first.id, by: "王", at: TestVillage.now)

        try add(village, days: 13..<16, box: TestVillage.box)
        try await village.run()
        #expect(try works(village).map(\.id) == [first.id])
        #expect(try works(village).allSatisfy { !$0.isOpen && $0.lastSeen > first.lastSeen })

        let larger = Region(x: TestVillage.box.x, y: TestVillage.box.y, width: 64, height: 50)
        try add(village, days: 16..<22, box: larger)
        try await village.run()
        let open = try works(village).filter(\.isOpen)
        #expect(open.map(\.id) == [first.id + ".2"])
        #expect(open.first.map { $0.areaInPixels > first.areaInPixels * 3 / 2 } ?? false)
        // Its pictures lie under the name that it is raised by.
        let mask = try #require(open.first?.evidence.mask)
        #expect(mask.contains(first.id + ".2"))
        #expect(FileManager.default.fileExists(atPath: village.site.folder + "/" + mask))
        #expect(try village.store().formerFlags().map(\.id) == [first.id])
    }
}
