import Village

/// A grid member's work list as one page for a phone; opens from a file, without a network.
public enum WorklistPage {
    /// - Throws: ``HTMLReport/RenderingError``.
    public static func render(_ list: Worklist) throws -> String {
        guard let clock = SiteClock(timeZone: list.site.timeZone) else {
            throw HTMLReport.RenderingError.unknownTimeZone(list.site.timeZone)
        }
        let dates = DateText(clock: clock, language: list.site.language)
        return try HTMLReport.page("worklist", context(list, dates: dates))
    }

    private static func context(_ list: Worklist, dates: DateText) -> ReportPage.Context {
        let language = list.site.language
        func say(_ text: Bilingual) -> String { text.text(in: language) }
        func say(zh: String, en: String) -> String { language == .zh ? zh : en }
        let items = list.items.map { item -> ReportPage.Context in
            let file = item.file
            let place = list.site.place(of: file)
            let isLate = file.isOverdue(on: list.today)
            let due = Terms.due(of: file, today: list.today, dates: dates)
            let shots = item.pictures.map { pictures in
                [
                    (pictures.before, Word.before, pictures.beforeCapture),
                    (pictures.after, .after, pictures.afterCapture),
                ]
                .map { picture, word, capture -> ReportPage.Context in
                    [
                        "data": picture?.dataAddress ?? false, "caption": word.text(in: language),
                        "when": capture?.at.map(dates.minute) ?? false, "missing": Word.noPicture.text(in: language),
                    ]
                }
            }
            let checks = item.pictures.map {
                Terms.checks(for: $0.flag).map { ["text": say($0)] as ReportPage.Context }
            }
            let next = item.next.map { say(Terms.name(of: $0)) }.joined(separator: language == .zh ? "、" : ", ")
            return [
                "anchor": HTMLText.anchor("case", file.number), "number": file.number, "name": file.title,
                "kind": say(Terms.name(of: file.kind)), "stage": say(Terms.name(of: file.stage)),
                "place": place ?? false, "late": isLate, "due": due ?? false,
                "explanation": item.pictures.map { say($0.flag.explanation) } ?? false,
                "shots": shots ?? false, "note": item.lastNote ?? false, "checks": checks ?? false,
                "nextText": say(zh: "下一步可选：", en: "Next: ") + next,
            ]
        }
        let late = list.items.filter { $0.file.isOverdue(on: list.today) }.count
        return [
            "w": Dictionary(uniqueKeysWithValues: Word.allCases.map { ($0.rawValue, $0.text(in: language)) }),
            "lang": language == .zh ? "zh-CN" : "en", "siteName": list.site.name,
            "title": say(zh: "\(list.assignee) 的工作单", en: "Work list of \(list.assignee)"),
            "todayText": dates.day(list.today), "none": say(zh: "没有待办的事。", en: "Nothing to see to."),
            "countText": say(
                zh: "\(items.count)件待办，\(late)件超期", en: "\(items.count) to see to, \(late) overdue"),
            "items": items.isEmpty ? false : items as Any,
        ]
    }
}
