import Foundation
import Village

/// What the command shows on a terminal, as text; nothing here prints.
public struct TerminalForms: Sendable {
    public var language: Language
    public var clock: SiteClock
    /// Columns of the terminal; `nil` where there is none.
    public var width: Int?

    /// Lines are no longer than this, even on a wide terminal.
    private static let widestText = 100
    /// Columns from which on the flags' table has all its columns.
    private static let wideTable = 110

    public init(language: Language, clock: SiteClock, width: Int? = nil) {
        self.language = language
        self.clock = clock
        self.width = width
    }

    var dates: DateText { DateText(clock: clock, language: language) }

    func say(_ text: Bilingual) -> String { TextWidth.printable(text.text(in: language)) }
    func say(_ word: Word) -> String { word.text(in: language) }
    func say(zh: String, en: String) -> String { language == .zh ? zh : en }
    func label(_ word: Word) -> String { say(word) + colon }
    var colon: String { language == .zh ? "：" : ": " }

    /// A paragraph with a hanging indent; one line where no terminal is, so that other programs find what they look for.
    func paragraph(_ text: String, indent: Int = 2) -> String {
        let room = width.map { min($0, Self.widestText) - indent } ?? .max
        let margin = String(repeating: " ", count: indent)
        return TextWidth.wrapped(TextWidth.printable(text), to: room).map { margin + $0 + "\n" }.joined()
    }

    // MARK: Flags

    /// One line a flag, and the sentence that they are leads.
    public func flags(_ flags: [Flag]) -> String {
        guard !flags.isEmpty else { return say(.noFlags) + "\n" }
        // Eight columns fit 80; the last sighting and the household come where there is room.
        let isWide = width.map { $0 >= Self.wideTable } ?? true
        var columns: [TerminalTable.Column] = [
            .init("ID"), .init(say(.plot)), .init(say(.kindOfFlag), isFlexible: true),
            .init(say(.stage), isFlexible: true),
            .init(say(.status), isFlexible: true), .init(say(.firstSeen)), .init(say(.area), side: .right),
            .init(say(.confidence), side: .right),
        ]
        if isWide { columns += [.init(say(.lastSeen)), .init(say(.household), isFlexible: true)] }
        var table = TerminalTable(columns)
        for flag in flags {
            var cells = [
                flag.id, flag.plot, say(Terms.name(of: flag.kind)), say(Terms.course(of: flag)),
                say(Terms.name(of: flag.status)),
                clock.day(of: flag.firstSeen).description, area(flag), DecimalText.percent(flag.confidence),
            ]
            if isWide { cells += [clock.day(of: flag.lastSeen).description, flag.household ?? "–"] }
            table.add(cells)
        }
        return table.text(width: width) + "\n" + paragraph(say(.lead), indent: 0)
    }

    private func area(_ flag: Flag) -> String {
        if let metres = flag.areaInSquareMetres, let text = DecimalText.text(metres, decimals: metres < 20 ? 1 : 0) {
            return text + " m²"
        }
        return "\(flag.areaInPixels) px"
    }

    // MARK: Advice

    public func advice(_ advice: [Advice], site: Site) -> String {
        guard !advice.isEmpty else { return paragraph(say(.noAdvice), indent: 0) }
        return advice.map { card($0, site: site) }.joined(separator: "\n")
    }

    func card(_ advice: Advice, site: Site) -> String {
        let household = advice.household.map { site.household($0)?.name ?? $0 }
        let place = [advice.plot, household, clock.day(of: advice.at).description].compactMap { $0 }.joined(
            separator: " · ")
        let certainty =
            label(.confidence) + DecimalText.percent(advice.confidence) + " · "
            + say(advice.confirmedLocally ? .confirmedLocally : .notConfirmedLocally)
        return paragraph("[\(say(Terms.name(of: advice.kind)))] \(say(advice.title))  \(place)", indent: 0)
            + paragraph(label(.seen) + say(advice.seen)) + paragraph(label(.action) + say(advice.action))
            + paragraph(certainty) + paragraph(label(.source) + advice.source)
    }
}
