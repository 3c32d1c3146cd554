import Series
import Village

/// What the temperature sum says about a plot's stage, where it says something else than the calendar.
struct WarmthStage {
    let stage: Crop.Stage
    let reason: Bilingual

    /// How far warmth may move a stage from its calendar window, in days; ours.
    private static let reachDays = 30

    /// - Parameter byCalendar: the calendar's stage on the day.
    /// - Returns: `nil` where no sum is known for the stage or the next, the weather has holes, or both agree.
    init?(crop: Crop, region: String, day: Day, byCalendar: Crop.Stage, weather: Weather) {
        guard !weather.isEmpty, let index = crop.stages.firstIndex(where: { $0.id == byCalendar.id }) else {
            return nil
        }
        let next = crop.stages[(index + 1) % crop.stages.count]
        let before = crop.stages[(index + crop.stages.count - 1) % crop.stages.count]
        if let heat = next.heat, let opening = Self.opening(of: next, crop, region, day, slack: Self.reachDays),
            day < opening, let since = Self.since(heat, crop, region, before: opening),
            let reached = weather.day(
                reaching: heat.sum, above: heat.base, counting: heat.counting, from: since, until: day)
        {
            stage = next
            reason = Bilingual(
                zh: "\(since.inChinese)起的气温累计到\(reached.inChinese)已够\(Int(heat.sum))度；按日历还是\(byCalendar.names.zh)",
                en: "the warmth since \(since.inEnglish) reached \(Int(heat.sum)) degree days on \(reached.inEnglish); "
                    + "the calendar still has \(byCalendar.names.en)")
            return
        }
        if let heat = byCalendar.heat, let opening = Self.opening(of: byCalendar, crop, region, day, slack: 0),
            day - opening <= Self.reachDays, let since = Self.since(heat, crop, region, before: opening),
            let sum = weather.degreeDays(above: heat.base, counting: heat.counting, from: since, until: day),
            sum < heat.sum
        {
            stage = before
            reason = Bilingual(
                zh: "\(since.inChinese)起的气温累计才\(Int(sum))度，不到\(Int(heat.sum))度；按日历该\(byCalendar.names.zh)了",
                en: "the warmth since \(since.inEnglish) is \(Int(sum)) degree days, below \(Int(heat.sum)); "
                    + "by the calendar it would be \(byCalendar.names.en)")
            return
        }
        return nil
    }

    private static func opening(of stage: Crop.Stage, _ crop: Crop, _ region: String, _ day: Day, slack: Int) -> Day? {
        crop.window(stage.windows, in: region)?.occurrence(at: day, slack: slack)?.lowerBound
    }

    /// The last opening of the stage that the warmth counts from.
    private static func since(_ heat: Crop.Heat, _ crop: Crop, _ region: String, before day: Day) -> Day? {
        guard let stage = crop.stages.first(where: { $0.id == heat.since }),
            let window = crop.window(stage.windows, in: region)
        else { return nil }
        let year = day.components.year
        return [year, year - 1].map { window.occurrence(openingIn: $0).lowerBound }.first { $0 < day }
    }
}
