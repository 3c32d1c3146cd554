import Foundation
import Storage
import TestKit
import Testing
import Village

@testable import Inspection

/// Photographs before and after a clean-up through the whole run, on rendered lanes.
@Suite struct PairImportTests {
    let drops: DropFolder
    private var village: TestVillage { drops.village }

    init() throws {
        drops = try DropFolder()
        village.site.plots = []
        village.site.households = ["h01", "h02"].map { Household(id: $0, name: nil, village: nil, group: nil) }
        village.site.pairs = village.archive + "/cleanup"
    }

    private func add(_ file: String, as path: String) throws {
        try village.write(try DropFolder.bytes("yards/archive/\(file).jpg"), to: "cleanup/" + path)
    }

    @Test func pairsAreJudgedOnceAndWaitForAPerson() async throws {
        // By name, by time, and an idle one in a folder of its own.
        try add("00_before", as: "h01/sweep_before.jpg")
        try add("00_after", as: "h01/sweep_after.jpg")
        try add("02_before", as: "h02/IMG_1.jpg")
        try add("02_after", as: "h02/IMG_7.jpg")
        try add("01_before", as: "h02/again/a.jpg")
        try add("01_idle", as: "h02/again/b.jpg")
        let first = try await village.run()
        #expect(first.cleanupPairs == 3 && first.proposals >= 2 && first.unreadable == 0, "\(first)")
        let store = try village.store(), pairs = try store.handedInPairs()
        #expect(
            pairs.map(\.before.path) == [
                "cleanup/h01/sweep_before.jpg", "cleanup/h02/IMG_1.jpg", "cleanup/h02/again/a.jpg",
            ])
        #expect(
            pairs.map(\.after?.path) == [
                "cleanup/h01/sweep_after.jpg", "cleanup/h02/IMG_7.jpg", "cleanup/h02/again/b.jpg",
            ])
        #expect(pairs[0].verdict == "proposed" && pairs[1].verdict == "proposed", "\(pairs)")
        #expect(pairs[2].verdict != "proposed", "an idle lane is not cleaner")
        let accounts = try store.pointsAccounts()
        #expect(accounts.allSatisfy { $0.balance == 0 } && accounts.map(\.household) == ["h01", "h02"])
        #expect(accounts[0].open.map(\.number) == [pairs[0].entry] && accounts[0].open[0].event.points == 5)
        let before = try village.dump()
        let second = try await village.run()
        #expect(second.cleanupPairs == 0)
        #expect(try village.dump() == before, "nothing is judged twice")
        // The same photographs for another household are known again.
        try add("00_before", as: "h02/mine_before.jpg")
        try add("00_after", as: "h02/mine_after.jpg")
        #expect(try await village.run().proposals == 0)
        let copy = try #require(try village.store().handedInPairs().last)
        #expect(copy.verdict == "refused" && copy.entry == nil)
        #expect(copy.checks.contains { $0.kind == "reuse" && $0.holds == false && $0.text.en.contains("h01") })
        #expect(try village.store().check().isEmpty)
    }

    @Test func badPicturesStrangersAndLonersAreTold() async throws {
        try add("00_before", as: "h01/lonely.jpg")
        try add("03_before", as: "stray.jpg")
        try add("04_before", as: "h99/x_before.jpg")
        try village.write(Array("no".utf8), to: "cleanup/h01/bad_before.jpg")
        try village.write([], to: "cleanup/h01/bad_after.jpg")
        let events = ToldEvents()
        let first = try await village.run(events: { events.take($0) })
        #expect(first.unreadable == 2 && first.cleanupPairs == 0)
        for word in [
            "lonely.jpg: it waits", "stray.jpg belongs to nobody", "no household h99", "bad_before.jpg",
            "bad_after.jpg",
        ] {
            #expect(events.all.contains { $0.contains(word) }, "\(word) in \(events.all)")
        }
        #expect(try await village.run().unreadable == 0, "a row is told once")
        // Its partner comes later.
        try add("00_after", as: "h01/partner.jpg")
        #expect(try await village.run().proposals == 1)
        // A picture that has grown since is looked at again.
        try add("02_before", as: "h01/bad_before.jpg")
        try add("02_after", as: "h01/bad_after.jpg")
        #expect(try await village.run().proposals == 1)
    }

    @Test func aPhotographThatIsStillComingWaitsAndOneThatGrewIsJudgedAnew() async throws {
        let after = try DropFolder.bytes("yards/archive/00_after.jpg")
        try add("00_before", as: "h01/lane_before.jpg")
        let half = Array(after.prefix(after.count / 3))
        try village.write(half, to: "cleanup/h01/lane_after.jpg", modified: TestVillage.now.addingTimeInterval(-5))
        #expect(mkfifo(village.archive + "/cleanup/h01/pipe_before.jpg", 0o600) == 0)
        let events = ToldEvents()
        let first = try await village.run(events: { events.take($0) })
        #expect(first.postponed == 1 && first.cleanupPairs == 0 && first.unreadable == 1, "\(first) \(events.all)")
        #expect(events.all.contains { $0.contains("pipe_before.jpg") })
        // Given up: what is there is judged, and once it is whole both are again.
        try village.write(half, to: "cleanup/h01/lane_after.jpg")
        let second = try await village.run(events: { events.take($0) })
        #expect(second.cleanupPairs == 1 && second.proposals == 0, "\(second)")
        #expect(events.all.contains { $0.contains("breaks off") })
        try village.write(after, to: "cleanup/h01/lane_after.jpg")
        #expect(try await village.run().proposals == 1)
        #expect(try await village.run().cleanupPairs == 0)
    }

    @Test func anyJobsAndAnyCutGiveTheSameStore() async throws {
        for (k, household) in ["h01", "h02", "h01"].enumerated() {
            try add("0\(k)_before", as: "\(household)/\(k)前.jpg")
            try add("0\(k)_after", as: "\(household)/\(k)后.jpg")
        }
        let found = try await drops.dumps(cutAfter: 2)
        #expect(found.runs > 1 && found.parallel == found.expected && found.resumed == found.expected)
    }

    // MARK: Groups

    private func groups(_ photographs: [(String, Double?)]) -> (pairs: [String], waiting: [String]) {
        let found = PairGroups(photographs.map { .init(name: $0.0, moment: $0.1) }, longestGap: 3600)
        return (found.pairs.map { "\($0.before)>\($0.after)" }, found.waiting.map(\.name))
    }

    @Test func namesJoinBeforeTimes() {
        let found = groups([
            ("a_after.jpg", 0), ("A_before.JPG", 9000), ("门前.jpg", nil), ("门后.jpg", nil), ("x_1.png", 5),
            ("x_2.png", 1),
        ])
        #expect(Set(found.pairs) == ["A_before.JPG>a_after.jpg", "门前.jpg>门后.jpg", "x_1.png>x_2.png"])
        #expect(found.waiting.isEmpty)
    }

    @Test func timesJoinTheNextWithinTheGap() {
        let found = groups([("d", 90_000), ("c", 7300), ("b", 3000), ("a", 0), ("e", nil), ("f", 90_010)])
        #expect(found.pairs == ["a>b", "d>f"] && found.waiting == ["c", "e"])
        #expect(groups([]).pairs.isEmpty && groups([("a", 0)]).waiting == ["a"])
    }

    @Test func aNumberWithinATimeJoinsNothing() {
        let found = groups([("IMG_20240402_101951.jpg", 0), ("IMG_20240402_201951.jpg", 36_000)])
        #expect(found.pairs.isEmpty && found.waiting.count == 2)
    }

    @Test func theWordIsTheLastOfItsKind() {
        #expect(
            groups([("before_before.jpg", nil), ("before_after.jpg", nil)]).pairs == [
                "before_before.jpg>before_after.jpg"
            ])
        #expect(groups([("x_before.jpg", nil), ("y_after.jpg", nil)]).waiting.count == 2)
    }
}
