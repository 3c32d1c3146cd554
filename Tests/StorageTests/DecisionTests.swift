import Foundation
import GRDB
import Testing
import Village

@testable import Storage

@Suite struct DecisionTests {
    let file: StoreFile
    let store: Store
    let now = Date(timeIntervalSince1970: 1_720_000_000.25)

    init() throws {
        file = try StoreFile()
        store = try file.open()
        try raise(["cam-1", "cam-2", "east-1"])
    }

    private func raise(_ ids: [String]) throws {
        try store.replaceJudgements(flags: ids.enumerated().map { .sample($1, day: $0) }, advice: [])
    }

    @Test func aDecisionStandsUntilAnotherOrItsUndo() throws {
        let first = try store.decide(.reject(.shadow), on: "cam-1", by: "王", at: now, note: "晒坝")
        #expect(first.id == 1 && first.camera == "cam" && first.at == now && first.note == "晒坝")
        let second = try store.decide(.confirm, on: "cam-1", by: "李", at: now + 1)
        #expect(try store.standingDecisions() == ["cam-1": second])
        let third = try store.decide(.undo(of: second.id), on: "cam-1", by: "李", at: now + 2)
        #expect(try store.standingDecisions() == ["cam-1": first])
        _ = try store.decide(.undo(of: first.id), on: "cam-1", by: "王", at: now + 3)
        #expect(try store.standingDecisions().isEmpty)
        #expect(try store.flag("cam-1")?.decision == nil)
        #expect(try store.decisions(flag: "cam-1").map(\.verdict.kind) == [.reject, .confirm, .undo, .undo])
        // What was taken back, what is an undo, what is elsewhere or nowhere cannot be taken back.
        let other = try store.decide(.unsure, on: "cam-2", by: "王", at: now)
        for id in [first.id, third.id, other.id, 99, 0, -1] {
            #expect(throws: DecisionError.cannotUndo(id)) {
                try store.decide(.undo(of: id), on: "cam-1", by: "王", at: now)
            }
        }
    }

    @Test func whoeverComesSecondIsToldOfTheFirst() throws {
        let other = try file.open()
        let first = try store.decide(.confirm, on: "cam-1", by: "王", at: now, expecting: .last(nil))
        #expect(throws: DecisionError.conflict(last: first)) {
            try other.decide(.reject(.light), on: "cam-1", by: "李", at: now, expecting: .last(nil))
        }
        _ = try other.decide(.reject(.light), on: "cam-1", by: "李", at: now, expecting: .last(first.id))
        #expect(try store.decisions(flag: "cam-1").count == 2)
    }

    @Test func oneRequestIsTakenDownOnce() throws {
        let first = try store.decide(.confirm, on: "cam-1", by: "王", at: now, expecting: .last(nil), request: "a7")
        // The answer was lost and the page asks again: no conflict with itself.
        let again = try store.decide(.confirm, on: "cam-1", by: "王", at: now + 5, expecting: .last(nil), request: "a7")
        #expect(first == again)
        #expect(try store.decisions(flag: "cam-1").count == 1)
    }

    @Test(arguments: ["", "  ", "a\nb", "a\u{0}b", String(repeating: "长", count: 41)])
    func aLabelIsShortAndOfOneLine(label: String) throws {
        #expect(throws: DecisionError.self) { try store.decide(.confirm, on: "cam-1", by: label, at: now) }
        #expect(throws: DecisionError.self) {
            try store.decide(.permitted(number: label.count > 40 ? "" : label), on: "cam-1", by: "王", at: now)
        }
        #expect(try store.journalHead() == nil)
        #expect(throws: DecisionError.noSuchFlag("cam-9")) { try store.decide(.confirm, on: "cam-9", by: "王", at: now) }
    }

    @Test func aPermitThatWasFoundMakesItPermitted() throws {
        try store.decide(.permitted(number: "乡字第2024-017号"), on: "cam-1", by: "王", at: now)
        let flag = try #require(try store.flag("cam-1"))
        #expect(flag.status == .permitted && flag.permit == "乡字第2024-017号" && !flag.isOpen)
        // The judgement itself is as it was.
        #expect(
            try file.sql { try String.fetchOne($0, sql: "SELECT body FROM flag WHERE id = 'cam-1'") }?
                .contains("unauthorized") == true)
    }

    @Test func decisionsOutliveTheJudgement() throws {
        try store.decide(.reject(.vehicle), on: "cam-2", by: "王", at: now)
        try raise(["cam-1"])
        #expect(try store.flags().map(\.id) == ["cam-1"])
        #expect(try store.formerFlags().map(\.id) == ["cam-2"])
        #expect(try store.formerFlags().first?.isRejected == true)
        // Decided on again although it is raised no more.
        try store.decide(.confirm, on: "cam-2", by: "李", at: now)
        #expect(try store.rejectedOutlines(camera: "cam").isEmpty)
        try raise(["cam-1", "cam-2"])
        #expect(try store.flag("cam-2")?.decision?.verdict == .confirm)
        #expect(try store.formerFlags().isEmpty)
    }

    @Test func rejectedOutlinesAreThoseThatStandRejected() throws {
        for (id, verdict) in [("cam-1", Verdict.reject(.light)), ("cam-2", .confirm), ("east-1", .reject(.farming))] {
            try store.decide(verdict, on: id, by: "王", at: now)
        }
        let outline = try #require(try store.rejectedOutlines(camera: "cam").first)
        #expect(outline.flag == "cam-1" && outline.reason == .light && outline.rejectedAt == now)
        #expect(outline.outline == Flag.sample("cam-1", day: 0).polygon)
        #expect(try store.rejectedOutlines(camera: "cam", before: now).isEmpty)
        let id = try #require(try store.flag("cam-1")?.decision?.id)
        try store.decide(.undo(of: id), on: "cam-1", by: "王", at: now)
        #expect(try store.rejectedOutlines(camera: "cam").isEmpty)
        #expect(try store.rejectedOutlines(camera: "east").count == 1)
    }

    @Test func pagesHoldEveryFlagOnceWhileSomebodyDecides() throws {
        try store.replaceJudgements(
            flags: (0..<57).map {
                .sample("cam-\($0)", day: $0 / 5, status: $0 % 10 == 0 ? .permitted : .unauthorized)
            },
            advice: [])
        var seen: [String] = []
        var cursor: FlagCursor?
        repeat {
            let page = try store.unreviewedFlags(limit: 10, after: cursor)
            for flag in page.flags where seen.count % 2 == 0 || flag.id.hasSuffix("3") {
                try store.decide(.unsure, on: flag.id, by: "王", at: now)
            }
            seen += page.flags.map(\.id)
            cursor = page.next
        } while cursor != nil
        #expect(seen.count == 51 && Set(seen).count == 51)
        let unsure = try store.flags(FlagQuery(review: .verdict(.unsure), limit: 1000))
        #expect(unsure.total == unsure.flags.count && unsure.next == nil)
        #expect(try store.unreviewedFlags(limit: 5).total == 51 - unsure.total)
        #expect(try store.flags(FlagQuery(camera: "east")).total == 0)
        #expect(try store.flags(FlagQuery(plot: "p1", kind: .construction, limit: 1000)).flags.count == 57)
    }

    // MARK: The journal

    @Test func theJournalIsOnlyAppendedTo() throws {
        for id in ["cam-1", "cam-2", "east-1"] { try store.decide(.unsure, on: id, by: "王", at: now) }
        #expect(try store.journalFault() == nil)
        for change in [
            "DELETE FROM journal", "UPDATE journal SET by = 'x'", "UPDATE journal SET at = 0 WHERE number = 1",
        ] {
            #expect(throws: (any Error).self) { try file.sql { try $0.execute(sql: change) } }
        }
        #expect(try store.journal().map(\.number) == [1, 2, 3])
    }

    @Test(arguments: [
        ("UPDATE journal SET by = '李' WHERE number = 2", 2), ("UPDATE journal SET at = at + 1 WHERE number = 1", 1),
        ("UPDATE journal SET body = replace(body, 'unsure', 'confirm') WHERE number = 3", 3),
        ("UPDATE journal SET subject = 'cam-9' WHERE number = 2", 2), ("DELETE FROM journal WHERE number = 2", 3),
        ("UPDATE journal SET kind = 'evidence' WHERE number = 1", 1),
        ("UPDATE journal SET hash = previous WHERE number = 2", 2), ("DELETE FROM journal WHERE number = 1", 3),
    ]) func whatIsChangedBehindItsBackIsNamed(change: String, number: Int64) throws {
        for id in ["cam-1", "cam-2", "east-1"] { try store.decide(.unsure, on: id, by: "王", at: now) }
        try file.sql { db in
            try db.execute(sql: "DELETE FROM decision")
            try db.execute(sql: "DROP TRIGGER journalIsNotChanged; DROP TRIGGER journalIsNotShortened; " + change)
        }
        let fault = try store.journalFault()
        // The first entry may be missing where a part of the journal is looked at.
        if change.hasSuffix("number = 1"), change.hasPrefix("DELETE") {
            #expect(fault == nil)
            #expect(try store.journal().first?.previous != JournalEntry.origin)
        } else {
            #expect(fault?.number == number, "\(change): \(String(describing: fault))")
        }
    }
}

extension Flag {
    static func sample(_ id: String, day: Int, status: Flag.Status = .unauthorized) -> Flag {
        let seen = Date(timeIntervalSince1970: 1_714_536_000 + Double(day) * 86_400)
        return Flag(
            id: id, plot: "p1", neighbours: [], camera: String(id.prefix { $0 != "-" }), household: nil,
            kind: .construction, stage: .walls, status: status, permit: nil, firstSeen: seen, lastSeen: seen + 86_400,
            confirmedAt: seen + 7200, box: [1, 2, 30, 40], polygon: [SIMD2(1, 2), SIMD2(31, 2), SIMD2(31, 42.5)],
            areaInPixels: 600, areaInSquareMetres: nil, confidence: 0.75,
            evidence: .init(before: nil, after: nil, mask: nil), explanation: Bilingual(zh: "墙", en: "walls"),
            stages: [])
    }
}
