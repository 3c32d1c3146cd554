import Foundation
import Storage
import Testing
import Village

@testable import Review

@Suite struct VerdictTests {
    let site: ReviewSite
    let browser: Browser

    init() throws {
        site = try ReviewSite(flags: ReviewSite.flags(3))
        browser = Browser(site)
    }

    /// Opens the flag's page and sends its form.
    @discardableResult
    private func decide(_ flag: String, _ fields: [String: String], as browser: Browser? = nil) async throws
        -> Browser.Answer
    {
        let browser = browser ?? self.browser
        let page = try await browser.get("/flags/\(flag)").text
        var fields = fields
        for name in ["seen", "request"] where fields[name] == nil {
            fields[name] = Browser.value(named: name, in: page)
        }
        return try await browser.post("/flags/\(flag)/verdict", fields)
    }

    private func standing(_ flag: String) throws -> Verdict? { try site.store.flag(flag)?.decision?.verdict }

    @Test func everyVerdictIsStoredBeforeTheAnswer() async throws {
        #expect(try await decide("cam-3", ["verdict": "confirm", "note": "砖墙"]).status == 303)
        let decision = try #require(try site.store.flag("cam-3")?.decision)
        #expect(decision.verdict == .confirm && decision.note == "砖墙" && decision.by == "值班员")
        #expect(decision.at == site.clock.now)
        try await decide("cam-2", ["verdict": "reject", "reason": "shadow"])
        #expect(try standing("cam-2") == .reject(.shadow))
        try await decide("cam-1", ["verdict": "permitted", "number": "乡字第2024-017号"])
        #expect(try standing("cam-1") == .permitted(number: "乡字第2024-017号"))
        try await decide("cam-1", ["verdict": "unsure"])
        #expect(try standing("cam-1") == .unsure)
        // Another process reads what was answered.
        let other = try Store(path: site.store.path, access: .read)
        #expect(try other.standingDecisions().count == 3)
    }

    @Test func theNextFlagIsTheNextOlderUndecidedOne() async throws {
        #expect(try await decide("cam-3", ["verdict": "confirm"]).location.hasPrefix("/flags/cam-2?done="))
        #expect(try await decide("cam-1", ["verdict": "unsure"]).location.hasPrefix("/flags/cam-2?done="))
        let last = try await decide("cam-2", ["verdict": "unsure"])
        #expect(last.location == "/flags")
        #expect(try await browser.get("/flags").text.contains("全部判完了"))
    }

    @Test func whatWasStoredIsSaidOnTheNextPage() async throws {
        let answer = try await decide("cam-3", ["verdict": "reject", "reason": "vehicle"])
        let next = try await browser.get(answer.location).text
        #expect(next.contains("cam-3 误报（车辆）"))
        #expect(!(try await browser.get("/flags/cam-2?done=99").text.contains("role=\"status\"")))
    }

    @Test(arguments: [
        ["verdict": "reject"], ["verdict": "reject", "reason": "nonsense"], ["verdict": "permitted"],
        ["verdict": "permitted", "number": "  "], ["verdict": "guilty"], [:], ["verdict": "undo", "of": "x"],
        ["verdict": "permitted", "number": "a\nb"],
    ])
    func aVerdictThatIsNotWholeIsNotStored(fields: [String: String]) async throws {
        #expect(try await decide("cam-1", fields).status == 422)
        #expect(try site.store.decisions(flag: "cam-1").isEmpty)
    }

    @Test func aLongNoteIsRefusedInWords() async throws {
        let answer = try await decide("cam-1", ["verdict": "confirm", "note": String(repeating: "长", count: 1001)])
        #expect(answer.status == 422 && answer.text.contains("没有保存"))
        #expect(try standing("cam-1") == nil)
    }

    // MARK: Undo

