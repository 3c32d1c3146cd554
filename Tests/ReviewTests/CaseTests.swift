import Casework
import Foundation
import Testing
import Village

@testable import Review

@Suite struct CaseTests {
    let site: ReviewSite
    let browser: Browser
    let ledger: CaseLedger

    init() async throws {
        site = try ReviewSite(flags: ReviewSite.flags(3))
        browser = Browser(site)
        let clock = try #require(SiteClock(timeZone: "Asia/Shanghai"))
        ledger = CaseLedger(
            site: try site.views.site(), clock: clock, store: site.store,
            rules: try CaseworkRules.load(from: ReviewSite.models))
        _ = try await browser.get("/flags/cam-3")
    }

    /// Acts on the case as its page shows it now.
    private func act(_ act: String, _ fields: [String: String], on number: String = "2024-0001") async throws
        -> Browser.Answer
    {
        let page = try await browser.get("/cases/\(number)")
        let seen = try #require(Browser.value(named: "seen", in: page.text))
        return try await browser.post("/cases/\(number)/\(act)", fields.merging(["seen": seen]) { a, _ in a })
    }

    @Test func aFlagBecomesACaseAndGoesToItsGridMember() async throws {
        let answer = try await browser.post(
            "/flags/cam-3/case", ["assignee": "李", "note": "正在砌墙", "seen": "0", "request": "r1"])
        #expect(answer.status == 303 && answer.location == "/flags/cam-2?opened=2024-0001")
        let file = try ledger.file("2024-0001")
        #expect(file.stage == .dispatched && file.assignee == "李" && file.flag == "cam-3" && file.plot == "b1")
        #expect(file.openedBy == "值班员" && file.village == "平地\"坝'村")
        #expect(try site.store.flag("cam-3")?.decision?.verdict == .confirm)
        #expect(try await browser.get(answer.location).text.contains("已立案 2024-0001 → 李"))
        // The verdict can be taken back as any other; the case stays.
        let undone = try await browser.post("/undo", [:])
        #expect(undone.location == "/flags/cam-3")
        #expect(try site.store.flag("cam-3")?.decision == nil)
        #expect(try ledger.cases().count == 1)
    }

    @Test func withoutAGridMemberItWaitsUnassigned() async throws {
        _ = try await browser.post("/flags/cam-3/case", [:])
        #expect(try ledger.file("2024-0001").stage == .found)
        #expect(try await browser.get("/cases?show=unassigned").text.contains("/cases/2024-0001"))
        #expect(try await act("assign", ["assignee": "李"]).location == "/cases/2024-0001")
        #expect(try ledger.file("2024-0001").stage == .dispatched)
        #expect(!(try await browser.get("/cases?show=unassigned").text.contains("/cases/2024-0001")))
    }

    @Test func theSameFormTwiceOpensOneCase() async throws {
        for _ in 0..<2 { _ = try await browser.post("/flags/cam-3/case", ["assignee": "李", "request": "r1"]) }
        #expect(try ledger.cases().count == 1 && site.store.decisions(flag: "cam-3").count == 1)
        let form = ["kind": "appeal", "title": "路灯不亮", "request": "r2"]
        let first = try await browser.post("/cases/new", form)
        let second = try await browser.post("/cases/new", form)
        #expect(first.location == "/cases/2024-0002" && second.location == first.location)
        #expect(try ledger.cases().count == 2)
    }

    @Test func whatSomebodyHasDecidedMeanwhileIsNotOverruled() async throws {
        let other = Browser(site)
        _ = try await other.get("/flags/cam-3")
        _ = try await other.post("/flags/cam-3/verdict", ["verdict": "reject", "reason": "shadow", "seen": "0"])
        #expect(!(try await browser.get("/flags/cam-3").text.contains("id=\"casework\"")))
        let answer = try await browser.post("/flags/cam-3/case", ["assignee": "李", "seen": "0"])
        #expect(answer.status == 409)
        #expect(try ledger.cases().isEmpty)
        #expect(try site.store.flag("cam-3")?.decision?.verdict == .reject(.shadow))
    }

    @Test func theWholeRoadByForms() async throws {
        _ = try await browser.post("/flags/cam-3/case", ["assignee": "李"])
        #expect(try await act("move", ["stage": "checked", "note": "已到现场"]).status == 303)
        let order = ["stage": "handled", "term": "2024-07-01", "ordered": "2024-06-03"]
        #expect(try await act("move", order).status == 303)
        #expect(try ledger.file("2024-0001").term == Day("2024-07-01"))
        #expect(try await act("hold", [:]).status == 303)
        #expect(try await act("note", ["note": "照片已归档"]).status == 303)
        #expect(try await act("move", ["stage": "reviewed"]).status == 303)
        #expect(try await act("move", ["stage": "closed"]).status == 303)
        let file = try ledger.file("2024-0001")
        #expect(file.stage == .closed && file.isHeld)
        let page = try await browser.get("/cases/2024-0001").text
        for words in ["已到现场", "照片已归档", "销号", "照片已封存", "重新办理要在备注里写明原因"] {
            #expect(page.contains(words), "\(words)")
        }
        #expect(try site.store.journalFault() == nil)
        // Again only with a reason.
        #expect(try await act("move", ["stage": "assessed"]).status == 422)
        #expect(try await act("move", ["stage": "assessed", "note": "又动工"]).status == 303)
    }

