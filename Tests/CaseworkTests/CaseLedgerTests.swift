import ConfigurationFiles
import Foundation
import Storage
import TestKit
import Testing
import Village

@testable import Casework

@Suite struct CaseLedgerTests {
    let folder: TemporaryFolder
    let store: Store
    let ledger: CaseLedger
    let clock: SiteClock

    init() throws {
        folder = try TemporaryFolder()
        store = try Store(path: folder.url.appending(path: "plotwatch.sqlite").path, access: .write)
        clock = try #require(SiteClock(timeZone: "Asia/Shanghai"))
        ledger = CaseLedger(site: .sample, clock: clock, store: store, rules: try WorkCalendarTests.rules())
        try store.replaceJudgements(flags: [.sample("cam-1"), .sample("cam-2")], advice: [])
    }

    /// 10 in the morning of a day.
    private func at(_ text: String) throws -> Date { try #require(clock.instant(text + "T10:00")) }

    private func due(_ file: Case) -> String? { file.due.map { "\($0.id) \($0.day)" } }

    @Test func theWholeRoad() throws {
        // Friday 27 September 2024: the Sunday after it is worked.
        var file = try ledger.open(flag: "cam-1", by: "王", at: try at("2024-09-27"))
        #expect(file.number == "2024-0001" && file.stage == .found && file.kind == .construction)
        #expect(file.plot == "p1" && file.household == "h1" && file.village == "平地坝村" && file.camera == "cam")
        #expect(due(file) == "assess 2024-09-29")
        let inTime = try #require(Day("2024-09-29"))
        #expect(!file.isOverdue(on: inTime) && file.isOverdue(on: inTime + 1))
        file = try ledger.move(file.number, to: .assessed, by: "王", at: try at("2024-09-29"))
        #expect(due(file) == nil)
        #expect(file.deadlines.first { $0.id == "limit" }?.day == Day("2026-09-20"))
        file = try ledger.assign(file.number, to: "李", by: "王", at: try at("2024-09-30"))
        #expect(file.stage == .dispatched && file.assignee == "李" && due(file) == "check 2024-10-09")
        file = try ledger.move(file.number, to: .checked, by: "李", at: try at("2024-10-08"))
        file = try ledger.due(file.number, filedOn: Day("2024-10-08"), by: "王", at: try at("2024-10-08"))
        #expect(due(file) == "decide 2025-01-06")
        file = try ledger.move(
            file.number, to: .handled, by: "王", at: try at("2024-10-09"), term: Day("2024-10-25"),
            orderedOn: Day("2024-10-09"))
        #expect(due(file) == "term 2024-10-25")
        // The other side's fifteen days are shown, but nobody here has to act.
        #expect(file.deadlines.first { $0.id == "sue" }?.day == Day("2024-10-24"))
        file = try ledger.move(file.number, to: .reviewed, by: "李", at: try at("2024-10-24"))
        file = try ledger.move(file.number, to: .closed, by: "王", at: try at("2024-10-25"))
        let end = try at("2024-10-25")
        #expect(file.stage == .closed && file.due == nil && file.endedAt == end)
        #expect(try store.flag("cam-1")?.decision?.verdict == .confirm)
        #expect(try ledger.history(file.number).count == 8)
        #expect(try store.journalFault() == nil)
        // Again, with a reason.
        #expect(throws: CaseError.self) { try ledger.move(file.number, to: .assessed, by: "王", at: Date()) }
        file = try ledger.move(file.number, to: .assessed, by: "王", at: try at("2024-11-01"), note: "又动工")
        #expect(
            file.endedAt == nil && file.term == nil
                && file.reached.keys.sorted { $0.rawValue < $1.rawValue } == [.assessed, .found])
    }

    /// Every pair of stages: exactly the steps of the table are taken, and a refused one writes nothing.
    @Test(arguments: Case.Kind.allCases) func onlyStepsOfTheTable(kind: Case.Kind) throws {
        for from in Case.Stage.allCases {
            for to in Case.Stage.allCases {
                let file = try reach(from, kind: kind)
                let before = try store.journalHead()?.number
                let allowed = CaseStages.next(after: from, kind: kind).contains(to)
                do {
                    let moved = try ledger.move(
                        file.number, to: to, by: "王", at: try at("2024-06-05"), note: "n", permit: "乡字1号",
                        receiver: "县局")
                    #expect(allowed && moved.stage == to, "\(from) → \(to)")
                } catch CaseError.wrongStep {
                    #expect(!allowed, "\(from) → \(to)")
                    #expect(try store.journalHead()?.number == before)
                }
            }
        }
    }

    private func reach(_ stage: Case.Stage, kind: Case.Kind) throws -> Case {
        let now = try at("2024-06-04")
        var file = try ledger.open(kind: kind, title: "t", plot: "p1", by: "王", at: now)
        file = try ledger.assign(file.number, to: "李", by: "王", at: now)
        let road: [Case.Stage] =
            switch stage {
            case .found: []
            case .falseAlarm, .permitted, .handedOver, .reshoot: [stage]
            default: Array(CaseStages.road.dropFirst().prefix { $0 != stage }) + [stage]
            }
        for step in road {
            file = try ledger.move(file.number, to: step, by: "王", at: now, permit: "乡字1号", receiver: "县局")
        }
        return file
    }

