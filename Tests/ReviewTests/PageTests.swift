import Foundation
import Reporting
import TestKit
import Testing
import Village

@testable import Review

@Suite struct PageTests {
    @Test func theInboxOfTenThousandIsPagedWithoutGapsOrRepeats() async throws {
        let browser = Browser(try ReviewSite(flags: ReviewSite.flags(10_000), pageSize: 200))
        var path = "/flags", seen: [String] = [], pages = 0
        while true {
            let answer = try await browser.get(path)
            #expect(answer.status == 200 && answer.bytes.count < 150_000, "\(answer.bytes.count) bytes")
            #expect(answer.text.contains("10000"))
            seen += answer.text.matches(of: /<a href="\/flags\/(cam-[0-9]+)">/).map { String($0.output.1) }
            pages += 1
            guard let next = answer.text.firstMatch(of: /href="(\/flags\?show=unreviewed&amp;after=[^"]+)" rel="next"/)
            else {
                break
            }
            path = String(next.output.1).replacing("&amp;", with: "&")
        }
        #expect(pages == 50 && seen.count == 10_000)
        #expect(seen == (1...10_000).reversed().map { "cam-\($0)" }, "newest first")
    }

    @Test func theInboxShowsWhatWasDecidedByVerdict() async throws {
        let site = try ReviewSite(flags: ReviewSite.flags(3) + [ReviewSite.flag(9, status: .permitted)])
        try site.store.decide(.reject(.shadow), on: "cam-1", by: "a", at: site.clock.now)
        try site.store.decide(.unsure, on: "cam-2", by: "a", at: site.clock.now)
        let browser = Browser(site)
        func ids(_ show: String) async throws -> [String] {
            try await browser.get("/flags?show=\(show)").text.matches(of: /<a href="\/flags\/(cam-[0-9]+)">/).map {
                String($0.output.1)
            }
        }
        #expect(try await ids("unreviewed") == ["cam-3"])
        #expect(try await ids("reject") == ["cam-1"])
        #expect(try await ids("unsure") == ["cam-2"])
        #expect(try await ids("all") == ["cam-9", "cam-3", "cam-2", "cam-1"])
        #expect(try await ids("nonsense") == ["cam-3"])
    }

    @Test(arguments: ["zzzz", "~", "7ff0000000000000~cam-1", "7ff8000000000000~x", "1~", "~cam-1", "-1~cam-1"])
    func aWrongPlaceInTheInboxIsItsBeginning(after: String) async throws {
        let browser = Browser(try ReviewSite(flags: ReviewSite.flags(2)))
        let answer = try await browser.get("/flags?after=\(after)")
        #expect(answer.status == 200 && answer.text.contains("cam-2"))
    }

    @Test func theOverviewDrawsPlotsAndFlagsOnTheReference() async throws {
        let browser = Browser(try ReviewSite(flags: ReviewSite.flags(2)))
        let text = try await browser.get("/").text
        #expect(
            text.contains("href=\"/pictures/reference/cam\"") && text.contains("points=\"10,10 60,10 60,40 10,40\""))
        #expect(text.contains("<a href=\"/flags/cam-2\">") && text.contains("<a href=\"/plots/b1\">"))
        // The state stands in words, not in colour alone.
        #expect(text.contains("▲ 要核查") && text.contains("2条线索未结，2条待判") && text.contains("● 要去看"))
    }

    @Test func plotsWithGroundPointsAreDrawnWhereLeafletIsInstalled() async throws {
        let folder = try TemporaryFolder()
        try folder.write(Array("window.L = {}".utf8), to: "leaflet.js")
        #expect(Leaflet(folder: folder.url.path) == nil)
        try folder.write(Array(".leaflet {}".utf8), to: "leaflet.css")
        let leaflet = try #require(Leaflet(folder: folder.url.path))
        let browser = Browser(try ReviewSite(flags: ReviewSite.flags(1), hasGround: true, leaflet: leaflet))
        let page = try await browser.get("/").text
        for part in ["id=\"ground\"", "/assets/leaflet.js", "/assets/leaflet.css", "/assets/map.js"] {
            #expect(page.contains(part), "\(part)")
        }
        #expect(try await browser.get("/assets/leaflet.js").text == "window.L = {}")
        let shapes = try #require(
            try JSONSerialization.jsonObject(with: Data(try await browser.get("/map.json").bytes)) as? [[String: Any]])
        #expect(shapes.map { $0["id"] as? String } == ["p1", "b1"])
        #expect(shapes[1]["level"] as? String == "action")
        #expect(shapes[0]["points"] as? [[Double]] == [[0, 0], [10, 0], [10, 5.5]])
        // Not installed: said so; no ground points: nothing to say.
        let without = Browser(try ReviewSite(hasGround: true))
        let said = try await without.get("/").text
        #expect(said.contains("libjs-leaflet") && !said.contains("id=\"ground\""))
        #expect(try await without.get("/assets/leaflet.js").status == 404)
        #expect(!(try await Browser(try ReviewSite(leaflet: leaflet)).get("/").text.contains("eaflet")))
    }

    @Test func theFlagPageHasItsPicturesItsStripAndItsKeys() async throws {
        let text = try await Browser(try ReviewSite(flags: ReviewSite.flags(2))).get("/flags/cam-2").text
        for part in ["before", "after", "mask"] { #expect(text.contains("/pictures/evidence/cam-2/\(part)")) }
        #expect(text.contains("data-box=\"20,20,30,20\"") && text.contains("points=\"20,20 50,20 50,40\""))
        #expect(text.matches(of: /\/pictures\/capture\/[0-9]+\?width=320/).count == FlagPage.stripLength)
        #expect(text.contains("data-shift=\"0.01 -0.025 0.5\""))
        for reason in Rejection.allCases { #expect(text.contains("value=\"\(reason.rawValue)\"")) }
        #expect(Set(text.matches(of: /data-key="(.)"/).map { String($0.output.1) }).count == Rejection.allCases.count)
        #expect(text.contains("这是线索，不是证据"))
    }

    @Test func aFlagWithoutKeptPicturesShowsItsCaptures() async throws {
        let text = try await Browser(try ReviewSite(flags: [ReviewSite.flag(3, plot: "p1")])).get("/flags/cam-3").text
        #expect(text.contains("src=\"/pictures/capture/1\"") && text.contains("src=\"/pictures/capture/20\""))
        #expect(!text.contains("/pictures/evidence/") && !text.contains("value=\"mask\""))
    }

    @Test func thePlotPageHasSeasonPicturesAdviceAndFlags() async throws {
        let browser = Browser(try ReviewSite(flags: ReviewSite.flags(2)))
        let plot = try await browser.get("/plots/p1").text
        #expect(plot.contains("<svg class=\"chart\"") && plot.contains("&lt;b&gt;叶黄&lt;/b&gt;"))
        #expect(plot.contains("data-numbers=\"1,2,3,4,5,6,7,8,9,10\"") && plot.contains("/plots/p1/draw?row=0"))
        #expect(try await browser.get("/plots/b1").text.contains("/flags/cam-1"))
    }

    @Test func aCaseIsNamedWhereItsFlagIsShown() async throws {
        let site = try ReviewSite(flags: ReviewSite.flags(2))
        var event = CaseEvent(.open)
        (event.flag, event.plot) = ("cam-2", "b1")
        _ = try site.store.openCase(event, year: 2024, by: "王", at: site.clock.now)
        let browser = Browser(site)
        let flag = try await browser.get("/flags/cam-2").text
        #expect(flag.contains("<a href=\"/cases/2024-0001\">案号 2024-0001</a>") && !flag.contains("id=\"casework\""))
        let other = try await browser.get("/flags/cam-1").text
        #expect(!other.contains("2024-0001") && other.contains("id=\"casework\""))
        #expect(try await browser.get("/plots/b1").text.contains("href=\"/cases/2024-0001\""))
        #expect(try await browser.get("/plots/b1").text.contains("案号 2024-0001"))
    }

    @Test func theCamerasPageCountsAndSaysWhatIsWrong() async throws {
        let site = try ReviewSite()
        try site.store.commit(
            .init(
                captures: (0..<5).map {
                    Capture(
                        camera: "cam", path: "cam/f\($0).jpg", at: ReviewSite.start, sizeInBytes: 1, sha256: "f\($0)",
                        quality: .frozen, reason: "the camera repeats cam/1.jpg")
                }))
        let text = try await Browser(site).get("/cameras").text
        #expect(text.contains("20 / 25 · 80 %") && text.contains("5张是同一幅画面") && text.contains("cam/f4.jpg"))
        #expect(text.contains("已19 天没有新照片"))
    }

    // MARK: Languages

    @Test func everyPageIsInTheChosenLanguage() async throws {
        let browser = Browser(try ReviewSite(flags: ReviewSite.flags(2)))
        #expect(try await browser.get("/flags").text.contains("<html lang=\"zh-CN\">"))
        let answer = try await browser.post("/language", ["language": "en", "next": "/flags/cam-1"])
        #expect(answer.location == "/flags/cam-1")
        _ = try await browser.post("/flags/cam-2/case", ["assignee": "wang"])
        for path in [
            "/", "/flags", "/flags/cam-1", "/plots/p1", "/cameras", "/plots/p1/draw", "/nothing", "/cases",
            "/cases/2024-0001", "/cases/new",
        ] {
            let text = try await browser.get(path).text
            #expect(text.contains("<html lang=\"en\">"), "\(path)")
            // What is left in Chinese are the site's own names and the way back.
            var rest = text
            for name in [
                "大溪镇", "后山", "屋内", "中文", "值班员", "冉", "家", "平地", "坝", "村", "叶黄", "新屋顶", "，", "；",
            ] {
                rest = rest.replacing(name, with: "")
            }
            let han = rest.unicodeScalars.filter { (0x4E00...0x9FFF).contains($0.value) }
            #expect(han.isEmpty, "\(path): \(String(String.UnicodeScalarView(han)))")
        }
    }

    @Test func everyPhraseHasBothTexts() {
        for phrase in Phrase.allCases {
            #expect(Phrase.texts[phrase] != nil, "\(phrase)")
            #expect(!phrase.bilingual.zh.isEmpty && !phrase.bilingual.en.isEmpty)
            #expect(!phrase.bilingual.en.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }, "\(phrase)")
        }
    }

    @Test func everyWordOfTheTemplatesIsKnown() {
        let known = Set(Word.allCases.map(\.rawValue) + Phrase.allCases.map(\.rawValue))
        for (name, bytes) in Assets.templates {
            for match in String(decoding: bytes, as: UTF8.self).matches(of: /\{\{\{?w\.([A-Za-z0-9]+)/) {
                #expect(known.contains(String(match.output.1)), "\(name): \(match.output.1)")
            }
        }
    }

    @Test func everyControlHasAName() async throws {
        let browser = Browser(try ReviewSite(flags: ReviewSite.flags(2)))
        _ = try await browser.get("/flags/cam-2")
        _ = try await browser.post("/flags/cam-2/case", ["assignee": "李"])
        for path in [
            "/", "/flags", "/flags/cam-1", "/plots/p1", "/plots/p1/draw", "/cameras/cam/draw", "/cameras", "/cases",
            "/cases/2024-0001", "/cases/new",
        ] {
            let text = try await browser.get(path).text
            #expect(text.contains("<h1>") || text.contains("<h1"), "\(path)")
            #expect(text.matches(of: /<img\s/).count == text.matches(of: /<img\s[^>]*alt="[^"]+"/).count, "\(path)")
            for field in text.matches(of: /<(input|select|textarea)([^>]*)>/)
            where !field.output.2.contains("type=\"hidden\"") {
                let before = text[..<field.range.lowerBound]
                let label = before.range(of: "<label", options: .backwards)
                let end = before.range(of: "</label>", options: .backwards)
                let isLabelled = label.map { start in end.map { $0.lowerBound < start.lowerBound } ?? true } ?? false
                #expect(isLabelled, "\(path): \(field.output.0)")
            }
        }
    }
}