    @Test(arguments: [
        ("move", ["stage": "closed"], 409), ("move", ["stage": "permitted"], 422), ("move", ["stage": "nonsense"], 422),
        ("move", [:], 422), ("move", ["stage": "handedOver", "receiver": " "], 422), ("assign", ["assignee": ""], 422),
        ("assign", ["assignee": String(repeating: "字", count: 200)], 422), ("note", [:], 422), ("due", [:], 422),
        ("due", ["term": "31.12.2024"], 422), ("nonsense", [:], 404),
    ]) func whatMayNotFollowIsRefusedAndStoresNothing(act: String, fields: [String: String], status: Int) async throws {
        _ = try await browser.post("/cases/new", ["kind": "other", "title": "堆放柴草", "place": "plot:b1"])
        let before = try site.store.journalHead()?.number
        let answer = try await self.act(act, fields)
        #expect(answer.status == status)
        #expect(try site.store.journalHead()?.number == before)
    }

    @Test func whoActsOnAnEarlierStateIsToldSo() async throws {
        _ = try await browser.post("/flags/cam-3/case", ["assignee": "李"])
        let seen = try #require(Browser.value(named: "seen", in: try await browser.get("/cases/2024-0001").text))
        _ = try await act("note", ["note": "别人先办"])
        let answer = try await browser.post("/cases/2024-0001/move", ["stage": "checked", "seen": seen])
        #expect(answer.status == 409 && answer.text.contains("别人刚刚办过这件事"))
        #expect(try ledger.file("2024-0001").stage == .dispatched)
    }

    @Test(
        arguments: [
            (["kind": "police", "title": "6月3日车辆剐蹭", "place": "camera:cam"], nil, "cam"),
            (["kind": "cleanup", "title": "粪堆", "place": "plot:b1"], "b1", "cam"),
            (["kind": "appeal", "title": "<b>路灯</b>", "village": "新村"], nil, nil),
        ] as [([String: String], String?, String?)])
    func placesOfANewCase(fields: [String: String], plot: String?, camera: String?) async throws {
        let answer = try await browser.post("/cases/new", fields)
        let file = try ledger.file("2024-0001")
        #expect(answer.location == "/cases/2024-0001" && file.plot == plot && file.camera == camera)
        #expect(!(try await browser.get("/cases/2024-0001").text.contains("<b>路灯")))
    }

    @Test(arguments: [
        ["kind": "nonsense", "title": "x"], ["kind": "other"], ["kind": "other", "title": "x", "place": "plot:zz"],
        ["kind": "other", "title": String(repeating: "字", count: 2000)],
    ]) func aNewCaseThatSaysTooLittleIsRefused(fields: [String: String]) async throws {
        #expect(try await browser.post("/cases/new", fields).status == 422)
        #expect(try ledger.cases().isEmpty)
    }

    @Test func overdueCasesAreListedAndCounted() async throws {
        _ = try await browser.post("/flags/cam-3/case", ["assignee": "李"])
        #expect(!(try await browser.get("/cases?show=overdue").text.contains("2024-0001")))
        site.clock.advance(10 * 86_400)
        let list = try await browser.get("/cases?show=overdue&assignee=%E6%9D%8E").text
        #expect(list.contains("2024-0001") && list.contains("已超期"))
        #expect(!(try await browser.get("/cases?show=overdue&assignee=x").text.contains("/cases/2024-0001")))
        #expect(try await browser.get("/").text.contains("件超期"))
        let table = try await browser.get("/cases.csv?show=overdue")
        #expect(table.headers[.contentType]?.hasPrefix("text/csv") == true)
        #expect(table.text.contains("2024-0001,construction") && table.text.contains("true"))
    }

    @Test func aLongListIsPagedWithoutGaps() async throws {
        for number in 0..<120 {
            try ledger.open(kind: .appeal, title: "诉求\(number)", by: "王", at: site.clock.now)
        }
        var path: String? = "/cases?show=all"
        var seen: [String] = []
        while let current = path {
            let text = try await browser.get(current).text
            seen += text.matches(of: /href="\/cases\/(2024-[0-9]+)"/).map { String($0.output.1) }
            path = text.firstMatch(of: /href="([^"]+)" rel="next"/).map {
                String($0.output.1).replacing("&amp;", with: "&")
            }
        }
        #expect(seen.count == 120 && Set(seen).count == 120)
    }

    @Test(arguments: ["/cases/2024-9999", "/cases/..%2f..%2fetc", "/cases/x'%20OR%201=1"])
    func whatIsNoCaseIsNotFound(path: String) async throws {
        #expect(try await browser.get(path).status == 404)
    }
}
