import Foundation
import Village

/// The season of one plot as SVG: daily greenness with its smooth line above, plant cover below, last year, gaps and
/// events.
///
/// - Note: Drawn without colour being needed: points, solid line, dashed line, filled band, triangle and disc differ
///   in shape.
struct GrowthChart {
    struct Event {
        enum Kind { case flag, advice, season }
        var kind: Kind
        var day: Day
        var text: String
    }

    var days: ClosedRange<Day>
    var series: [DailyValues]
    var lastYear: [DailyValues]
    var smooth: [DailyValues.Point]
    var expected: [PlotSummary.Band] = []
    var events: [Event]
    var title: String
    var dates: DateText

    static let width = 460.0, height = 292.0
    private static let left = 44.0, right = 12.0, top = 26.0, greenBottom = 186.0, coverTop = 206.0, coverBottom = 258.0
    /// Greenness never fills the height with noise: at least this span is shown.
    private static let leastGreenSpan = 0.04

    /// `nil` where there are fewer than two days to draw.
    func svg() -> String? {
        let green = series.points(of: .gcc).filter(isDrawn)
        let cover = series.points(of: .vegetationCover).filter(isDrawn)
        guard max(green.count, cover.count) > 1, days.lowerBound < days.upperBound else { return nil }
        let x = ChartScale(
            low: Double(days.lowerBound.number), high: Double(days.upperBound.number), start: Self.left,
            end: Self.width - Self.right)
        let size = "viewBox=\"0 0 \(Int(Self.width)) \(Int(Self.height))\""
        var out = "<svg class=\"chart\" \(size) role=\"img\" aria-label=\"\(HTMLText.escaped(title))\">"
        out += gaps(in: green.isEmpty ? cover : green, x: x)
        out += months(x: x)
        out += greenPanel(green, x: x)
        out += coverPanel(cover, x: x)
        out += marks(x: x)
        return out + "</svg>"
    }

    private func greenPanel(_ points: [DailyValues.Point], x: ChartScale) -> String {
        let before = lastYear.points(of: .gcc).compactMap(aYearLater).filter(isDrawn)
        let values = (points + before).map(\.value) + expected.flatMap { isDrawn($0) ? [$0.low, $0.high] : [] }
        guard let low = values.min(), let high = values.max() else { return "" }
        let range = ChartScale.rounded(low, high, leastSpan: Self.leastGreenSpan, count: 5)
        let y = ChartScale(low: range.low, high: range.high, start: Self.greenBottom, end: Self.top)
        var out = ""
        let steps = Int(((range.high - range.low) / range.step).rounded())
        for index in 0...steps {
            let value = range.low + Double(index) * range.step
            out += rule(
                at: y.position(value),
                label: DecimalText.text(value, decimals: range.step < 0.01 ? 3 : 2, padded: true) ?? "")
        }
        out += text(Self.left, Self.top - 11, Word.greenness.text(in: dates.language) + " GCC", "ct s")
        out += band(x: x, y: y)
        for run in ChartSmoothing.runs(before) where run.count > 1 {
            out += path(ChartSmoothing.smoothed(run), x: x, y: y, style: "ly")
        }
        // One path of dots of no length: a circle a day would make the file several times as large.
        let dots = points.map { "M\(short(x.position(Double($0.day.number)))) \(short(y.position($0.value)))h0" }
            .joined()
        out += "<path class=\"dd\" d=\"\(dots)\"/>"
        let given = smooth.filter(isDrawn)
        for run in ChartSmoothing.runs(given.isEmpty ? points : given) where run.count > 1 {
            out += path(given.isEmpty ? ChartSmoothing.smoothed(run) : run, x: x, y: y, style: "sl")
        }
        return out
    }

    private func band(x: ChartScale, y: ChartScale) -> String {
        let drawn = expected.filter(isDrawn).sorted { $0.day < $1.day }
        let upper = drawn.map { DailyValues.Point(day: $0.day, value: $0.high) }
        let lower = drawn.map { DailyValues.Point(day: $0.day, value: $0.low) }
        return zip(ChartSmoothing.runs(upper), ChartSmoothing.runs(lower)).map { above, below in
            let places = (above + below.reversed()).map {
                "\(short(x.position(Double($0.day.number)))) \(short(y.position($0.value)))"
            }
            return "<path class=\"bd\" d=\"M\(places.joined(separator: "L"))Z\"/>"
        }.joined()
    }

    private func coverPanel(_ points: [DailyValues.Point], x: ChartScale) -> String {
        let y = ChartScale(low: 0, high: 1, start: Self.coverBottom, end: Self.coverTop)
        var out = rule(at: y.position(0), label: "0") + rule(at: y.position(1), label: "100")
        out += text(Self.left, Self.coverTop - 5, Word.legendCover.text(in: dates.language) + " %", "ct s")
        for run in ChartSmoothing.runs(points) {
            let line = run.map {
                "\(short(x.position(Double($0.day.number)))) \(short(y.position(min(max($0.value, 0), 1))))"
            }
            guard let first = run.first, let last = run.last else { continue }
            let start = short(x.position(Double(first.day.number)) - 0.5),
                end = short(x.position(Double(last.day.number)) + 0.5)
            out += "<path class=\"cb\" d=\"M\(start) \(short(Self.coverBottom))L\(line.joined(separator: "L"))"
            out += "L\(end) \(short(Self.coverBottom))Z\"/>"
        }
        return out
    }

