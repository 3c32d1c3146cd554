import Foundation
import Inspection
import Pixels
import TestKit
import Testing
import Village

/// "When did this first appear?", asked of an archive in which a roof stands from the seventh day on.
@Suite struct FirstAppearanceTests {
    private func ask(
        _ village: TestVillage, x: Double, y: Double, width: Double, height: Double, until: Date? = nil
    ) throws -> Appearance {
        let polygon = Polygon([SIMD2(x, y), SIMD2(x + width, y), SIMD2(x + width, y + height), SIMD2(x, y + height)])
        return try FirstAppearance(
            camera: village.site.cameras[0], site: village.site, store: village.store(),
            models: TestVillage.models.get()
        ).find(polygon, plot: "b1", until: until)
    }

    @Test func theFirstPictureWithTheRoofIsNamed() async throws {
        let village = try TestVillage()
        try village.addSeason(days: 14)
        try await village.run()
        let found = try ask(village, x: 60, y: 40, width: 40, height: 30)
        #expect(found.firstSeen?.capture == TestVillage.path(day: 7, hour: 10))
        #expect(
            found.lastWithout?.capture == TestVillage.path(day: 6, hour: 15)
                || found.lastWithout?.capture == TestVillage.path(day: 5, hour: 15))
        #expect(found.changedShare ?? 0 > 0.5 && found.reason == nil)
        // Drawn loosely it is the same thing.
        #expect(try ask(village, x: 54, y: 34, width: 52, height: 42).firstSeen == found.firstSeen)
        // Where nothing came, nothing is told; nor before it came.
        let nothing = try ask(village, x: 10, y: 80, width: 30, height: 25)
        #expect(nothing.firstSeen == nil && nothing.reason != nil)
        let early = try ask(
            village, x: 60, y: 40, width: 40, height: 30, until: Date(timeIntervalSince1970: 1_714_960_800))
        #expect(early.firstSeen == nil && early.reason != nil)
        #expect(throws: InspectionFailure.self) { try ask(village, x: 400, y: 400, width: 10, height: 10) }
    }

    @Test func beforeTheFirstRunThereIsAnError() throws {
        let village = try TestVillage()
        try village.addSeason(days: 3)
        #expect(throws: (any Error).self) { try ask(village, x: 60, y: 40, width: 40, height: 30) }
    }
}
