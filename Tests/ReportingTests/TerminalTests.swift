import Foundation
import Testing
import Village

@testable import Reporting

@Suite("Terminal")
struct TerminalTests {
    @Test(
        "columns of a text",
        arguments: [
            ("", 0), ("abc", 3), ("大溪镇", 6), ("a大b", 4), ("e\u{301}", 1), ("，", 2), ("é", 1), ("ｱ", 1), ("한", 2),
            ("か\u{3099}", 2),
            ("👨‍👩‍👧", 2), ("▁█", 2), ("ＡＢ", 4), ("…", 1), ("𠀀", 2),
        ])
    func columns(_ text: String, _ width: Int) { #expect(TextWidth.columns(text) == width) }

    @Test("cutting never gives more than was asked for, nor half a letter", arguments: 0...12)
    func cutting(_ columns: Int) {
        for text in ["大溪镇平地坝村", "abcdefghijkl", "a大b溪c镇", "é\u{301}大大大大大大"] {
            let cut = TextWidth.cut(text, to: columns)
            #expect(TextWidth.columns(cut) <= columns)
            if TextWidth.columns(text) <= columns {
                #expect(cut == text)
            } else if columns > 0 {
                #expect(cut.hasSuffix("…"))
            }
        }
    }

    @Test("wrapping loses nothing but spaces and keeps to the width", arguments: [4, 7, 10, 23, 80])
    func wrapping(_ columns: Int) {
        for text in [
            "到地里看一看叶片和根部，有积水先排水（不要等），拿叶片找农技员。", "Look at leaves and roots; drain standing water.",
            "https://a.b/cdefghijklmnopqrstuvwxyz",
        ] {
            let lines = TextWidth.wrapped(text, to: columns)
            #expect(lines.allSatisfy { TextWidth.columns($0) <= columns })
            #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
            if columns >= 10 { #expect(!lines.contains { "，。；）".contains($0.first ?? " ") }) }
        }
    }

    @Test("columns line up when Chinese and English mix")
    func table() {
        var table = TerminalTable([.init("ID"), .init("名称"), .init("n", side: .right)])
        table.add(["p1", "果园", "5"])
        table.add(["p200", "a", "12"])
        #expect(table.text() == "ID    名称   n\np1    果园   5\np200  a     12\n")
    }

    @Test("a narrow terminal cuts only what may be cut", arguments: [30, 40, 60, 200])
    func narrow(_ width: Int) {
        var table = TerminalTable([.init("id"), .init("text", isFlexible: true)])
        table.add(["f-2024-001", String(repeating: "很长的一句话", count: 6)])
        let lines = table.text(width: width).split(separator: "\n")
        #expect(
            lines.allSatisfy {
                TextWidth.columns(String($0)) <= width && ($0.hasPrefix("id") || $0.hasPrefix("f-2024-001"))
            })
    }

    @Test("names cannot move the cursor or colour the screen")
    func controls() {
        var flag = Fixture.flags[0]
        flag.plot = "p\u{1B}[31m\r\n\u{202E}x"
        let text = TerminalForms(language: .en, clock: Fixture.clock).flags([flag])
        #expect(!text.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x0D || $0.value == 0x202E })
        #expect(text.split(separator: "\n").count == 3)
    }

    @Test("a sparkline rises with its values, leaves gaps blank, and takes what is no number")
    func sparkline() {
        #expect(Sparkline.text([0, 1, 2, 3, 4, 5, 6, 7]) == "▁▂▃▄▅▆▇█")
        #expect(Sparkline.text([0, nil, .nan, 1]) == "▁  █")
        #expect(Sparkline.text([2, 2]) == "▄▄")
        #expect(Sparkline.text([]) == "")
        #expect(Sparkline.text([nil, nil]) == "  ")
        let first = Day(year: 2024, month: 1, day: 1)!
        let points = (0..<100).map { DailyValues.Point(day: first + $0, value: Double($0)) }
        let line = Sparkline.text(points, days: first...(first + 99), columns: 20)
        #expect(line.count == 20 && line.first == "▁" && line.last == "█")
        #expect(Sparkline.text(points, days: first...(first + 3), columns: 20).count == 4)
    }

    @Test("every form says what it must, in both languages", arguments: Language.allCases, [nil, 80, 120])
    func forms(_ language: Language, _ width: Int?) {
        let contents = Fixture.contents(language: language)
        let forms = TerminalForms(language: language, clock: Fixture.clock, width: width)
        let flags = forms.flags(Fixture.flags)
        for flag in Fixture.flags { #expect(flags.contains(flag.id)) }
        #expect(flags.contains(Word.lead.text(in: language)))
        let advice = forms.advice(Fixture.advice, site: contents.site)
        for card in Fixture.advice { #expect(advice.contains(card.title.text(in: language))) }
        let inspection = PlotInspection(
            at: contents.generatedAt, plot: contents.plots[2], flags: [], advice: [], captures: Fixture.unusable)
        let inspect = forms.inspect(inspection, site: contents.site)
        #expect(inspect.contains("▁") && inspect.contains("p3"))
        let start = contents.generatedAt
        let run = forms.run(
            RunSummary(
                site: "daxi", startedAt: start, finishedAt: start, toolVersion: "1", kernels: "v3", camerasVisited: 2,
                capturesFound: 0,
                capturesNew: 0, quality: [:], readings: 0, flagsRaised: 0, flagsOpen: 0, advice: 0, interrupted: true))
        #expect(run.contains("2") && !run.contains("nan") && !run.contains("inf"))
        if let width {
            for line in (flags + advice + inspect).split(separator: "\n") where !line.contains("cam_") {
                #expect(TextWidth.columns(String(line)) <= width, "\(line)")
            }
        }
    }

    @Test("an inspector sees the cards of the last weeks and is told of the older ones", arguments: Language.allCases)
    func recentCards(_ language: Language) throws {
        let contents = Fixture.contents(language: language)
        let forms = TerminalForms(language: language, clock: Fixture.clock, width: 100)
        var recent = try #require(Fixture.advice.first), old = recent
        recent.at = contents.generatedAt.addingTimeInterval(-44 * 86400)
        recent.title = Bilingual(zh: "新的", en: "the new one")
        old.at = contents.generatedAt.addingTimeInterval(-46 * 86400)
        old.title = Bilingual(zh: "旧的", en: "the old one")
        let text = forms.inspect(
            PlotInspection(
                at: contents.generatedAt, plot: contents.plots[0], flags: [], advice: [old, recent], captures: []),
            site: contents.site)
        #expect(text.contains(recent.title.text(in: language)) && !text.contains(old.title.text(in: language)))
        #expect(text.contains("plotwatch advice") && text.contains("45"))
    }

    @Test("nothing found is said, not shown as an empty table", arguments: Language.allCases)
    func empty(_ language: Language) {
        let forms = TerminalForms(language: language, clock: Fixture.clock, width: 80)
        #expect(forms.flags([]) == Word.noFlags.text(in: language) + "\n")
        #expect(!forms.advice([], site: Fixture.site()).isEmpty)
        #expect(!forms.check(CheckResult(site: "s", captures: [:], findings: [], kernels: "v3")).isEmpty)
        #expect(
            !forms.compare(ComparisonResult(samePlace: nil, alignment: nil, changedShare: nil, regions: [])).isEmpty)
    }
}
