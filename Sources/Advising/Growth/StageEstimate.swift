import Series
import Village

/// The growth stage of a plot on a day, and why it is thought so.
public struct StageEstimate: Sendable, Equatable {
    public enum Basis: String, Sendable, Codable { case calendar, warmth, pictures }

    public var stage: Crop.Stage
    public var basis: Basis
    public var reason: Bilingual

    /// The calendar's stage, unless the warmth of the year puts another there, or the pictures show that another began or is
    /// over: what is seen counts most.
    ///
    /// - Parameters:
    ///   - marks: what is known by `day`, in order.
    ///   - weather: days after `day` are not looked at.
    init?(crop: Crop, region: String, day: Day, marks: [StageMark], weather: Weather = Weather([])) {
        guard let byCalendar = crop.stage(on: day, in: region) else { return nil }
        let known = marks.filter { $0.day <= day && day - $0.day <= Self.memoryDays }
        func last(_ sign: Crop.Stage.Sign) -> StageMark? {
            guard GrowthWatch.season(of: sign, crop, region, day, slack: Self.slackDays) != nil else { return nil }
            return known.last { $0.sign == sign }
        }
        func first(_ sign: Crop.Stage.Sign) -> Crop.Stage? { crop.stages.first { $0.sign == sign } }

        var seen: (stage: Crop.Stage, mark: StageMark)?
        if let mark = last(.leafOut), mark.isBeginning, let leafing = first(.leafOut),
            Self.isAhead(leafing, of: byCalendar, crop, region, day)
        {
            seen = (leafing, mark)
        }
        if let mark = known.last(where: { $0.sign == .leafOut }), !mark.isBeginning, byCalendar.sign != .leafFall,
            let falling = first(.leafFall),
            GrowthWatch.season(of: .leafFall, crop, region, day, slack: Self.slackDays) != nil
        {
            seen = (falling, mark)
        }
        if let mark = last(.bloom), let bloom = first(.bloom) {
            if mark.isBeginning {
                seen = (bloom, mark)
            } else if byCalendar.sign == .bloom, seen == nil, let next = Self.next(after: bloom, crop) {
                seen = (next, mark)
            }
        }
        if let mark = last(.ripeColour), mark.isBeginning, byCalendar.sign != .ripeColour,
            let colouring = first(.ripeColour)
        {
            seen = (colouring, mark)
        }
        if let seen, seen.stage.id != byCalendar.id {
            stage = seen.stage
            basis = .pictures
            reason = Bilingual(
                zh: "画面从\(seen.mark.day.inChinese)起这样显示；按日历是\(byCalendar.names.zh)",
                en: "seen in the pictures since \(seen.mark.day.inEnglish); the calendar has \(byCalendar.names.en)")
        } else if let seen {
            stage = byCalendar
            basis = .pictures
            reason = Bilingual(
                zh: "日历与画面一致（\(seen.mark.day.inChinese)看到）",
                en: "calendar and pictures agree (seen on \(seen.mark.day.inEnglish))")
        } else if let warmth = WarmthStage(
            crop: crop, region: region, day: day, byCalendar: byCalendar, weather: weather)
        {
            stage = warmth.stage
            basis = .warmth
            reason = warmth.reason
        } else {
            stage = byCalendar
            basis = .calendar
            reason = Bilingual(zh: "按日历，画面上还没有看到", en: "by the calendar; not seen in the pictures")
        }
    }

    /// A mark older than this belongs to another season.
    private static let memoryDays = 150
    /// So far from its calendar window a sign says nothing about the stage any more.
    private static let slackDays = 20
    /// How far ahead of its calendar a stage is still believed.
    private static let aheadDays = 45

    private static func isAhead(_ stage: Crop.Stage, of other: Crop.Stage, _ crop: Crop, _ region: String, _ day: Day)
        -> Bool
    {
        guard stage.id != other.id,
            let window = crop.window(stage.windows, in: region)?.occurrence(at: day, slack: aheadDays)
        else { return false }
        return day < window.lowerBound
    }

    private static func next(after stage: Crop.Stage, _ crop: Crop) -> Crop.Stage? {
        guard let index = crop.stages.firstIndex(where: { $0.id == stage.id }) else { return nil }
        return crop.stages[(index + 1) % crop.stages.count]
    }
}

extension Day {
    /// `4月2日`.
    var inChinese: String { "\(components.month)月\(components.day)日" }

    /// `2 April`.
    var inEnglish: String {
        let months = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ]
        return "\(components.day) \(months[components.month - 1])"
    }
}
