import Village

extension DateText {
    /// `叶子绿了一半 4月9日（4月7日–4月12日），比往年早3天`.
    func text(of date: PlotSummary.SeasonDate) -> String {
        date.title.text(in: language) + " " + shortDay(date.day) + remarks(on: date)
    }

    /// The days between which it lies and how it stands to other years; empty where neither is known.
    func remarks(on date: PlotSummary.SeasonDate) -> String { range(date) + comparison(date) }

    private func range(_ date: PlotSummary.SeasonDate) -> String {
        guard let interval = date.interval, interval.lowerBound < interval.upperBound else { return "" }
        let text = shortDay(interval.lowerBound) + "–" + shortDay(interval.upperBound)
        return language == .zh ? "（\(text)）" : " (\(text))"
    }

    private func comparison(_ date: PlotSummary.SeasonDate) -> String {
        guard let later = date.daysLater else { return "" }
        let count = abs(later)
        if count == 0 { return language == .zh ? "，和往年一样" : ", as in other years" }
        return language == .zh
            ? "，比往年\(later > 0 ? "晚" : "早")\(count)天"
            : ", \(count) \(count == 1 ? "day" : "days") \(later > 0 ? "later" : "earlier") than in other years"
    }
}