    @Test func undoTakesTheLatestBackAndThenTheOneBefore() async throws {
        try await decide("cam-3", ["verdict": "confirm"])
        try await decide("cam-2", ["verdict": "unsure"])
        #expect(try await browser.post("/undo", [:]).location == "/flags/cam-2")
        #expect(try standing("cam-2") == nil && standing("cam-3") == .confirm)
        #expect(try await browser.post("/undo", [:]).location == "/flags/cam-3")
        #expect(try standing("cam-3") == nil)
        #expect(try await browser.post("/undo", [:]).status == 409)
        #expect(try site.store.decisions(flag: "cam-3").count == 2, "nothing is deleted")
    }

    @Test func aStandingVerdictCanBeTakenBackOnItsPage() async throws {
        try await decide("cam-3", ["verdict": "confirm"])
        let decision = try #require(try site.store.flag("cam-3")?.decision)
        #expect(try await decide("cam-3", ["verdict": "undo", "of": "\(decision.id)"]).location == "/flags/cam-3")
        #expect(try standing("cam-3") == nil)
        // A second undo of the same changes nothing.
        #expect(try await decide("cam-3", ["verdict": "undo", "of": "\(decision.id)"]).status == 409)
    }

    @Test func undoTakesBackOnesOwnAlone() async throws {
        let other = Browser(site)
        try await decide("cam-3", ["verdict": "confirm"], as: other)
        _ = try await browser.get("/flags/cam-3")
        #expect(try await browser.post("/undo", [:]).status == 409)
        #expect(try standing("cam-3") == .confirm)
    }

    // MARK: Two at once

    @Test func theSecondOfTwoSeesThatTheFirstHasDecided() async throws {
        let second = Browser(site)
        _ = try await second.get("/flags/cam-3")
        _ = try await second.post("/inspector", ["name": "李四"])
        let page = try await second.get("/flags/cam-3").text
        try await decide("cam-3", ["verdict": "reject", "reason": "farming"])
        let answer = try await second.post(
            "/flags/cam-3/verdict",
            [
                "verdict": "confirm", "seen": try #require(Browser.value(named: "seen", in: page)),
                "request": try #require(Browser.value(named: "request", in: page)),
            ])
        #expect(answer.status == 409)
        #expect(answer.text.contains("别人已经先判了") && answer.text.contains("值班员") && answer.text.contains("农活或庄稼"))
        #expect(try standing("cam-3") == .reject(.farming))
        // Having seen it, the second may decide otherwise.
        #expect(try await decide("cam-3", ["verdict": "confirm"], as: second).status == 303)
        #expect(try standing("cam-3") == .confirm)
        #expect(try site.store.flag("cam-3")?.decision?.by == "李四")
    }

    @Test func ofManyAtOnceOneIsStored() async throws {
        let page = try await browser.get("/flags/cam-3").text
        let seen = try #require(Browser.value(named: "seen", in: page))
        var statuses: [Int] = []
        for number in 0..<5 {
            let other = Browser(site)
            _ = try await other.get("/flags/cam-2")
            let fields = ["verdict": "unsure", "seen": seen, "request": "r\(number)"]
            statuses.append(try await other.post("/flags/cam-3/verdict", fields).status)
        }
        #expect(statuses == [303, 409, 409, 409, 409])
        #expect(try site.store.decisions(flag: "cam-3").count == 1)
    }

    @Test func theSameFormSentTwiceCountsOnce() async throws {
        let page = try await browser.get("/flags/cam-3").text
        let fields = [
            "verdict": "confirm", "seen": "0", "request": try #require(Browser.value(named: "request", in: page)),
        ]
        let first = try await browser.post("/flags/cam-3/verdict", fields)
        let again = try await browser.post("/flags/cam-3/verdict", fields)
        #expect(first.status == 303 && again.status == 303 && again.location == first.location)
        #expect(try site.store.decisions(flag: "cam-3").count == 1)
    }

    @Test func aPageCanAskWhetherItsVerdictIsTheLast() async throws {
        #expect(try await browser.get("/flags/cam-3/last").text == "0")
        try await decide("cam-3", ["verdict": "confirm"])
        let decision = try #require(try site.store.flag("cam-3")?.decision)
        #expect(try await browser.get("/flags/cam-3/last").text == "\(decision.id) 值班员")
        #expect(try await browser.get("/flags/nothing/last").status == 404)
    }
}
