import Series
import Village

/// Finds nights of frost and heavy rain in the part of the year in which they matter to a crop.
struct WeatherWatch {
    let crop: Crop
    let region: String
    let weather: Weather
    let limits: AdvisingParameters.WeatherLimits

    struct Event: Equatable {
        var rule: EventRule
        var day: Day
        /// °C of the night, or mm of rain.
        var figure: Double
        /// Over how many days it fell.
        var days: Int
    }

    /// By day; of a spell of such days each, as the schedule tells a rule once in a while only.
    func events(from: Day, until: Day) -> [Event] {
        guard from <= until, !weather.isEmpty else { return [] }
        var found: [Event] = []
        for rule in crop.events where rule.sign == .frostNight || rule.sign == .heavyRain {
            guard let window = rule.windows.flatMap({ crop.window($0, in: region) }) else { continue }
            for offset in 0...(until - from) where window.contains(from + offset) {
                if let event = event(rule, on: from + offset) { found.append(event) }
            }
        }
        return found.sorted { ($0.day, $0.rule.id) < ($1.day, $1.rule.id) }
    }

    private func event(_ rule: EventRule, on day: Day) -> Event? {
        switch rule.sign {
        case .frostNight:
            return weather[day]?.lowest.flatMap {
                $0 <= limits.frost ? Event(rule: rule, day: day, figure: $0, days: 1) : nil
            }
        case .heavyRain:
            // The day's own rain must be part of it, or a wet week would go on for two days after it.
            guard let own = weather[day]?.rain, own > 0 else { return nil }
            if own >= limits.heavyRain { return Event(rule: rule, day: day, figure: own, days: 1) }
            let three = weather.rain(from: day + -2, until: day)
            return three >= limits.soakingRain ? Event(rule: rule, day: day, figure: three, days: 3) : nil
        default: return nil
        }
    }
}
