import ConfigurationFiles
import Foundation
import Village

/// Reads `models/holidays.yaml`.
public enum HolidayFile {
    /// A holiday is no longer than this; a longer span is a slip of the pen. Days.
    private static let longestSpan = 20

    /// - Throws: every fault of the file at once.
    public static func load(path: String) throws(ConfigurationError) -> WorkCalendar {
        try calendar(in: Document(path: path))
    }

    /// - Throws: every fault of the document at once.
    public static func calendar(in document: Document) throws(ConfigurationError) -> WorkCalendar {
        var years: [Int: WorkCalendar.Year] = [:]
        if let map = document.root.mapping(keys: ["years"]), let node = map.required("years", example: "{2024: …}"),
            let entries = node.entries()
        {
            for (key, value) in entries {
                guard let number = Int(key), (1950...2200).contains(number) else {
                    value.fail(
                        .init(zh: "“\(key)”不是年份", en: "\"\(key)\" is no year"),
                        remedy: .init(zh: "请写成 2024 这样", en: "write it as 2024"))
                    continue
                }
                guard let map = value.mapping(keys: ["source", "off", "work"]) else { continue }
                let source = map.required("source", example: "国办发明电〔2023〕7号")?.text()
                let off = days(map["off"], of: number), work = days(map["work"], of: number)
                for day in work.intersection(off).sorted() {
                    value.fail(
                        .init(zh: "\(day) 又放假又上班", en: "\(day) is off and worked at once"), remedy: .keepOne)
                }
                for day in work.sorted() where WorkCalendar.weekday(day) < 5 {
                    map["work"]?.fail(
                        .init(
                            zh: "\(day) 本来就上班，不是周末", en: "\(day) is worked anyway: it is no Saturday or Sunday"),
                        remedy: .init(zh: "请核对放假通知里的日期", en: "check the date in the notice"))
                }
                years[number] = WorkCalendar.Year(off: off, work: work, source: source ?? "")
            }
        }
        try document.finish()
        return WorkCalendar(years: years)
    }

    /// Days and spans `2024-02-10..2024-02-17`, all of the notice's year or the last days before it.
    private static func days(_ node: Node?, of year: Int) -> Set<Day> {
        guard let node, let items = node.list() else { return [] }
        var days: Set<Day> = []
        for item in items {
            guard let text = item.text() else { continue }
            let ends = text.components(separatedBy: "..").map { Day($0) }
            guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, first <= last,
                last - first < longestSpan
            else {
                item.fail(
                    .init(zh: "“\(text)”不是日子，也不是一段日子", en: "\"\(text)\" is no day or span"),
                    remedy: .init(
                        zh: "请写 2024-05-01 或 2024-05-01..2024-05-05",
                        en: "write 2024-05-01 or 2024-05-01..2024-05-05"))
                continue
            }
            guard last.components.year == year else {
                item.fail(
                    .init(zh: "“\(text)”不在 \(year) 年", en: "\"\(text)\" is not in \(year)"),
                    remedy: .init(zh: "请放到它自己的年份下面", en: "put it below its own year"))
                continue
            }
            for number in first.number...last.number { days.insert(Day(number: number)) }
        }
        return days
    }
}
