import Series
import Village

extension JSONDocuments {
    /// `{"plotwatch":"1","kind":"season","series":[…]}`: one element for each series, in the order of `names`.
    public static func seasons(_ seasons: [String: Season], names: [String]) -> String {
        document(
            "season",
            [.init("series", .list(names.compactMap { name in seasons[name].map { season($0, name: name) } }))])
    }

    static func season(_ season: Season, name: String) -> JSONValue {
        .object([
            .init("name", .text(name)), .init("course", .text(season.course?.rawValue)),
            .init("reason", .text(season.course == nil ? "less than three quarters of a year is known" : nil)),
            .init("isFlat", .bool(season.isFlat)), .init("smoothError", .number(season.smoothError, decimals: 5)),
            .init("transitions", .list(season.transitions.map { transition($0) })),
            .init("flushes", .list(season.flushes.map { flush($0) })),
            .init("years", .list(YearComparison(season.transitions).shifts.map { shift($0) })),
        ])
    }

    private static func transition(_ transition: SeasonTransition) -> JSONValue {
        .object([
            .init("direction", .text(transition.direction.rawValue)),
            .init("isMeasured", .bool(transition.isMeasured)),
            .init("low", .number(transition.low, decimals: 5)), .init("high", .number(transition.high, decimals: 5)),
            .init(
                "dates",
                .list(
                    transition.dates.map { date in
                        .object([
                            .init("share", .number(date.share, decimals: 2)), .init("day", .text(date.day.description)),
                            .init("from", .text(date.interval.lowerBound.description)),
                            .init("until", .text(date.interval.upperBound.description)),
                            .init("value", .number(date.value, decimals: 5)),
                        ])
                    })),
        ])
    }

    private static func flush(_ flush: Flush) -> JSONValue {
        .object([
            .init("start", .text(flush.start.description)), .init("peak", .text(flush.peak.description)),
            .init("end", .text(flush.end?.description)), .init("rise", .number(flush.rise, decimals: 5)),
        ])
    }

    private static func shift(_ shift: YearComparison.Shift) -> JSONValue {
        .object([
            .init("year", .integer(shift.year)), .init("direction", .text(shift.direction.rawValue)),
            .init("day", .text(shift.day.description)), .init("daysLater", .integer(shift.daysLater)),
            .init("otherYears", .integer(shift.otherYears)),
        ])
    }
}
