import Foundation
import Inspection
import Storage
import TestKit
import Testing
import Village

/// One bad file never stops a run, and never disappears: it is a row with a reason.
@Suite struct NastyFileTests {
    let village: TestVillage
    let good: [UInt8]

    init() throws {
        village = try TestVillage()
        good = try TestVillage.picture()
        for day in 1...3 {
            try village.write(
                try TestVillage.picture(village.scene, .init(noiseSeed: UInt64(day))),
                to: TestVillage.path(day: day, hour: 12))
        }
    }

    private func capture(_ path: String) throws -> Capture? { try village.store().capture(camera: "cam", path: path) }

    /// Runs, and sees that the three good pictures came through and the bad one has its row.
    private func expectRow(
        _ path: String, _ quality: Quality, isUnreadable: Bool = true, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let summary = try await village.run(jobs: 2)
        let stored = try capture(path)
        #expect(stored?.quality == quality, "\(String(describing: stored))", sourceLocation: sourceLocation)
        #expect(stored?.reason?.isEmpty == false, sourceLocation: sourceLocation)
        #expect(summary.byQuality[.ok] == 3, sourceLocation: sourceLocation)
        #expect(summary.unreadable == (isUnreadable ? 1 : 0), sourceLocation: sourceLocation)
        let before = try village.dump()
        let again = try await village.run()
        #expect(try village.dump() == before, "said once", sourceLocation: sourceLocation)
        #expect(again.captures == 0, sourceLocation: sourceLocation)
    }

