import Foundation
import Testing
import Village

@testable import Reporting

@Suite("HTML report")
struct HTMLReportTests {
    /// The values of an attribute, plainly searched.
    private func values(of attribute: String, in html: String) -> [String] {
        html.components(separatedBy: " \(attribute)=\"").dropFirst().compactMap {
            $0.components(separatedBy: "\"").first
        }
    }

    /// The page without its style, script and pictures.
    private func body(_ html: String) -> String {
        (html.components(separatedBy: "</style>").last ?? "").components(separatedBy: "<script>").first ?? ""
    }

    @Test("nothing is fetched: every address is inside the file", arguments: Language.allCases)
    func selfContained(_ language: Language) throws {
        let html = try HTMLReport.render(Fixture.contents(language: language))
        for source in values(of: "src", in: html) { #expect(source.hasPrefix("data:image/")) }
        for link in values(of: "href", in: html) {
            #expect(link.hasPrefix("#") || link.hasPrefix("data:image/"), "\(link)")
        }
        let style = html.components(separatedBy: "<style>")[1].components(separatedBy: "</style>")[0]
        #expect(!style.contains("url(") && !style.contains("@import") && !style.contains("@font-face"))
        #expect(!html.contains("<link") && !html.contains("<iframe") && html.contains("default-src 'none'"))
        #expect(!html.contains("fetch(") && !html.contains("XMLHttpRequest"))
        // A source that is an address is shown, not linked.
        #expect(html.contains("https://example.org/rules?plum&amp;x=1"))
    }

    @Test("every link within the page has its target, and no id is given twice")
    func anchors() throws {
        let html = try HTMLReport.render(Fixture.contents())
        let ids = values(of: "id", in: html)
        #expect(Set(ids).count == ids.count)
        for link in values(of: "href", in: html) where link.hasPrefix("#") {
            #expect(ids.contains(String(link.dropFirst())), "\(link)")
        }
    }

    @Test("each card leads to its rule, which stands once with its source, and to its plot")
    func cardsLeadToTheirRules() throws {
        var contents = Fixture.contents()
        contents.advice += contents.advice.map { card in
            var again = card
            again.id += "-again"
            return again
        }
        let html = try HTMLReport.render(contents)
        let ids = values(of: "id", in: html), links = values(of: "href", in: html)
        #expect(Set(ids).count == ids.count)
        for card in contents.advice {
            #expect(links.contains("#" + HTMLText.anchor("plot", card.plot)))
            guard let rule = card.rule else { continue }
            let anchor = HTMLText.anchor("rule", rule)
            #expect(links.filter { $0 == "#" + anchor }.count >= 2 && ids.contains(anchor), "\(rule)")
            let row = try #require(html.components(separatedBy: "id=\"\(anchor)\"").last)
            let stated = try #require(row.components(separatedBy: "</tr>").first)
            #expect(stated.contains(HTMLText.escaped(card.source)) && stated.contains(rule))
        }
    }

    @Test("each flag shows its own before, after and mask, and says that it is a lead")
    func flagPictures() throws {
        func picture(_ name: String) -> Picture {
            Picture(bytes: [0xFF, 0xD8] + Array(name.utf8), width: 4, height: 3)
        }
        let html = try HTMLReport.render(Fixture.contents(picture: picture))
        for flag in Fixture.flags {
            let anchor = HTMLText.anchor("flag", flag.id)
            let article = try #require(
                html.components(separatedBy: "id=\"\(anchor)\"").dropFirst().first?.components(
                    separatedBy: "</article>"
                ).first)
            for kind in ["before", "after", "mask"] {
                let data = Data(picture("\(kind)-\(flag.id)").bytes).base64EncodedString()
                #expect(article.contains("data:image/jpeg;base64,\(data)"), "\(kind) of \(flag.id)")
            }
            // The looks between them stand in order of time, behind the pair.
            let places = try ["after", "2024-04-20", "2024-05-20"].map { kind in
                let data = Data(picture("\(kind)-\(flag.id)").bytes).base64EncodedString()
                return try #require(article.range(of: "data:image/jpeg;base64,\(data)")?.lowerBound, "\(kind)")
            }
            #expect(places == places.sorted())
            #expect(article.contains(Word.lead.text(in: .zh)))
            #expect(article.contains(flag.explanation.zh))
        }
        #expect(html.contains("《行政处罚法》第四十一条") && html.contains("不得作为行政处罚的证据"))
    }

