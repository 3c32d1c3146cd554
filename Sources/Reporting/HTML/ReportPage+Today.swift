import Village

extension ReportPage {
    /// Plots named in the headline; the rest are in the growth section.
    private static let mostPlotsNamed = 12

    /// The headline: what somebody has to do, in numbers and by name, and how much of the period was seen.
    func today() -> Context {
        let open = openFlags
        let attention = contents.plots.filter { level(of: $0) == .attention }
        let broken = contents.cameras.filter(\.needsAttention)
        let items =
            open.enumerated().map { item(forFlag: $1, number: $0 + 1) }
            + attention.prefix(Self.mostPlotsNamed).map(item(forPlot:))
            + broken.map(item(forCamera:))
        let rest = attention.count - Self.mostPlotsNamed
        let total = contents.cameras.reduce(0) { $0 + $1.total }, usable = contents.cameras.reduce(0) { $0 + $1.usable }
        return [
            "tiles": [
                tile(open.count, .flagsOpen, link: "flags", style: "action"),
                tile(attention.count, .plotsToSee, link: "plots", style: "attention"),
                tile(broken.count, .camerasToMend, link: "cameras", style: "camera"),
            ],
            "quiet": some(items.isEmpty ? say(total > 0 ? .nothingToDo : .nothingSeen) : nil), "items": some(items),
            "rest": some(rest > 0 ? "+ \(rest)" as Any : nil),
            "coverageText": coverage(total: total, usable: usable),
        ]
    }

    private func tile(_ number: Int, _ word: Word, link: String, style: String) -> Context {
        ["number": number, "label": say(word), "link": link, "style": number == 0 ? "none" : style]
    }

    private func coverage(total: Int, usable: Int) -> String {
        guard total > 0 else { return say(.noCaptures) }
        let share = DecimalText.percent(Double(usable) / Double(total))
        let cameras = contents.cameras.count, plots = contents.plots.count
        return language == .zh
            ? "\(cameras) 台摄像头、\(plots) 块地；照片 \(total) 张，可用 \(usable) 张（\(share)）。"
            : "\(cameras) cameras, \(plots) plots; \(total) pictures, \(usable) of them usable (\(share))."
    }

    private func item(forFlag pictures: FlagPictures, number: Int) -> Context {
        let flag = pictures.flag
        let what = [
            say(Terms.name(of: flag.kind)), say(Terms.course(of: flag)), say(Terms.name(of: flag.status)),
            say(.firstSeen) + " " + dates.shortDay(of: flag.firstSeen),
        ]
        return [
            "symbol": "▲", "style": "action", "link": HTMLText.anchor("flag", flag.id),
            "name": "\(number) · \(flag.plot)",
            "text": what.joined(separator: " · "),
        ]
    }

    private func item(forPlot summary: PlotSummary) -> Context {
        [
            "symbol": "●", "style": "attention", "link": HTMLText.anchor("plot", summary.plot.id),
            "name": "\(summary.plot.id) · \(plotKind(summary))", "text": say(summary.state.text),
        ]
    }

    private func item(forCamera summary: CameraSummary) -> Context {
        let texts = summary.notes.filter(\.isProblem).map { say($0.text) }
        return [
            "symbol": "◆", "style": "camera", "link": HTMLText.anchor("camera", summary.camera.id),
            "name": summary.camera.name,
            "text": texts.joined(separator: language == .zh ? "；" : "; "),
        ]
    }
}
