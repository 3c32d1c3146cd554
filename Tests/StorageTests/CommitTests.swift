import Foundation
import GRDB
import TestKit
import Testing
import Village

@testable import Storage

@Suite struct CommitTests {
    let file: StoreFile

    init() throws { file = try StoreFile() }

    // MARK: All or nothing

    @Test func aReadingWithoutItsCaptureLeavesNothingOfItsBatch() throws {
        let store = try file.open()
        let capture = Capture.sample()
        try store.commit(Batch(captures: [Capture.sample("cam/before.jpg")]))
        let before = try file.rows()
        let batch = Batch(
            captures: [capture], readings: [.sample(of: capture), .sample(of: .sample("cam/other.jpg"))],
            findings: [FindingRecord(camera: "cam", name: "construction/1", at: .now, body: Data("{}".utf8))],
            states: [StateRecord(camera: "cam", name: "sequence", body: Data([1]))],
            pictures: [PictureRecord(key: PictureKey(camera: "cam", name: "reference"), bytes: Data([2]))])
        #expect(throws: StoreError.self) { try store.commit(batch) }
        #expect(try file.rows() == before)
    }

    @Test func twoReadingsOfOnePlotInOneCaptureLeaveNothing() throws {
        let store = try file.open()
        let capture = Capture.sample()
        #expect(throws: StoreError.self) {
            try store.commit(Batch(captures: [capture], readings: [.sample(of: capture), .sample(of: capture)]))
        }
        #expect(try store.captures().isEmpty)
    }

    // MARK: Append only

    @Test func aCaptureThatWasReadNeverChanges() throws {
        let store = try file.open()
        let first = Capture.sample()
        try store.commit(Batch(captures: [first], readings: [.sample(of: first)]))
        let before = try file.rows()
        for sha256 in ["bb", nil] {
            var second = Capture.sample(sha256: sha256)
            (second.quality, second.reason, second.at) = (.fog, "changed", Date(timeIntervalSince1970: 1))
            try store.commit(Batch(captures: [second]))
            #expect(try file.rows() == before)
        }
        #expect(throws: StoreError.self) { try store.commit(Batch(captures: [first], readings: [.sample(of: first)])) }
        #expect(try file.rows() == before)
    }

    @Test func anUnreadableCaptureIsReplacedByWhatItHoldsNow() throws {
        let store = try file.open()
        var unreadable = Capture.sample(at: nil, sha256: nil)
        (unreadable.quality, unreadable.reason) = (.corrupt, "the file may not be read")
        try store.commit(Batch(captures: [unreadable]))
        #expect(
            try store.knownPaths(camera: "cam", among: ["cam/a.jpg"]) == [
                Array("cam/a.jpg".utf8): .unread(reason: "the file may not be read")
            ])
        let readable = Capture.sample()
        try store.commit(Batch(captures: [readable], readings: [.sample(of: readable)]))
        #expect(try store.captures() == [readable])
        #expect(try store.readings().count == 1)
        #expect(try store.knownPaths(camera: "cam", among: ["cam/a.jpg"]) == [Array("cam/a.jpg".utf8): .read])
    }

    @Test func twoSpellingsOfOneNameAreTwoCaptures() throws {
        let store = try file.open()
        let composed = "cam/caf\u{E9}.jpg", decomposed = "cam/cafe\u{301}.jpg"
        #expect(composed == decomposed, "Swift takes them for one")
        let captures = [
            Capture.sample(composed, sha256: "aa"), Capture.sample(decomposed, at: 1_714_540_000, sha256: "bb"),
        ]
        let readings = [
            Reading.sample(of: captures[0], [.gcc: .value(0.1)]), Reading.sample(of: captures[1], [.gcc: .value(0.2)]),
        ]
        try store.commit(Batch(captures: captures, readings: readings))
        let stored = try store.captures()
        #expect(stored.map { Array($0.path.utf8) } == captures.map { Array($0.path.utf8) })
        #expect(try store.readings().map { $0.value(.gcc) } == [0.1, 0.2])
        #expect(try store.knownPaths(camera: "cam", among: [decomposed]).keys.map { $0 } == [Array(decomposed.utf8)])
        #expect(try store.capture(camera: "cam", path: decomposed)?.sha256 == "bb")
    }

    @Test func onePathOfTwoCamerasIsTwoCaptures() throws {
        let store = try file.open()
        try store.commit(Batch(captures: [.sample(camera: "a"), .sample(camera: "b")]))
        #expect(try store.captures().map(\.camera) == ["a", "b"])
    }

    // MARK: Where the run goes on

    @Test func picturesComeGoAndAreReplaced() throws {
        let store = try file.open()
        let names = ["look/1", "look/2", "look_2", "lookx", "图/1", "图/2", "100%"]
        try store.commit(
            Batch(pictures: names.map { PictureRecord(key: PictureKey(camera: "cam", name: $0), bytes: Data($0.utf8)) })
        )
        #expect(try store.pictureNames(camera: "cam", prefix: "look/") == ["look/1", "look/2"])
        #expect(try store.pictureNames(camera: "cam", prefix: "look_") == ["look_2"])
        #expect(try store.pictureNames(camera: "cam", prefix: "图/") == ["图/1", "图/2"])
        #expect(try store.pictureNames(camera: "cam", prefix: "%").isEmpty)
        #expect(try store.pictureNames(camera: "other", prefix: "").isEmpty)
        let key = PictureKey(camera: "cam", name: "look/1")
        try store.commit(
            Batch(
                pictures: [PictureRecord(key: key, bytes: Data([7]))],
                droppedPictures: [PictureKey(camera: "cam", name: "look/2")]))
        #expect(try store.picture(key) == Data([7]))
        #expect(try store.picture(PictureKey(camera: "cam", name: "look/2")) == nil)
    }

    @Test func theLatestFindingOfANameIsTheLastOneWritten() throws {
        let store = try file.open()
        func record(_ name: String, _ at: Double, _ text: String) -> FindingRecord {
            FindingRecord(camera: "cam", name: name, at: Date(timeIntervalSince1970: at), body: Data(text.utf8))
        }
        try store.commit(Batch(findings: [record("c/1", 10, "a"), record("c/2", 20, "b")]))
        try store.commit(Batch(findings: [record("c/1", 5, "c")]))
        #expect(try store.latestFindings(camera: "cam") == [record("c/1", 5, "c"), record("c/2", 20, "b")])
        #expect(try file.sql { try Int.fetchOne($0, sql: "SELECT count(*) FROM finding") } == 3, "facts are kept")
    }

    @Test func judgementsAreReplacedWhole() throws {
        let store = try file.open()
        func card(_ id: String) -> Advice {
            Advice(
                id: id, plot: "p1", household: nil, camera: "cam", crop: nil, kind: .anomaly,
                at: Date(timeIntervalSince1970: 1), bbch: nil,
                title: Bilingual(zh: "标", en: "t"), seen: Bilingual(zh: "", en: ""), action: Bilingual(zh: "", en: ""),
                confidence: 0.5,
                source: "s", confirmedLocally: false, capture: nil)
        }
        try store.replaceJudgements(flags: [], advice: [card("a"), card("b")])
        #expect(throws: StoreError.self) { try store.replaceJudgements(flags: [], advice: [card("c"), card("c")]) }
        #expect(try store.advice().map(\.id) == ["a", "b"], "a judgement that cannot be written leaves the former one")
        try store.replaceJudgements(flags: [], advice: [card("c")])
        #expect(try store.advice() == [card("c")])
    }
}