    @Test("a missing picture is said to be missing")
    func missingPictures() throws {
        var contents = Fixture.contents()
        contents.flags[0].before = nil
        contents.flags[0].mask = Picture(bytes: [], width: 0, height: 0)
        let html = try HTMLReport.render(contents)
        let flags = html.components(separatedBy: "id=\"map\"")[0]
        #expect(flags.components(separatedBy: "<div class=\"nopic\">").count == 3)
        #expect(!html.contains("base64,\""))
    }

    @Test("the headline counts what is open, and only that")
    func headline() throws {
        var contents = Fixture.contents()
        var html = try HTMLReport.render(contents)
        #expect(html.contains("<b>2</b><span>\(Word.flagsOpen.text(in: .zh))"))
        #expect(html.contains("<b>2</b><span>\(Word.plotsToSee.text(in: .zh))"))
        #expect(html.contains("<b>1</b><span>\(Word.camerasToMend.text(in: .zh))"))
        contents.flags[0].isClosed = true
        contents.flags[1].flag.stage = .removed
        html = try HTMLReport.render(contents)
        #expect(html.contains("<b>0</b><span>\(Word.flagsOpen.text(in: .zh))"))
    }

    @Test("cards of the last month are open, older ones folded, what is still wrong stays open")
    func earlierAdvice() throws {
        var contents = Fixture.contents()
        func folded(_ contents: ReportContents) throws -> [String] {
            let html = try HTMLReport.render(contents)
            let advice = try #require(html.components(separatedBy: "<section id=\"advice\">").last)
            let section = advice.components(separatedBy: "</section>")[0]
            for card in contents.advice {
                #expect(section.components(separatedBy: card.title.zh).count == 2, "\(card.id) stands once")
            }
            let parts = section.components(separatedBy: "<details>").dropFirst().map {
                $0.components(separatedBy: "</details>")[0]
            }
            return contents.advice.filter { card in parts.contains { $0.contains(card.title.zh) } }.map(\.id)
        }
        contents.period = DayRange(from: nil, until: Day("2024-06-24"))
        #expect(try folded(contents) == ["a3"])
        contents.period = DayRange(from: nil, until: Day("2024-09-30"))
        #expect(try folded(contents) == ["a2", "a3", "a4"])
        let sick = try #require(contents.plots.firstIndex { $0.plot.id == "p3" })
        contents.plots[sick].state.level = .normal
        #expect(try folded(contents) == ["a1", "a2", "a3", "a4"])
    }

    @Test("hostile names are only text")
    func hostile() throws {
        let evil = "</title></style><script>alert(1)</script>\"' onload=x{{siteName}}\u{202E}"
        // A browser sees the quote; Swift sees one character with its accent.
        let marked = "\"\u{301} onmouseover=\"\u{301}alert(2)"
        var contents = Fixture.contents()
        contents.site.name = evil
        contents.site.cameras[0].name = evil
        contents.cameras[0].camera = contents.site.cameras[0]
        contents.site.households[0].name = marked
        contents.plots[0].plot.id = evil
        contents.plots[1].state.text.zh = evil
        contents.flags[0].flag.id = "f\" onclick=\"x"
        contents.flags[0].flag.explanation.zh = marked
        contents.flags[0].caseNumber = evil
        contents.advice[0].source = "javascript:alert(1)\"><img src=x onerror=y>"
        contents.advice[0].title.zh = evil
        contents.unusable[0].path = evil
        contents.unusable[0].reason = marked
        contents.parameters[0].value = evil
        contents.toolVersion = evil
        let html = try HTMLReport.render(contents)
        let scripts = html.components(separatedBy: "<script").count
        #expect(scripts == 2)
        let styles = html.components(separatedBy: "</style").count
        #expect(styles == 2)
        let handlers = html.contains("<img src=x") || html.contains("alert(1)</script>")
        #expect(!handlers)
        let overrides = html.unicodeScalars.filter { $0 == "\u{202E}" }.count
        #expect(overrides == 0)
        // Inside the body no raw quote may stand before an accent or a handler.
        let scalars = Array(body(html).unicodeScalars)
        let markedQuotes = zip(scalars, scalars.dropFirst()).filter { $0 == "\"" && $1 == "\u{301}" }.count
        #expect(markedQuotes == 0)
        #expect(!values(of: "id", in: html).contains { $0.contains(" ") })
        let isVerbatim = html.contains("{{siteName}}")
        #expect(isVerbatim)
    }

