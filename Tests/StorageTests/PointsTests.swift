import Foundation
import GRDB
import TestKit
import Testing
import Village

@testable import Storage

@Suite struct PointsTests {
    static let day = Date(timeIntervalSince1970: 1_714_536_000)

    private func open() throws -> (TemporaryFolder, Store) {
        let folder = try TemporaryFolder()
        return (folder, try Store(path: folder.url.path + "/s.sqlite", access: .write))
    }

    private func propose(_ points: Int, _ household: String, in store: Store, pictures: [SubmittedPicture] = []) throws
        -> Int64
    {
        try store.propose(
            PointsEvent(.propose, deed: "labour", points: points), for: household, pictures: pictures, by: "李",
            at: Self.day
        ).number
    }

    @Test func pointsCountOnceApprovedAndBuyOnlyWhatTheyReach() throws {
        let (folder, store) = try open()
        defer { _ = folder }
        let first = try propose(5, "h01", in: store), second = try propose(100, "h01", in: store)
        _ = try propose(5, "h02", in: store)
        #expect(try store.pointsAccounts().map(\.balance) == [0, 0])
        _ = try store.judge(first, approve: true, by: "王", at: Self.day, note: nil)
        _ = try store.judge(second, approve: false, by: "王", at: Self.day, note: "没有这回事")
        let account = try #require(try store.pointsAccounts().first)
        #expect(account.balance == 5 && account.open.isEmpty && account.lines.count == 4)
        for approve in [true, false] {
            #expect(throws: PointsError.alreadyJudged(second)) {
                try store.judge(second, approve: approve, by: "王", at: Self.day, note: nil)
            }
        }
        #expect(throws: PointsError.noSuchProposal(99)) {
            try store.judge(99, approve: true, by: "王", at: Self.day, note: nil)
        }
        func redeem(_ points: Int) throws {
            _ = try store.redeem(
                PointsEvent(.redeem, points: points, item: "soy-sauce", count: 1), for: "h01", by: "王", at: Self.day)
        }
        #expect(throws: PointsError.tooFew(balance: 5, asked: 6)) { try redeem(6) }
        #expect(throws: PointsError.tooFew(balance: 5, asked: 0)) { try redeem(0) }
        try redeem(5)
        #expect(try store.pointsAccounts().first?.balance == 0)
        #expect(throws: PointsError.tooFew(balance: 0, asked: 5)) { try redeem(5) }
        #expect(try store.check().isEmpty)
    }

    @Test func submissionsAndEntriesAreNeverChanged() throws {
        let (folder, store) = try open()
        defer { _ = folder }
        let picture = SubmittedPicture(
            sha256: "ab", household: "h01", at: Self.day, path: "1.jpg", takenAt: nil, print: [1, 2, 3])
        _ = try propose(5, "h01", in: store, pictures: [picture, picture])
        #expect(try store.submittedPictures() == [picture, picture])
        for sql in [
            "UPDATE submission SET household = 'h02'", "DELETE FROM submission",
            "DELETE FROM journal WHERE kind = 'points'",
        ] {
            #expect(throws: (any Error).self) { try store.write { try $0.execute(sql: sql) } }
        }
        #expect(try store.submittedPictures().count == 2)
        for label in ["", "a\nb", String(repeating: "x", count: 41)] {
            #expect(throws: PointsError.self) {
                try store.propose(
                    PointsEvent(.propose, points: 5), for: "h01", pictures: [picture], by: label, at: Self.day)
            }
        }
        #expect(try store.submittedPictures().count == 2)
    }
}
