import Foundation
import Testing
import Village

@testable import Review

@Suite struct DrawTests {
    let site: ReviewSite
    let browser: Browser

    init() throws {
        site = try ReviewSite(flags: ReviewSite.flags(1))
        browser = Browser(site)
    }

    private func save(_ path: String, _ fields: [String: String]) async throws -> Browser.Answer {
        let page = try await browser.get(path).text
        var fields = fields
        for name in ["base", "row"] where fields[name] == nil {
            if let value = Browser.value(named: name, in: page) { fields[name] = value }
        }
        return try await browser.post(String(path.prefix { $0 != "?" }), fields)
    }

    @Test func aDrawnOutlineReplacesItsNumbersAlone() async throws {
        let answer = try await save("/plots/p1/draw", ["points": "1,2 30.26,4  50,60"])
        #expect(answer.status == 303 && answer.location == "/plots/p1?saved=1")
        let expected = ReviewSite.text.replacingOccurrences(
            of: "[10,10, 60,10, 60,40, 10,40]", with: "[1,2, 30.3,4, 50,60]")
        #expect(site.siteText == expected)
        let page = try await browser.get(answer.location).text
        #expect(page.contains("已保存") && page.contains("points=\"1,2 30,4 50,60\""))
    }

    @Test func aNewPlotStandsBehindTheOthers() async throws {
        let answer = try await save(
            "/cameras/cam/draw",
            ["points": "1,1 20,1 20,20", "id": "p9", "kind": "field", "crop": "tea", "household": "h01"])
        #expect(answer.location == "/plots/p9?saved=1")
        let plot = try #require(try site.views.site().plot("p9"))
        #expect(plot.camera == "cam" && plot.kind == .field && plot.crop == "tea" && plot.household == "h01")
        let expected = ReviewSite.text.replacingOccurrences(
            of: "\nhouseholds:",
            with: "\n  - id: p9\n    camera: cam\n    kind: field\n    crop: tea\n    household: h01\n"
                + "    polygon: [1,1, 20,1, 20,20]\nhouseholds:")
        #expect(site.siteText == expected)
    }

    @Test(arguments: [
        ("1,1 2,2", "至少要三个角"), ("", "至少要三个角"), ("1,1 20,1 20", "坐标看不懂"), ("a b c", "坐标看不懂"),
        ("1,1 20,1 200,20", "在照片之外"), ("-1,1 20,1 20,20", "在照片之外"), ("1,1 20,20 20,1 1,20", "交叉"),
        ("1,1 nan,1 2,2", "坐标看不懂"), ("1,1 2,2 3,3", "一条线"), ("1e1,1 20,1 20,20", "坐标看不懂"),
        ("1,1 20,1 20,20]\nplots: [", "坐标看不懂"),
    ])
    func aWrongOutlineIsToldAndNothingIsWritten(points: String, told: String) async throws {
        let before = site.siteText
        let answer = try await save("/plots/p1/draw", ["points": points])
        #expect(answer.status == 422 && answer.text.contains(told), "\(answer.status)")
        #expect(site.siteText == before)
    }

    @Test(arguments: ["p1", "", "a b", "-x", "a: b", "x}", "\"x\"", String(repeating: "a", count: 101), "地块"])
    func aWrongIdIsToldAndNothingIsWritten(id: String) async throws {
        let before = site.siteText
        let answer = try await save("/cameras/cam/draw", ["points": "1,1 20,1 20,20", "id": id, "kind": "field"])
        #expect(answer.status == 422)
        #expect(site.siteText == before)
        // What was drawn is not lost.
        #expect(answer.text.contains("1,1 20,1 20,20"))
    }

    @Test func wordsThatYAMLTakesForSomethingElseAreNotWritten() async throws {
        let before = site.siteText
        let answer = try await save("/cameras/cam/draw", ["points": "1,1 20,1 20,20", "id": "null", "kind": "field"])
        #expect(answer.status == 422 && site.siteText == before)
    }

    @Test func whoDrewOnAnEarlierFileIsToldSo() async throws {
        let page = try await browser.get("/plots/p1/draw").text
        let base = try #require(Browser.value(named: "base", in: page))
        let edited = site.siteText + "# a person was here\n"
        try Data(edited.utf8).write(to: URL(fileURLWithPath: site.siteFile))
        let answer = try await browser.post("/plots/p1/draw", ["points": "1,1 20,1 20,20", "base": base, "row": "0"])
        #expect(answer.status == 409 && answer.text.contains("刚被别人改过"))
        #expect(site.siteText == edited)
    }

    @Test func twoPagesAtOnceDoNotWriteOverEachOther() async throws {
        let page = try await browser.get("/plots/p1/draw").text
        let base = try #require(Browser.value(named: "base", in: page))
        #expect(
            try await browser.post("/plots/p1/draw", ["points": "1,1 20,1 20,20", "base": base, "row": "0"]).status
                == 303)
        let second = try await browser.post("/plots/b1/draw", ["points": "2,2 30,2 30,30", "base": base, "row": "1"])
        #expect(second.status == 409)
        #expect(try site.views.site().plot("b1")?.shape == .polygon([.init(20, 20), .init(80, 20), .init(80, 60)]))
    }

    @Test(arguments: ["/plots/p1/draw?row=1", "/plots/p1/draw?row=99", "/plots/nothing/draw", "/cameras/nothing/draw"])
    func aRowOfAnotherPlotIsNotFound(path: String) async throws {
        #expect(try await browser.get(path).status == 404)
    }

    @Test func theOutlineCanBeTyped() async throws {
        let text = try await browser.get("/plots/p1/draw").text
        #expect(text.contains("10,10 60,10 60,40 10,40</textarea>"))
        #expect(DrawnOutline.read("1;2，3 4\n5,6", width: 10, height: 10) == .success([[1, 2], [3, 4], [5, 6]]))
    }
}