    @Test("an empty village gets a page that says what to do", arguments: Language.allCases)
    func empty(_ language: Language) throws {
        var site = Fixture.site(language: language)
        (site.cameras, site.plots, site.permits, site.households) = ([], [], [], [])
        let html = try HTMLReport.render(
            ReportContents(
                site: site, period: DayRange(), generatedAt: Fixture.at("2024-07-01"), toolVersion: "1",
                kernels: "reference", cameras: [],
                plots: [], flags: [], advice: [], unusable: []))
        for word in [Word.nothingSeen, .noCaptures, .noFlags, .noAdvice, .noPlots, .noCameras] {
            #expect(html.contains(word.text(in: language)), "\(word)")
        }
        // Without a picture nobody can say that all is well.
        for word in [Word.nothingToDo, .noUnusable] { #expect(!html.contains(word.text(in: language)), "\(word)") }
    }

    @Test("charts stay whole when values are not numbers, and gaps are left open")
    func charts() throws {
        var contents = Fixture.contents()
        for index in contents.plots[0].series.indices { contents.plots[0].series[index].values[.gcc] = .nan }
        contents.plots[1].series[3].values[.gcc] = .infinity
        contents.plots[2].series[3].values[.gcc] = 1e300
        contents.plots[3].outline = [.init(.nan, 0), .init(1, 1), .init(.infinity, 2)]
        contents.flags[1].flag.box = [1]
        contents.flags[1].flag.polygon = []
        contents.flags[1].flag.confidence = .nan
        let html = body(try HTMLReport.render(contents))
        #expect(!html.contains("nan") && !html.contains("inf ") && !html.contains("e+"))
        let chart = try #require(
            html.components(separatedBy: "id=\"plot-p2\"").dropFirst().first?.components(separatedBy: "</svg>").first)
        #expect(chart.contains("class=\"gap\""))
        // Two runs of days, so two stretches of the smooth line; and last year's, dashed.
        #expect(chart.components(separatedBy: "class=\"sl\"").count == 3)
        #expect(chart.contains("class=\"ly\"") && !chart.contains("class=\"bd\""))
        #expect(chart.contains("class=\"ac\""))
    }

