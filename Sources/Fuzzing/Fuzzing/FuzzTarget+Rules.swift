import Advising
import Casework
import ConfigurationFiles

extension FuzzTarget {
    /// Holidays, deadlines, points, grades: files of `models` that a village may write its own of.
    static let rules = FuzzTarget(
        name: "rules", longest: 4096,
        words: yamlWords + [
            "years", "off", "work", "source", "timers", "retention", "days", "deeds", "items", "cleanup", "classes",
            "2024-02-10..2024-02-17", "workingDays", "length", "diameter", "colourShare", "ripe", "spots",
        ], seeds: { ruleSeeds }
    ) { bytes in
        guard let text = text(bytes) else { return false }
        attempt { () throws(ConfigurationError) in
            let calendar = try HolidayFile.calendar(in: Document(text: text, file: "holidays.yaml"))
            promise(!calendar.years.values.contains { !$0.off.isDisjoint(with: $0.work) }, "a day is off and worked")
        }
        attempt { () throws(ConfigurationError) in
            let empty = WorkCalendar(years: [:])
            let rules = try CaseworkRules.rules(in: Document(text: text, file: "casework.yaml"), calendar: empty)
            promise(rules.retentionInDays >= 1, "pictures are kept for \(rules.retentionInDays) days")
        }
        attempt { () throws(ConfigurationError) in
            let rules = try PointsRules.rules(in: Document(text: text, file: "points.yaml"))
            promise(rules.deed(rules.cleanup) != nil, "no deed of the name \(rules.cleanup)")
            promise((rules.deeds + rules.items).allSatisfy { $0.points > 0 }, "a thing for nothing")
        }
        attempt { () throws(ConfigurationError) in
            let table = try GradeTable.table(in: Document(text: text, file: "grades.yaml"))
            promise(!table.classes.isEmpty, "grades without a class")
        }
        return true
    }

    private static func attempt(_ read: () throws(ConfigurationError) -> Void) {
        do throws(ConfigurationError) { try read() } catch { check(error) }
    }

    private static let ruleSeeds: [[UInt8]] = [
        """
        years:
          2024: {source: notice, off: [2024-01-01, 2024-02-10..2024-02-17], work: [2024-02-04]}
        """,
        """
        timers:
          - {id: assess, zh: 研判, en: assess, from: found, until: assessed, length: 1, unit: workingDays, source: {zh: 设置, en: ours}}
          - {id: limit, zh: 时效, en: limit, from: firstSeen, until: handled, length: 2, unit: years, statutory: true, passive: true, kinds: [construction], source: {zh: 法, en: law}}
        retention: {days: 30}
        """,
        """
        cleanup: labour
        deeds: [{id: labour, zh: 义务劳动, en: work, points: 5}]
        items: [{id: soy, zh: 酱油, en: soy, points: 10}]
        """,
        """
        table: mine
        name: {zh: 脐橙, en: orange}
        source: {zh: 合同, en: contract}
        width: widest
        ripe: {from: 330, until: 420}
        classes:
          - {id: best, zh: 精, en: best, diameter: {from: 80, until: 90}, colourShare: 0.97, spots: {most: 2, diameter: 1.5}}
          - {id: rest, zh: 其余, en: rest, blemish: {total: 1.0, largest: 0.3}}
        notSeen: {zh: 糖度, en: sugar}
        """,
    ].map { Array($0.utf8) }
}
