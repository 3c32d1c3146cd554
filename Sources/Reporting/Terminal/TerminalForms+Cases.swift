import Foundation
import Village

extension TerminalForms {
    /// One line a case.
    public func cases(_ cases: [Case], today: Day) -> String {
        guard !cases.isEmpty else { return say(zh: "没有案件。", en: "No cases.") + "\n" }
        var table = TerminalTable([
            .init(say(zh: "案号", en: "CASE")), .init(say(zh: "类别", en: "KIND"), isFlexible: true),
            .init(say(zh: "环节", en: "STAGE")), .init(say(zh: "事由", en: "TITLE"), isFlexible: true),
            .init(say(zh: "地块", en: "PLOT")), .init(say(zh: "网格员", en: "ASSIGNEE")),
            .init(say(zh: "期限", en: "DUE")),
        ])
        for file in cases {
            table.add([
                file.number, say(Terms.name(of: file.kind)), say(Terms.name(of: file.stage)), file.title,
                file.plot ?? "–", file.assignee ?? "–", due(file, today: today),
            ])
        }
        return table.text(width: width)
    }

    private func due(_ file: Case, today: Day) -> String {
        guard let due = file.due else { return "–" }
        let late = file.isOverdue(on: today) ? say(zh: " 超期", en: " overdue") : ""
        return due.day.description + (due.unknownYears.isEmpty ? "" : "*") + late
    }

    /// A case with its deadlines and everything that was done.
    public func file(
        _ file: Case, history: [(entry: JournalEntry, event: CaseEvent)], next: [Case.Stage], today: Day
    ) -> String {
        var out = paragraph("\(file.number) · \(say(Terms.name(of: file.kind))) · \(file.title)", indent: 0)
        let place = [file.village, file.household, file.plot, file.camera, file.flag].compactMap { $0 }
        if !place.isEmpty { out += paragraph(place.joined(separator: " · ")) }
        out += paragraph(
            say(zh: "环节：", en: "Stage: ") + say(Terms.name(of: file.stage))
                + (file.assignee.map { " · " + $0 } ?? "") + (file.isHeld ? say(zh: " · 已封存", en: " · held") : ""))
        if !next.isEmpty {
            let words = next.map { "\($0.rawValue) \(language == .zh ? say(Terms.name(of: $0)) : "")" }
            out += paragraph(
                say(zh: "下一步：", en: "Next: ")
                    + words.map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: ", "))
        }
        for deadline in file.deadlines where deadline.isRunning || deadline.isPassive {
            var line = "\(deadline.day) \(say(deadline.name)) · \(say(deadline.source))"
            if !deadline.unknownYears.isEmpty {
                let years = deadline.unknownYears.map(String.init).joined(separator: ", ")
                line += say(zh: "（\(years)年节假日未知，只除去周末）", en: " (holidays of \(years) unknown: weekends only)")
            }
            if deadline.isRunning, !deadline.isPassive, deadline.day < today { line += say(zh: " 超期", en: " overdue") }
            out += paragraph(line)
        }
        out += "\n"
        for (entry, event) in history {
            let text = Terms.text(of: event, in: language)
            out += paragraph("\(dates.minute(entry.at))  \(entry.by)  \(text)")
        }
        return out
    }
}