    @Test("a known range is drawn as a band, turning points as photographs in order of day")
    func turningPoints() throws {
        var contents = Fixture.contents()
        contents.plots[2].expectedGCC.append(.init(day: Day("2024-06-30")!, low: .nan, high: 2))
        let html = try HTMLReport.render(contents)
        let plot = try #require(
            html.components(separatedBy: "id=\"plot-p3\"").dropFirst().first?.components(separatedBy: "</article>")
                .first)
        // One band on either side of the fortnight without pictures.
        #expect(plot.components(separatedBy: "class=\"bd\"").count == 3)
        let places = ["展叶", "叶满", "开始变黄"].map { plot.range(of: $0)?.lowerBound }
        let found = places.compactMap { $0 }
        #expect(found.count == 3 && found == found.sorted())
        #expect(html.contains(Word.legendBand.text(in: .zh)))
    }

    @Test("unusable pictures are counted by reason")
    func unusable() throws {
        let html = try HTMLReport.render(Fixture.contents())
        let table = html.components(separatedBy: "class=\"reasons\"")[1].components(separatedBy: "</table>")[0]
        #expect(table.contains("<th>雾</th><td class=\"num\">31</td>"))
        #expect(table.contains("+ 11"))
        #expect(table.contains("<td class=\"num\">34</td>"))
        for capture in Fixture.unusable.suffix(3) { #expect(table.contains(capture.path)) }
    }

    @Test("balances are shown where a household has points, and nowhere else", arguments: Language.allCases)
    func points(language: Language) throws {
        var contents = Fixture.contents()
        contents.site.language = language
        #expect(!(try HTMLReport.render(contents)).contains("<section id=\"points\">"))
        let at = Fixture.at("2024-05-01")
        func account(_ household: String, _ points: Int) -> PointsAccount {
            PointsAccount(
                household: household,
                lines: [
                    .init(number: 1, at: at, by: "w", event: PointsEvent(.propose, deed: "d", points: points)),
                    .init(number: 2, at: at, by: "w", event: PointsEvent(.approve, proposal: 1)),
                    .init(number: 3, at: at, by: "w", event: PointsEvent(.redeem, points: 3, item: "i", count: 1)),
                    .init(number: 4, at: at, by: "w", event: PointsEvent(.propose, deed: "d", points: 1)),
                ])
        }
        contents.points = PointsAccount.ranked([account("<b>x", 8), account("z", 107)])
        let html = try HTMLReport.render(contents)
        let section = html.components(separatedBy: "<section id=\"points\">")[1].components(separatedBy: "</section>")[
            0]
        #expect(section.contains(Word.points.text(in: language)))
        let cells = section.components(separatedBy: "<tr><td>").dropFirst().map {
            $0.components(separatedBy: "</tr>")[0].replacingOccurrences(of: "<td>", with: "")
                .components(separatedBy: "</td>")
        }
        #expect(cells.map { Array($0[1...4]) } == [["104", "107", "3", "1"], ["5", "8", "3", "1"]])
        #expect(!section.contains("<b>x"))
    }

    @Test("every label has both languages, and the templates use only labels that exist")
    func words() throws {
        for word in Word.allCases {
            #expect(word.bilingual.zh != word.rawValue, "\(word)")
            #expect(!word.bilingual.zh.isEmpty && !word.bilingual.en.isEmpty)
        }
        for (name, bytes) in HTMLReport.sources {
            let text = String(decoding: bytes, as: UTF8.self)
            // A partial does not inherit how its caller escapes.
            if name != "style", name != "script" {
                #expect(text.hasPrefix("{{% CONTENT_TYPE:\(ReportEscaping.name)}}"), "\(name)")
            }
            let parts = text.components(separatedBy: "{{w.").dropFirst()
            for part in parts {
                let word = String(part.prefix { $0 != "}" })
                #expect(Word(rawValue: word) != nil, "\(name): \(word)")
            }
        }
    }

    @Test("equal contents give equal bytes, and an unknown time zone is an error")
    func deterministic() throws {
        var contents = Fixture.contents()
        #expect(try HTMLReport.render(contents) == HTMLReport.render(contents))
        contents.site.timeZone = "Nowhere"
        #expect(throws: HTMLReport.RenderingError.unknownTimeZone("Nowhere")) { try HTMLReport.render(contents) }
    }

    @Test("the size grows by what is added, not faster", arguments: [20, 200])
    func size(_ plots: Int) throws {
        var contents = Fixture.contents()
        let model = contents.plots[1]
        contents.plots = (0..<plots).map {
            var copy = model
            copy.plot.id = "q\($0)"
            return copy
        }
        let html = try HTMLReport.render(contents)
        #expect(html.utf8.count < 60_000 + plots * 12_000)
    }
}
