import Village

/// The 1-day and 3-day summaries of a plot's pictures.
public enum SummaryProduct {
    /// One row for every interval from that of the first selected picture to that of the last, also where an interval
    /// is empty.
    ///
    /// Intervals begin on day 1, 1 + n, 1 + 2n … of each year. The last one may reach into January, and then it keeps
    /// those pictures: with 3 days that is 30 December to 1 January of a common year, so the row of 2 January lacks New
    /// Year's Day. That is what `vegindex` does, and its files are matched to the byte.
    ///
    /// - Parameter rows: in any order; sums depend on it only through the order in time.
    /// - Returns: nothing where no picture is selected (`vegindex` then writes no file).
    public static func rows(from rows: [RoistatsRow], _ settings: SummarySettings) -> [SummaryRow] {
        let selected = RoistatsFile.sorted(rows.filter { isSelected($0, settings) })
        guard let first = selected.first?.time.day, let last = selected.last?.time.day else { return [] }
        var result: [SummaryRow] = []
        var next = 0
        for start in intervals(from: first, to: last, days: settings.days) {
            var inside: [RoistatsRow] = []
            while next < selected.count, selected[next].time.day >= start,
                selected[next].time.day < start + settings.days
            {
                if selected[next].awbFlag != 1 { inside.append(selected[next]) }
                next += 1
            }
            result.append(row(of: inside, dated: start + settings.days / 2, settings))
        }
        return result
    }

    /// One figure of the intervals over time, such as `\.gcc.quantile90`; absent where an interval has no statistics.
    public static func series(
        _ rows: [SummaryRow], _ figure: KeyPath<SummaryRow.Statistics, Double>
    ) -> [SeriesPoint] {
        rows.map { SeriesPoint(day: $0.date, value: $0.statistics?[keyPath: figure]) }
    }

    /// Whether a picture counts at all. White balance is asked later: a picture with a wrong one still opens the
    /// series.
    static func isSelected(_ row: RoistatsRow, _ settings: SummarySettings) -> Bool {
        guard let colors = row.colors, let elevation = row.solarElevation else { return false }
        let brightness = colors.brightness
        return settings.timeOfDay.contains(row.time.second) && brightness >= Double(settings.brightness.lowerBound)
            && brightness <= Double(settings.brightness.upperBound) && elevation >= settings.minimumSolarElevation
    }

    /// The first days of the intervals that cover `first` to `last`.
    static func intervals(from first: Day, to last: Day, days: Int) -> [Day] {
        var starts: [Day] = []
        for year in first.components.year...last.components.year {
            guard let newYear = Day(year: year, month: 1, day: 1), let newYearsEve = Day(year: year, month: 12, day: 31)
            else { continue }
            var start = first > newYear ? newYear + (first - newYear) / days * days : newYear
            while start <= min(newYearsEve, last) {
                starts.append(start)
                start = start + days
            }
        }
        return starts
    }

    private static func row(of pictures: [RoistatsRow], dated date: Day, _ settings: SummarySettings) -> SummaryRow {
        let noon = LocalTime(day: date, second: 43_200)
        let measured = pictures.compactMap { picture in picture.colors.map { (picture, $0) } }.filter {
            $0.1.brightness > 0
        }
        guard let middle = measured.min(by: { abs($0.0.time - noon) < abs($1.0.time - noon) }) else {
            return SummaryRow(date: date, imageCount: 0)
        }
        var result = SummaryRow(date: date, imageCount: measured.count)
        let share = { (value: Double, colors: RoistatsRow.Colors) in value / colors.brightness }
        let gcc = { (picture: RoistatsRow, colors: RoistatsRow.Colors) in
            picture.gcc ?? share(colors.green.mean, colors)
        }
        result.midday = .init(
            fileName: middle.0.fileName, red: middle.1.red.mean, green: middle.1.green.mean, blue: middle.1.blue.mean,
            gcc: gcc(middle.0, middle.1), rcc: share(middle.1.red.mean, middle.1))
        result.maximumSolarElevation = measured.compactMap { $0.0.solarElevation }.max()
        if measured.count >= settings.imageCountThreshold {
            result.statistics = .init(
                red: .init(measured.map { $0.1.red.mean }), green: .init(measured.map { $0.1.green.mean }),
                blue: .init(measured.map { $0.1.blue.mean }), gcc: .init(measured.map { gcc($0.0, $0.1) }),
                rcc: .init(measured.map { share($0.1.red.mean, $0.1) }))
        }
        return result
    }
}
