import Village

extension ReportPage {
    /// Where and when the crops flower, the latest season of each plot: for the village's route.
    func bloom() -> Any {
        let rows = contents.plots.compactMap { summary -> (day: Day, row: Context)? in
            guard let first = summary.dates.last(where: { $0.kind == "bloomStart" }) else { return nil }
            let peak = summary.dates.last { $0.kind == "bloomPeak" && $0.day >= first.day }
            let camera = contents.site.camera(summary.plot.camera)?.name ?? summary.plot.camera
            let row: Context = [
                "anchor": HTMLText.anchor("plot", summary.plot.id), "plotID": summary.plot.id, "place": camera,
                "crop": plotKind(summary), "first": dates.shortDay(first.day),
                "peak": peak.map { dates.shortDay($0.day) } ?? say(.bloomNow),
            ]
            return (first.day, row)
        }
        return some(rows.sorted { $0.day < $1.day }.map(\.row))
    }
}
