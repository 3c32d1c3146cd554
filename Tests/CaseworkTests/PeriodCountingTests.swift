import Foundation
import Testing
import Village

@testable import Casework

@Suite struct PeriodCountingTests {
    let clock: SiteClock
    let since: Date
    let until: Date

    init() throws {
        clock = try #require(SiteClock(timeZone: "Asia/Shanghai"))
        since = try #require(clock.instant("2024-07-01"))
        until = try #require(clock.instant("2024-10-01"))
    }

    private func file(_ kind: Case.Kind, _ number: Int, at: Date, village: String? = "平地坝村") -> Case {
        var file = Case(
            number: "2024-\(number)", kind: kind, title: "t", stage: .found, openedAt: at, openedBy: "王", lastEntry: 1)
        file.village = village
        return file
    }

    private func counting(_ cases: [Case], advice: [Advice] = [], posts: [String: [Date]] = [:]) -> PeriodCounting {
        PeriodCounting(
            site: .sample, clock: clock, since: since, until: until, cases: cases, advice: advice, posts: posts)
    }

    /// The figures that 酉阳 published of its appeals: 4,024 received = 1,876 answered at once + 2,148 assigned; 2,103 done;
    /// 99.29 % on time. The last is of those done: 2,088 ÷ 2,103.
    @Test func aPublishedQuarter() throws {
        let day = try #require(clock.day(of: since) as Day?)
        let cases = (0..<4024).map { number -> Case in
            var file = file(.appeal, number, at: since + Double(number))
            guard number >= 1876 else {
                file.stage = .closed
                file.endedAt = since + 3600
                return file
            }
            file.reached[.dispatched] = since + 7200
            file.stage = .dispatched
            file.deadlines = [
                Deadline(
                    id: "answer", name: Bilingual(zh: "", en: ""), day: day + 7, isRunning: true, isPassive: false,
                    isStatutory: false, source: Bilingual(zh: "", en: ""), unknownYears: [])
            ]
            guard number < 1876 + 2103 else { return file }
            file.stage = .closed
            // The last second of the seventh day is in time; the first of the eighth is not.
            let late = number < 1876 + 15
            file.endedAt = (clock.instant(day: day + 8, hour: 0, minute: 0, second: 0) ?? since) - (late ? 0 : 1)
            return file
        }
        let appeals = try #require(counting(cases).town().appeals)
        #expect(appeals.received == 4024 && appeals.answeredAtOnce == 1876 && appeals.assigned == 2148)
        #expect(appeals.done == 2103 && appeals.onTime == 2088 && appeals.undecided == 0)
        #expect(appeals.doneShare.map { ($0 * 10_000).rounded() } == 9791)
        #expect(appeals.onTimeShare.map { ($0 * 10_000).rounded() } == 9929)
    }

    @Test func everyCaseIsCountedOnceAndInItsPlace() {
        var cases = [
            file(.construction, 1, at: since), file(.construction, 2, at: until - 1), file(.construction, 3, at: until),
            file(.construction, 4, at: since - 1), file(.construction, 5, at: since + 1, village: nil),
            file(.police, 6, at: since - 86_400), file(.police, 7, at: since),
            file(.cleanup, 8, at: since, village: "地灵村"),
        ]
        cases[1].stage = .falseAlarm
        cases[5].stage = .closed
        cases[5].endedAt = since + 5
        let counting = counting(cases)
        let town = counting.town(), villages = counting.villages()
        #expect(town.buildingCases == .value(2) && town.policeCases == .value(1) && town.cleanupsOpened == .value(1))
        #expect(villages.map(\.name) == ["地灵村", "平地坝村", nil])
        #expect(villages.map(\.counters.buildingCases.value) == [0, 1, 1])
        #expect(villages.compactMap(\.counters.buildingCases.value).reduce(0, +) == town.buildingCases.value)
        #expect(town.noAppeals != nil && town.appeals == nil)
    }

    @Test func whatNobodyCountsIsAbsent() {
        let town = counting([]).town()
        for count in [town.messages, town.buildingCases, town.policeCases, town.cleanupsOpened] {
            #expect(count.value == nil && count.reason?.zh.isEmpty == false)
        }
        #expect(town.householdsAdvised == .value(0), "the plots name households, and none had a card")
    }

    @Test func messagesAreCountedByPost() {
        #expect(counting([], posts: ["town": [since, since + 1], "v": [since]]).town().messages == .value(3))
    }
}