    /// A grey field over every stretch without a usable picture.
    private func gaps(in points: [DailyValues.Point], x: ChartScale) -> String {
        var edges: [(Day, Day)] = []
        let runs = ChartSmoothing.runs(points)
        if let first = runs.first?.first { edges.append((days.lowerBound, first.day)) }
        for (earlier, later) in zip(runs, runs.dropFirst()) {
            if let from = earlier.last, let until = later.first { edges.append((from.day, until.day)) }
        }
        if let last = runs.last?.last { edges.append((last.day, days.upperBound)) }
        return edges.filter { $1 - $0 > ChartSmoothing.longestBridge }.map { from, until in
            let start = x.position(Double(from.number)), end = x.position(Double(until.number))
            return "<rect class=\"gap\" x=\"\(short(start))\" y=\"\(short(Self.top))\" width=\"\(short(end - start))\" "
                + "height=\"\(short(Self.coverBottom - Self.top))\"/>"
        }.joined()
    }

    private func months(x: ChartScale) -> String {
        DateTicks.ticks(days, room: (x.end - x.start) / 48, dates: dates).map { tick in
            let place = x.position(Double(tick.day.number))
            let line = "<path class=\"mt\" d=\"M\(short(place)) \(short(Self.top))V\(short(Self.coverBottom + 5))\"/>"
            let anchor = place > Self.width - 30 ? "ct e" : place < Self.left + 14 ? "ct s" : "ct"
            return line + text(place, Self.coverBottom + 21, tick.label, anchor)
        }.joined()
    }

    private func marks(x: ChartScale) -> String {
        events.filter { days.contains($0.day) }.map { event in
            let place = x.position(Double(event.day.number))
            let label = "<title>\(HTMLText.escaped(dates.shortDay(event.day) + " " + event.text))</title>"
            let style = event.kind == .flag ? "fe" : event.kind == .advice ? "ae" : "se"
            let stem =
                "<path class=\"\(style)\" d=\"M\(short(place)) \(short(Self.top))V\(short(Self.greenBottom))\"/>"
            let mark =
                switch event.kind {
                case .flag: "<path class=\"ft\" d=\"M\(short(place)) \(short(Self.top - 13))l7 12h-14z\"/>"
                case .advice:
                    "<circle class=\"ac\" cx=\"\(short(place))\" cy=\"\(short(Self.top - 6))\" r=\"5.5\"/>"
                // A diamond on the lower edge, where neither flags nor cards stand.
                case .season:
                    "<path class=\"sd\" d=\"M\(short(place)) \(short(Self.greenBottom - 6))l6 6l-6 6l-6 -6z\"/>"
                }
            return "<g>\(label)\(stem)\(mark)</g>"
        }.joined()
    }

    private func rule(at y: Double, label: String) -> String {
        "<path class=\"gr\" d=\"M\(short(Self.left)) \(short(y))H\(short(Self.width - Self.right))\"/>"
            + text(Self.left - 5, y + 4.5, label, "ct e")
    }

    private func path(_ points: [DailyValues.Point], x: ChartScale, y: ChartScale, style: String) -> String {
        let places = points.map { "\(short(x.position(Double($0.day.number)))) \(short(y.position($0.value)))" }
        return "<path class=\"\(style)\" d=\"M\(places.joined(separator: "L"))\"/>"
    }

    private func text(_ x: Double, _ y: Double, _ label: String, _ style: String) -> String {
        "<text class=\"\(style)\" x=\"\(short(x))\" y=\"\(short(y))\">\(HTMLText.escaped(label))</text>"
    }

    /// Both quantities are shares: anything else is a fault upstream and would spoil the scale.
    private func isDrawn(_ point: DailyValues.Point) -> Bool {
        days.contains(point.day) && (0...1).contains(point.value)
    }

    private func isDrawn(_ band: PlotSummary.Band) -> Bool {
        days.contains(band.day) && band.low >= 0 && band.low <= band.high && band.high <= 1
    }

    private func aYearLater(_ point: DailyValues.Point) -> DailyValues.Point? {
        let c = point.day.components
        // 29 February has no anniversary; it is drawn on the 28th.
        return
            (Day(year: c.year + 1, month: c.month, day: c.day) ?? Day(year: c.year + 1, month: c.month, day: c.day - 1))
            .map { DailyValues.Point(day: $0, value: point.value) }
    }

    private func short(_ value: Double) -> String { DecimalText.text(value, decimals: 1) ?? "0" }
}
