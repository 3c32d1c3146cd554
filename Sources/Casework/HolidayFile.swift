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
                    value.fail("\"\(key)\" is no year", remedy: "write it as 2024")
                    continue
                }
                guard let map = value.mapping(keys: ["source", "off", "work"]) else { continue }
                let source = map.required("source", example: "国办发明电〔2023〕7号")?.text()
                let off = days(map["off"], of: number), work = days(map["work"], of: number)
                for day in work.intersection(off).sorted() {
                    value.fail("\(day) is off and worked at once", remedy: "keep it in one of the two lists")
                }
                for day in work.sorted() where WorkCalendar.weekday(day) < 5 {
                    map["work"]?.fail(
                        "\(day) is worked anyway: it is no Saturday or Sunday", remedy: "check the date in the notice")
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
                item.fail("\"\(text)\" is no day or span", remedy: "write 2024-05-01 or 2024-05-01..2024-05-05")
                continue
            }
            guard last.components.year == year else {
                item.fail("\"\(text)\" is not in \(year)", remedy: "put it below its own year")
                continue
            }
            for number in first.number...last.number { days.insert(Day(number: number)) }
        }
        return days
    }
}
