import Village

/// A season the size of a stamp, for rows of plots side by side: the smooth line alone, gaps left open.
///
/// Each has its own height scale: greenness of different cameras cannot be compared.
enum SmallChart {
    static let width = 140.0, height = 40.0

    static func svg(_ points: [DailyValues.Point], days: ClosedRange<Day>, title: String) -> String? {
        let points = points.filter { days.contains($0.day) && (0...1).contains($0.value) }
        guard points.count > 1, days.lowerBound < days.upperBound, let low = points.map(\.value).min(),
            let high = points.map(\.value).max()
        else { return nil }
        let x = ChartScale(
            low: Double(days.lowerBound.number), high: Double(days.upperBound.number), start: 3, end: width - 5)
        let span = max(high - low, 0.02)
        let y = ChartScale(low: low, high: low + span, start: height - 4, end: 4)
        func place(_ point: DailyValues.Point) -> String {
            (DecimalText.text(x.position(Double(point.day.number)), decimals: 1) ?? "0") + " "
                + (DecimalText.text(y.position(point.value), decimals: 1) ?? "0")
        }
        var out = "<svg class=\"small\" viewBox=\"0 0 \(Int(width)) \(Int(height))\" role=\"img\" "
        out += "aria-label=\"\(HTMLText.escaped(title))\">"
        let runs = ChartSmoothing.runs(points).map(ChartSmoothing.smoothed)
        for run in runs where run.count > 1 {
            out += "<path class=\"sl\" d=\"M\(run.map(place).joined(separator: "L"))\"/>"
        }
        if let last = runs.last?.last { out += "<path class=\"le\" d=\"M\(place(last))h0\"/>" }
        return out + "</svg>"
    }
}
