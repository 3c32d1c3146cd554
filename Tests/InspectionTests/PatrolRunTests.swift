import Foundation
import Inspection
import Storage
import TestKit
import Testing
import Village

/// Flights through the whole run, on rendered pictures that look straight down.
@Suite struct PatrolRunTests {
    let drops: DropFolder
    private var village: TestVillage { drops.village }

    init() throws {
        drops = try DropFolder()
        village.site.plots = []
        village.site.patrols = [Patrol(id: "north", folder: village.archive + "/flights")]
    }

    private func add(_ name: String, flight: String, from file: String, latitude: Double? = nil) throws {
        var bytes = try DropFolder.bytes("nadir/archive/\(file).jpg")
        if let latitude { bytes = DropFolder.located(bytes, latitude: latitude, longitude: 108.77) }
        try village.write(bytes, to: "flights/\(flight)/\(name).jpg")
    }

    private func addFlights() throws {
        for (k, name) in ["house", "parallax"].enumerated() {
            try add("DJI_\(k)", flight: "0301", from: name + "-before", latitude: 28.84 + 0.01 * Double(k))
            try add("DJI_9\(k)", flight: "0601", from: name + "-after", latitude: 28.84 + 0.01 * Double(k) + 0.00002)
        }
    }

    @Test func eachNewFlightIsComparedOnceWithTheOneBefore() async throws {
        try addFlights()
        let events = ToldEvents()
        let first = try await village.run(events: { events.take($0) })
        #expect(first.patrolPairs == 2 && first.unreadable == 0 && first.newFlags == 0, "\(first) \(events.all)")
        let flight = try #require(try village.store().flights(patrol: "north").first)
        #expect(flight.match.pairs.map(\.after) == ["DJI_90.jpg", "DJI_91.jpg"])
        #expect(flight.match.pairs.allSatisfy { ($0.metres ?? 99) < 3 && $0.inliers > 20 })
        let changes = try village.store().changes(of: flight.id)
        #expect(changes[0]?.samePlace == true && changes[0]?.structures.isEmpty == false)
        #expect(changes[1]?.samePlace == true && changes[1]?.changedShare != nil)
        let before = try village.dump()
        #expect(try await village.run().patrolPairs == 0)
        #expect(try village.dump() == before, "nothing is read twice")
        // What the archive forgets stays told.
        try FileManager.default.removeItem(atPath: village.archive + "/flights/0301")
        #expect(try await village.run().patrolPairs == 0)
        #expect(try village.dump() == before)
    }

    @Test func aFlightThatGrewIsComparedAnewAndAThirdWithTheSecond() async throws {
        try addFlights()
        try await village.run()
        try add("DJI_99", flight: "0601", from: "shed-after")
        try add("DJI_0", flight: "0901", from: "house-before", latitude: 28.84)
        let summary = try await village.run()
        let flights = try village.store().flights(patrol: "north")
        #expect(flights.map(\.match.after) == ["0601", "0601", "0901"] && flights.last?.match.before == "0601")
        #expect(summary.patrolPairs >= 3, "two anew and at least one of the third flight")
        #expect(flights[1].match.alone == ["DJI_99.jpg"])
    }

    @Test func badPicturesAreToldAndStopNothing() async throws {
        try addFlights()
        try village.write(Array("no picture".utf8), to: "flights/0601/bad.jpg")
        try village.write([], to: "flights/0601/empty.jpg")
        let half = try DropFolder.bytes("nadir/archive/shed-after.jpg")
        try village.write(Array(half.prefix(half.count / 2)), to: "flights/0601/half.jpg")
        try FileManager.default.createDirectory(
            atPath: village.archive + "/flights/empty", withIntermediateDirectories: true)
        let events = ToldEvents()
        let summary = try await village.run(events: { events.take($0) })
        #expect(summary.patrolPairs == 2 && summary.unreadable == 2, "\(summary)")
        #expect(events.all.contains { $0.contains("bad.jpg") } && events.all.contains { $0.contains("empty.jpg") })
        // A picture that is being written now holds the flight back; the folder that is not there is told.
        try village.write(
            Array(half.prefix(half.count / 2)), to: "flights/0901/DJI_0.jpg",
            modified: TestVillage.now.addingTimeInterval(-10))
        let waiting = try await village.run(events: { events.take($0) })
        #expect(waiting.postponed == 1 && events.all.contains { $0.contains("0901 is left for the next run") })
        village.site.patrols[0].folder += "-none"
        try await village.run(events: { events.take($0) })
        #expect(events.all.contains { $0.contains("there is no folder") })
    }

    @Test func anyJobsAndAnyCutGiveTheSameStore() async throws {
        try addFlights()
        try add("DJI_2", flight: "0301", from: "shed-before")
        try add("DJI_92", flight: "0601", from: "shed-after")
        let found = try await drops.dumps(cutAfter: 2)
        #expect(found.runs > 1 && found.parallel == found.expected && found.resumed == found.expected)
    }

    @Test func aRunOfOneCameraLeavesFlightsAlone() async throws {
        try addFlights()
        let store = try Store(path: village.site.store, access: .write)
        let run = try SiteRun(
            site: village.site, store: store, models: try TestVillage.models.get(), kernels: .best,
            options: .init(cameras: ["cam"]), now: TestVillage.now)
        #expect(try await run().patrolPairs == 0)
    }
}