    @Test func sideExitsTellTheFlag() throws {
        let now = try at("2024-06-04")
        let first = try ledger.open(flag: "cam-1", by: "王", at: now)
        #expect(throws: CaseError.hasCase(flag: "cam-1", number: first.number)) {
            try ledger.open(flag: "cam-1", by: "李", at: now)
        }
        try ledger.move(first.number, to: .falseAlarm, by: "王", at: now, rejection: .covers)
        #expect(try store.flag("cam-1")?.decision?.verdict == .reject(.covers))
        #expect(try store.flag("cam-1")?.decision?.note == first.number)
        let second = try ledger.open(flag: "cam-2", by: "王", at: now)
        #expect(throws: CaseError.self) { try ledger.move(second.number, to: .permitted, by: "王", at: now) }
        #expect(throws: CaseError.self) { try ledger.move(second.number, to: .handedOver, by: "王", at: now) }
        try ledger.move(second.number, to: .permitted, by: "王", at: now, permit: "乡字第2号")
        #expect(try store.flag("cam-2")?.status == .permitted)
        // An ended case lets the flag have another.
        #expect(try ledger.open(flag: "cam-1", by: "李", at: now).number == "2024-0003")
        #expect(try ledger.numbersByFlag() == ["cam-1": "2024-0003", "cam-2": "2024-0002"])
    }

    @Test func numbersCountWithinTheYearOfTheSite() throws {
        // 31 December 2024, 23:30 in Shanghai and one hour later.
        let eve = try #require(clock.instant("2024-12-31T23:30"))
        let numbers = try [eve, eve + 3600, eve + 7200].map { now in
            try ledger.open(kind: .other, title: "t", by: "王", at: now).number
        }
        #expect(numbers == ["2024-0001", "2025-0001", "2025-0002"])
    }

    @Test func twoAtOnceDoNotBothMove() throws {
        let now = try at("2024-06-04")
        let file = try ledger.open(flag: "cam-1", by: "王", at: now)
        let entry = file.lastEntry
        try ledger.note(file.number, "先来", by: "李", at: now)
        #expect(throws: StoreError.changed(subject: file.number)) {
            try store.appendToCase(file.number, CaseEvent(.note, note: "后到"), by: "王", at: now, expecting: entry)
        }
    }

    @Test(arguments: ["", " ", "a\nb", "a\u{7}", String(repeating: "字", count: 1001)])
    func textsAreOfOneLine(text: String) throws {
        let now = try at("2024-06-04")
        #expect(throws: CaseError.self) { try ledger.open(kind: .other, title: text, by: "王", at: now) }
        let file = try ledger.open(kind: .other, title: "t", by: "王", at: now)
        #expect(throws: CaseError.self) { try ledger.note(file.number, text, by: "王", at: now) }
        #expect(throws: CaseError.self) { try ledger.assign(file.number, to: text, by: "王", at: now) }
        #expect(throws: CaseError.self) { try ledger.note(file.number, "n", by: text, at: now) }
        #expect(try ledger.history(file.number).count == 1)
    }

    @Test func whatIsNotThereIsNamed() throws {
        let now = try at("2024-06-04")
        #expect(throws: CaseError.noSuchCase("2024-0009")) { try ledger.file("2024-0009") }
        #expect(throws: CaseError.noSuchFlag("cam-9")) { try ledger.open(flag: "cam-9", by: "王", at: now) }
        #expect(throws: CaseError.noSuchPlace("plot p9")) {
            try ledger.open(kind: .other, title: "t", plot: "p9", by: "王", at: now)
        }
    }

    @Test func aHeldCaseStaysHeldUntilItIsLetGo() throws {
        let now = try at("2024-06-04")
        let file = try ledger.open(flag: "cam-1", by: "王", at: now)
        #expect(try ledger.hold(file.number, true, by: "王", at: now).isHeld)
        #expect(try ledger.move(file.number, to: .falseAlarm, by: "王", at: now).isHeld)
        #expect(try !ledger.hold(file.number, false, by: "王", at: now).isHeld)
    }
}

extension Site {
    static let sample = Site(
        id: "daxi", name: "大溪镇", language: .zh, timeZone: "Asia/Shanghai", location: nil, folder: "/tmp",
        archive: "/tmp/archive", store: "/tmp/plotwatch.sqlite",
        cameras: [
            Camera(
                id: "cam", name: "后山", files: "cam/*.jpg", timestamp: .automatic, reference: nil, ignore: [], ground: []
            )
        ],
        plots: [
            Plot(
                id: "p1", camera: "cam", kind: .building, crop: nil, household: "h1", shape: .polygon([]),
                valid: DayRange())
        ], permits: [], households: [Household(id: "h1", name: "冉家", village: "平地坝村", group: nil)])
}

extension Flag {
    static func sample(_ id: String) -> Flag {
        // 2024-09-20
        let seen = Date(timeIntervalSince1970: 1_726_800_000)
        return Flag(
            id: id, plot: "p1", neighbours: [], camera: "cam", household: "h1", kind: .construction, stage: .walls,
            status: .unauthorized, permit: nil, firstSeen: seen, lastSeen: seen, confirmedAt: seen, box: [1, 2, 3, 4],
            polygon: [SIMD2(1, 2), SIMD2(4, 2), SIMD2(4, 6)], areaInPixels: 12, areaInSquareMetres: nil,
            confidence: 0.8, evidence: .init(before: nil, after: nil, mask: nil),
            explanation: Bilingual(zh: "墙", en: "walls"), stages: [])
    }
}