    struct Bytes: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var quality: Quality
        var make: @Sendable ([UInt8]) -> [UInt8]
    }

    static let damages = [
        Bytes(testDescription: "no bytes", quality: .corrupt) { _ in [] },
        Bytes(testDescription: "one byte", quality: .corrupt) { _ in [0xFF] },
        Bytes(testDescription: "garbage", quality: .corrupt) { _ in
            (0..<3000).map { UInt8(truncatingIfNeeded: $0 &* 91 >> 2) }
        },
        Bytes(testDescription: "zeros", quality: .corrupt) { _ in [UInt8](repeating: 0, count: 4000) },
        Bytes(testDescription: "text", quality: .corrupt) { _ in Array("<html>404 Not Found</html>".utf8) },
        Bytes(testDescription: "cut in the header", quality: .corrupt) { Array($0.prefix(100)) },
        Bytes(testDescription: "cut in the tables", quality: .corrupt) { Array($0.prefix(400)) },
        Bytes(testDescription: "cut in the middle", quality: .truncated) { Array($0.prefix($0.count / 2)) },
        Bytes(testDescription: "cut near the end", quality: .truncated) { Array($0.prefix($0.count * 9 / 10)) },
        Bytes(testDescription: "zeros from the middle", quality: .truncated) {
            Corruption.zeroTail(from: $0.count / 2).applied(to: $0)
        },
        Bytes(testDescription: "a JPEG that says it has 65 500 × 65 500 pixels", quality: .corrupt) { bytes in
            // SOF0: length, precision, then height and width.
            var bytes = bytes
            if let k = bytes.indices.dropLast(9).first(where: { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xC0 }) {
                bytes.replaceSubrange(k + 5..<k + 9, with: [0xFF, 0xDC, 0xFF, 0xDC])
            }
            return bytes
        },
        Bytes(testDescription: "a PNG that says it has 2 000 000 000 rows", quality: .corrupt) { _ in
            PNGSketch(width: 60_000, height: 2_000_000_000, color: .rgba, depth: 16, samples: []).header
        },
    ]

    @Test(arguments: damages) func damagedBytes(damage: Bytes) async throws {
        let path = try village.write(damage.make(good), to: TestVillage.path(day: 2, hour: 15))
        try await expectRow(path, damage.quality)
    }

    @Test func aFolderNamedAsAPicture() async throws {
        let path = TestVillage.path(day: 2, hour: 15)
        try FileManager.default.createDirectory(atPath: village.archive + "/" + path, withIntermediateDirectories: true)
        try await expectRow(path, .corrupt)
    }

    @Test func aPipe() async throws {
        let path = TestVillage.path(day: 2, hour: 15)
        #expect(mkfifo(village.archive + "/" + path, 0o644) == 0)
        try await expectRow(path, .corrupt)
    }

    @Test func aLinkInACircleALinkToNowhereAndALinkOut() async throws {
        let files = FileManager.default
        try files.createSymbolicLink(atPath: village.archive + "/cam/loop.jpg", withDestinationPath: "loop.jpg")
        try files.createSymbolicLink(atPath: village.archive + "/cam/lost.jpg", withDestinationPath: "nowhere.jpg")
        try files.createSymbolicLink(atPath: village.archive + "/cam/out.jpg", withDestinationPath: "/etc/hostname")
        try files.createSymbolicLink(atPath: village.archive + "/cam/up", withDestinationPath: "..")
        let summary = try await village.run()
        for name in ["loop", "lost", "out"] {
            let stored = try capture("cam/\(name).jpg")
            #expect(stored?.quality == .corrupt && stored?.reason?.isEmpty == false, "\(name)")
        }
        #expect(
            summary.byQuality[.ok] == 3, "each picture once, though the link leads to it again: \(summary.byQuality)")
        let before = try village.dump()
        try await village.run()
        #expect(try village.dump() == before)
    }

    @Test(.enabled(if: geteuid() != 0, "root may read everything")) func aFileThatMayNotBeReadIsReadOnceItMay()
        async throws
    {
        let path = try village.write(good, to: TestVillage.path(day: 2, hour: 15))
        let full = village.archive + "/" + path
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: full)
        try await expectRow(path, .corrupt)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: full)
        try await village.run()
        #expect(try capture(path)?.quality == .ok)
    }

    @Test(arguments: ["cam_2024_13_45_120000.jpg", "cam_1971_05_01_120000.jpg", "cam_2039_05_01_120000.jpg"])
    func aNameWithAWrongDateIsNotBelieved(name: String) async throws {
        let path = try village.write(good, to: "cam/" + name)
        let summary = try await village.run()
        let stored = try #require(try capture(path))
        #expect(summary.captures == 4)
        #expect(stored.quality == .wrongClock || stored.timeSource == .modification, "\(stored)")
        if stored.quality == .wrongClock { #expect(stored.reason?.isEmpty == false) }
        let plots = try village.store().readings(Selection(quality: .ok)).filter { $0.capture == path }
        #expect(stored.quality == .ok || plots.isEmpty)
    }

    @Test func aNameInChineseInBothSpellings() async throws {
        // é decides: Chinese has one spelling only, a folder with an accent two.
        let composed = "cam/后山caf\u{E9}/cam_2024_05_02_150000.jpg",
            decomposed = "cam/后山cafe\u{301}/cam_2024_05_02_160000.jpg"
        try village.write(try TestVillage.picture(village.scene, .init(noiseSeed: 50)), to: composed)
        try village.write(try TestVillage.picture(village.scene, .init(noiseSeed: 51)), to: decomposed)
        let summary = try await village.run(jobs: 2)
        #expect(summary.captures == 5 && summary.byQuality[.ok] == 5)
        #expect(Set(try village.store().captures().map { Array($0.path.utf8) }).count == 5)
        #expect(try await village.run().captures == 0)
    }

    /// Names that other systems take for one: by accent, and by letter case.
    @Test(arguments: [
        ("cam/caf\u{E9}_2024_05_02_150000.jpg", "cam/cafe\u{301}_2024_05_02_150000.jpg"),
        ("cam/Cam_2024_05_02_150000.jpg", "cam/cam_2024_05_02_150000.jpg"),
        ("cam/a/x_2024_05_02_150000.jpg", "cam/A/x_2024_05_02_150000.jpg"),
        ("cam/x_2024_05_02_150000.jpg", "cam/x_2024_05_02_150000.JPG"),
    ])
    func namesThatOtherSystemsTakeForOneAreTwoFiles(one: String, other: String) async throws {
        try village.write(try TestVillage.picture(village.scene, .init(noiseSeed: 50)), to: one)
        try village.write(try TestVillage.picture(village.scene, .init(noiseSeed: 51)), to: other)
        try #require(
            FileManager.default.contents(atPath: village.archive + "/" + one)
                != FileManager.default.contents(atPath: village.archive + "/" + other))
        let isPicked = !other.hasSuffix(".JPG")
        #expect(try await village.run().captures == (isPicked ? 5 : 4))
        #expect(try await village.run().captures == 0)
        let first = try village.dump()
        try village.forget()
        try await village.run(jobs: 4)
        #expect(try village.dump() == first)
    }

    /// The longest name that a file may have, of one byte and of three bytes a character, in folders of the same kind.
    @Test(arguments: ["x", "果"]) func namesOf255BytesAreRead(letter: String) async throws {
        let ending = "_2024_05_02_150000.jpg"
        let count = (255 - ending.utf8.count) / letter.utf8.count
        let name = String(repeating: letter, count: count) + ending
        let folder = String(repeating: letter, count: 255 / letter.utf8.count)
        let path = "cam/\(folder)/\(folder)/\(name)"
        try village.write(try TestVillage.picture(village.scene, .init(noiseSeed: 50)), to: path)
        let summary = try await village.run(jobs: 2)
        #expect(summary.byQuality[.ok] == 4 && summary.unreadable == 0)
        let stored = try #require(try capture(path))
        #expect(stored.timeSource == .name)
        #expect(try await village.run().captures == 0)
    }

    /// A camera whose first upload broke off has no reference yet: what came of it is told, and the whole file is read.
    @Test func aFirstPictureThatBreaksOffIsNoReference() async throws {
        let village = try TestVillage()
        let path = TestVillage.path(day: 1, hour: 10), whole = try TestVillage.picture(village.scene)
        try village.write(Array(whole.prefix(whole.count / 2)), to: path)
        let first = try await village.run()
        #expect(first.byQuality == [.truncated: 1] && first.unreadable == 1)
        #expect(try village.store().state(camera: "cam", name: "reference") == nil)
        try village.write(whole, to: path, modified: Date(timeIntervalSince1970: 1_717_000_100))
        let second = try await village.run()
        #expect(second.byQuality == [.ok: 1], "\(second)")
    }

    // MARK: Files that change

    @Test func aFileThatVanishesBeforeItIsReadIsLeftOut() async throws {
        for day in 4...20 {
            try village.write(
                try TestVillage.picture(village.scene, .init(noiseSeed: UInt64(day))),
                to: TestVillage.path(day: day, hour: 12))
        }
        let last = village.archive + "/" + TestVillage.path(day: 20, hour: 12)
        let summary = try await village.run(events: { event in
            if case .cameraStarted = event { try? FileManager.default.removeItem(atPath: last) }
        })
        #expect(summary.captures == 19 && summary.postponed == 1)
        #expect(try capture(TestVillage.path(day: 20, hour: 12)) == nil)
        #expect(try await village.run().captures == 0)
    }

    @Test(arguments: [0, 1, 2, 600, 2000, 1_000_000]) func anUploadInProgressWaitsForTheNextRun(bytesThere: Int)
        async throws
    {
        let path = TestVillage.path(day: 31, hour: 12)
        let isWhole = bytesThere >= good.count
        try village.write(Array(good.prefix(bytesThere)), to: path, modified: TestVillage.now.addingTimeInterval(-60))
        let summary = try await village.run()
        #expect(summary.postponed == (isWhole ? 0 : 1))
        #expect(try (capture(path) != nil) == isWhole)
        #expect(summary.unreadable == 0)
        try village.write(good, to: path, modified: TestVillage.now)
        try await village.run(now: TestVillage.now.addingTimeInterval(3600))
        #expect(try capture(path)?.quality == .ok)
    }

    /// Some recorders reserve a picture's room before they write it.
    @Test func anUploadWhoseRoomIsReservedWaits() async throws {
        let path = TestVillage.path(day: 31, hour: 12)
        try village.write(
            [UInt8](repeating: 0, count: good.count), to: path, modified: TestVillage.now.addingTimeInterval(-60))
        let summary = try await village.run()
        #expect(summary.postponed == 1)
        #expect(try capture(path) == nil)
    }

    @Test func anUploadThatWasGivenUpIsTold() async throws {
        let path = TestVillage.path(day: 31, hour: 12)
        try village.write(
            Array(good.prefix(good.count / 2)), to: path, modified: TestVillage.now.addingTimeInterval(-60))
        #expect(try await village.run().postponed == 1)
        let later = try await village.run(now: TestVillage.now.addingTimeInterval(3600))
        #expect(later.postponed == 0 && later.unreadable == 1)
        #expect(try capture(path)?.quality == .truncated)
    }

    /// A picture of weeks ago that lies there in part was not begun a minute ago, only copied; when it is whole it is
    /// read.
    @Test func anOldPictureCopiedInPartIsToldAndReadWhenItIsWhole() async throws {
        let path = TestVillage.path(day: 4, hour: 12)
        try village.write(
            Array(good.prefix(good.count / 2)), to: path, modified: TestVillage.now.addingTimeInterval(-60))
        let first = try await village.run()
        #expect(first.postponed == 0 && first.unreadable == 1)
        #expect(try capture(path)?.quality == .truncated)
        #expect(try await village.run().captures == 0, "the same bytes are not read twice")
        try village.write(good, to: path, modified: TestVillage.now)
        #expect(try await village.run().byQuality == [.ok: 1])
        #expect(try capture(path)?.quality == .ok)
    }

    @Test func anArchiveOfBadFilesOnlyIsToldFileByFile() async throws {
        for day in 1...3 {
            try FileManager.default.removeItem(atPath: village.archive + "/" + TestVillage.path(day: day, hour: 12))
        }
        for day in 1...12 {
            try village.write(day.isMultiple(of: 2) ? [] : [1, 2, 3], to: TestVillage.path(day: day, hour: 12))
        }
        let summary = try await village.run(jobs: 2)
        #expect(summary.captures == 12 && summary.unreadable == 12)
        #expect(try village.store().captures().allSatisfy { $0.quality == .corrupt && $0.reason?.isEmpty == false })
        try village.write(good, to: TestVillage.path(day: 13, hour: 12))
        #expect(try await village.run().byQuality == [.ok: 1])
    }

    @Test func anArchiveOfBadFilesOnlyCanBeStoppedToo() async throws {
        for day in 1...3 {
            try FileManager.default.removeItem(atPath: village.archive + "/" + TestVillage.path(day: day, hour: 12))
        }
        for day in 1...20 { try village.write([], to: TestVillage.path(day: day, hour: 12)) }
        let asked = Counter()
        let first = try await village.run(isCancelled: { asked.next() > 2 })
        #expect(first.wasInterrupted && (1..<20).contains(first.captures), "\(first)")
        let second = try await village.run()
        #expect(!second.wasInterrupted && first.captures + second.captures == 20)
    }

    @Test func anArchiveThatIsNotThereIsTold() async throws {
        try FileManager.default.removeItem(atPath: village.archive)
        let summary = try await village.run()
        #expect(summary.unreadable == 1)
        try FileManager.default.createDirectory(atPath: village.archive + "/cam", withIntermediateDirectories: true)
        try village.write(good, to: TestVillage.path(day: 13, hour: 12))
        #expect(try await village.run().byQuality == [.ok: 1])
    }
}
