import Foundation
import Hummingbird
import Reporting
import Storage
import Village

/// One plot: state, season, its pictures day by day, advice, flags.
struct PlotPage: Sendable {
    /// Pictures that the time-lapse goes through at most: three years of one a day.
    static let mostMoments = 1100
    /// Flags in its list.
    static let flagsShown = 50

    let desk: Desk

    func add(to router: Router<ReviewContext>) {
        router.get("/plots/:plot") { request, context in
            let view = try desk.view(request, context)
            let id = try context.parameters.require("plot")
            let rows = view.site.plots.indices.filter { view.site.plots[$0].id == id }
            guard let last = rows.last else { throw PageError(.notFound, .notFound) }
            return try page(view, plot: view.site.plots[last], rows: rows, saved: Query(request)["saved"] != nil)
        }
    }

    private func page(_ view: View, plot: Plot, rows: [Int], saved: Bool) throws -> Response {
        let flags = try desk.store.flags(on: plot.id)
        let advice = try desk.store.advice(plot: plot.id)
        let summary = try desk.views.summary(of: plot, flags: flags, advice: advice)
        let kind = view.say(summary.cropName ?? Terms.name(of: plot.kind))
        let title = "\(plot.id) · \(kind)"
        let cases = try desk.store.caseNumbers()
        let isPrivate = view.isPrivate(plot.camera)
        let moments = isPrivate ? [] : try self.moments(of: plot, series: summary.series)
        let isDrawn = if case .polygon = plot.shape { true } else { false }
        return try view.response(
            "plot",
            [
                "title": title, "plotID": plot.id, "kind": kind, "level": summary.state.level.rawValue,
                "levelText": PlotMap.symbol(summary.state.level) + view.say(Terms.name(of: summary.state.level)),
                "text": view.say(summary.state.text),
                "household": view.site.householdLabel(plot.household, in: view.language),
                "cameraName": view.site.camera(plot.camera)?.name ?? plot.camera,
                "area": view.some(
                    summary.areaInSquareMetres.map {
                        AreaText.text(pixels: 0, squareMetres: $0, in: view.language)
                    }),
                "chart": view.some(
                    SeasonChart.svg(of: summary, advice: advice, flags: flags, title: title, dates: view.dates)),
                "flash": view.some(saved ? view.say(Phrase.savedOutline) : nil), "private": isPrivate,
                "moments": view.some(moments.isEmpty ? nil : lapse(moments, plot: plot, view: view)),
                "edits": view.some(
                    !isDrawn || isPrivate
                        ? []
                        : rows.map { row in
                            let valid = view.site.plots[row].valid
                            return [
                                "link": "/plots/\(plot.id)/draw?row=\(row)",
                                "name": rows.count > 1 ? view.dates.range(valid) : "",
                            ]
                        }),
                "flags": view.some(
                    flags.reversed().prefix(Self.flagsShown).map { self.flag($0, record: cases[$0.id], view) }),
                "manyFlags": flags.count > Self.flagsShown,
                "files": view.some(
                    try view.cases().filter { $0.plot == plot.id }.reversed().map { file in
                        CasePage.summary(of: file, view).merging([
                            "link": Address.file(file.number), "number": file.number, "name": file.title,
                        ]) { $1 }
                    }),
                "cards": view.some(advice.reversed().prefix(20).map { card($0, view) }),
                "scripts": [["name": "season.js"]],
            ])
    }

    /// One capture a day: the one that stands for it in the series, else any usable one.
    private func moments(of plot: Plot, series: [DailyValues]) throws -> [NumberedCapture] {
        let captures = try desk.store.numberedCaptures(Selection(camera: plot.camera, quality: .ok))
        let chosen = Set(series.compactMap { $0.capture.map { Array($0.utf8) } })
        let inSeries = captures.filter { chosen.contains(Array($0.path.utf8)) }
        return Array((inSeries.isEmpty ? captures : inSeries).suffix(Self.mostMoments))
    }

    private func lapse(_ moments: [NumberedCapture], plot: Plot, view: View) -> View.Context {
        let last = moments.count - 1
        let outline = if case .polygon(let outline) = plot.shape { outline } else { Outline() }
        let width = moments[last].width ?? 1, height = moments[last].height ?? 1
        return [
            "numbers": moments.map { "\($0.number)" }.joined(separator: ","),
            "times": moments.map { view.dates.minute($0.at) }.joined(separator: "|"),
            "shifts": moments.map(FlagPage.shiftText).joined(separator: "|"), "last": last,
            "picture": Address.capture(moments[last].number, width: width > 1600 ? 1600 : nil),
            "query": width > 1600 ? "?width=1600" : "", "when": view.dates.minute(moments[last].at), "width": width,
            "height": height,
            "points": outline.map { "\(Int($0.x)),\(Int($0.y))" }.joined(separator: " "),
        ]
    }

    private func flag(_ flag: Flag, record: String?, _ view: View) -> View.Context {
        [
            "link": Address.flag(flag.id), "id": flag.id, "kind": view.say(Terms.name(of: flag.kind)),
            "stage": view.say(Terms.name(of: flag.stage)), "when": view.dates.minute(flag.firstSeen),
            "status": view.say(Terms.name(of: flag.status)),
            "record": view.some(record.map { "\(view.say(Word.caseNumber)) \($0)" }),
            "decision": view.some(
                flag.decision.map { "\(view.say(Terms.text(of: $0.verdict))) · \($0.by) · \(view.dates.minute($0.at))" }
            ),
        ]
    }

    private func card(_ advice: Advice, _ view: View) -> View.Context {
        [
            "title": view.say(advice.title), "seen": view.say(advice.seen), "action": view.say(advice.action),
            "kindStyle": advice.kind.rawValue, "kindText": view.say(Terms.name(of: advice.kind)),
            "when": view.dates.day(of: advice.at), "confidence": DecimalText.percent(advice.confidence),
            "source": advice.source, "confirmed": advice.confirmedLocally,
        ]
    }
}
