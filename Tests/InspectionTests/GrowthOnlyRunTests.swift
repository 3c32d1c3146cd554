import Inspection
import Storage
import TestKit
import Testing
import Village

/// A camera that only looks for what grows reads what it would read if it looked for buildings too.
@Suite struct GrowthOnlyRunTests {
    let village: TestVillage

    init() throws {
        village = try TestVillage()
        village.site.plots = [
            TestVillage.plot("p1", .orchard, crop: "citrus", x: 15, y: 25, width: 70, height: 30),
            TestVillage.plot("f1", .field, x: 60, y: 41, width: 83, height: 50),
        ]
        try village.addSeason()
    }

    private func stored(
        _ measures: Camera.Measures
    ) async throws -> (captures: [Capture], readings: [Reading], flags: [Flag]) {
        village.site.cameras[0].measures = measures
        try village.forget()
        try await village.run()
        let store = try village.store()
        var captures: [Capture] = []
        try store.forEachCapture(Selection(camera: "cam")) { captures.append($0) }
        return (captures, try store.readings(), try store.flags())
    }

    /// A roof rises in the season.
    @Test func readingsAreThoseAndNothingIsFlagged() async throws {
        let all = try await stored(.all), growth = try await stored(.growth)
        try #require(!all.flags.isEmpty && all.readings.count > 40)
        #expect(growth.flags.isEmpty)
        #expect(growth.readings == all.readings)
        #expect(growth.captures == all.captures)
    }

    @Test func jobsDoNotMatter() async throws {
        village.site.cameras[0].measures = .growth
        let one = try await village.dump(jobs: 1)
        #expect(try await village.dump(jobs: 3) == one)
    }
}
