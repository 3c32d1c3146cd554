import Foundation
import GRDB
import TestKit
import Testing
import Village

@testable import Storage

/// Shares by class, flights and pairs of the drop folder in the store.
@Suite struct DropStoreTests {
    let file: StoreFile

    init() throws { file = try StoreFile() }

    private let match = FlightMatch(
        patrol: "north", before: "a", after: "b",
        pairs: [.init(before: "1.jpg", after: "2.jpg", latitude: 28.84, longitude: nil, metres: nil, inliers: 40)],
        alone: ["3.jpg"], files: ["2.jpg": 10, "3.jpg": 20])
    private let change = PictureChange(
        samePlace: true, changedShare: 0.25,
        parts: [.init(box: [1, 2, 3, 4], areaInPixels: 9, kind: "structure", confidence: 0.5)],
        matrix: [1, 0, 0, 0, 1, 0, 0, 0, 1], reason: nil)

    @Test func sharesByClassComeBack() throws {
        let store = try file.open(.write)
        let capture = Capture.sample("c/1.jpg", camera: "c")
        var reading = Reading(
            plot: "t1", camera: "c", capture: "c/1.jpg", at: try #require(capture.at), quality: .ok, statistics: nil,
            values: [.count: .value(3), .diameterMean: .absent(reason: "no marker")])
        reading.classShares = ["premium": 0.75, "none": 0.25]
        try store.commit(Batch(captures: [capture], readings: [reading]))
        #expect(try store.readings() == [reading])
        try store.forEachMeasurement { #expect($0.values == [.count: 3]) }
    }

    @Test func findingsArePickedByNameAndTime() throws {
        let store = try file.open(.write)
        func finding(_ name: String, _ at: Double) -> FindingRecord {
            FindingRecord(camera: "c", name: name, at: Date(timeIntervalSince1970: at), body: Data("{}".utf8))
        }
        let all = [finding("fruit/t1/a", 1), finding("fruit/t1/b", 5), finding("fruit/t10/a", 2), finding("x", 1)]
        try store.commit(Batch(findings: all))
        func names(_ prefix: String, _ since: Double? = nil, _ until: Double? = nil) throws -> [String] {
            try store.findings(
                camera: "c", prefix: prefix, since: since.map(Date.init(timeIntervalSince1970:)),
                until: until.map(Date.init(timeIntervalSince1970:))
            ).map(\.name)
        }
        #expect(try names("fruit/t1/") == ["fruit/t1/a", "fruit/t1/b"])
        #expect(try names("fruit/t1/", 1, 5) == ["fruit/t1/a"] && names("fruit/t1/", 5) == ["fruit/t1/b"])
        #expect(try names("fruit/%").isEmpty)
    }

    @Test func flightsAndTheirPairsComeBack() throws {
        let store = try file.open(.write)
        let first = try store.begin(match)
        try store.add(change, number: 0, of: first)
        #expect(try store.flights(patrol: "north") == [StoredFlight(id: first, match: match)])
        #expect(try store.flights(patrol: "south").isEmpty)
        #expect(try store.changes(of: first) == [0: change] && store.changes(of: first + 1).isEmpty)
        #expect(throws: StoreError.self) { try store.add(change, number: 0, of: first) }
        #expect(throws: StoreError.self) { try store.add(change, number: 1, of: first + 7) }
    }

    @Test func aPairAndItsProposalAreOneActAndNeitherIsChanged() throws {
        let store = try file.open(.write)
        let pair = HandedInPair(
            household: "h01", before: .init(path: "cleanup/1.jpg", sizeInBytes: 5),
            after: .init(path: "cleanup/2.jpg", sizeInBytes: 6), verdict: "proposed",
            checks: [.init(kind: "place", holds: nil, text: Bilingual(zh: "看不出", en: "cannot tell"))])
        let entry = try store.propose(
            PointsEvent(.propose, deed: "labour", points: 5), for: "h01", pictures: [], pair: pair, by: "plotwatch",
            at: Date(timeIntervalSince1970: 1_714_536_000))
        var kept = pair
        kept.entry = entry.number
        var bad = pair
        (bad.after, bad.verdict) = (nil, "unusable")
        try store.note(bad)
        #expect(try store.handedInPairs() == [kept, bad] && store.check().isEmpty)
        // One that is not booked is not kept either.
        #expect(throws: PointsError.self) {
            try store.propose(
                PointsEvent(.propose, deed: "labour", points: 5), for: "h01", pictures: [], pair: pair, by: "",
                at: Date())
        }
        #expect(try store.handedInPairs().count == 2)
        for table in ["handedIn", "patrolFlight", "patrolPair"] where table == "handedIn" {
            #expect(throws: (any Error).self) { try file.sql { try $0.execute(sql: "DELETE FROM \(table)") } }
            #expect(throws: (any Error).self) {
                try file.sql { try $0.execute(sql: "UPDATE \(table) SET id = id + 1") }
            }
        }
    }
}
