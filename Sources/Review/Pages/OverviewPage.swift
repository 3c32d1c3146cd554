import Hummingbird
import Reporting
import Storage
import Village

/// The village: each camera's reference picture with its plots and latest flags, and the plots as a list.
struct OverviewPage: Sendable {
    /// Flags drawn on one picture: more would hide it.
    static let marksOnPicture = 30
    private static let flagsLooked = 300

    let desk: Desk

    func add(to router: Router<ReviewContext>) {
        router.get("/") { request, context in try page(desk.view(request, context)) }
        router.get("/map.json") { request, context in
            let view = try desk.view(request, context)
            return try GroundMap(view: view).response(states: states(view))
        }
    }

    private func page(_ view: View) throws -> Response {
        let counts = try desk.store.flagCounts()
        let page = try desk.store.unreviewedFlags(limit: Self.flagsLooked)
        let states = try states(view)
        let hasGround = try GroundMap(view: view).hasPlots()
        let cameras = try view.site.cameras.map { camera in
            try self.camera(camera, flags: page.flags.filter { $0.camera == camera.id }, states: states, view: view)
        }
        let files = try view.cases().filter { !$0.stage.isEnd }
        return try view.response(
            "overview",
            [
                "ground": hasGround, "hasLeaflet": desk.settings.leaflet != nil,
                "leaflet": hasGround && desk.settings.leaflet != nil,
                "scripts": hasGround && desk.settings.leaflet != nil
                    ? [["name": "leaflet.js"], ["name": "map.js"]] : false as Any,
                "openFiles": files.count, "lateFiles": files.filter { $0.isOverdue(on: view.today) }.count,
                "anyLate": files.contains { $0.isOverdue(on: view.today) },
                "title": view.say(Phrase.overview), "unreviewedCount": page.total,
                "openCount": counts.values.reduce(0) { $0 + $1.open }, "plotCount": states.count,
                "anyUnreviewed": page.total > 0, "firstFlag": view.some(page.flags.first.map { Address.flag($0.id) }),
                "cameras": view.some(cameras),
            ])
    }

    private func states(_ view: View) throws -> [String: PlotSummary.State] {
        let counts = try desk.store.flagCounts()
        let anomalies = try desk.store.latestAnomalies()
        var states: [String: PlotSummary.State] = [:]
        for plot in view.site.plots {
            states[plot.id] = try state(of: plot, counts: counts[plot.id], anomaly: anomalies[plot.id], view: view)
        }
        return states
    }

    private func state(of plot: Plot, counts: FlagCounts?, anomaly: Advice?, view: View) throws -> PlotSummary.State {
        if let counts, counts.open > 0 {
            return .init(
                level: .action,
                text: Bilingual(
                    zh: "\(counts.open)条线索未结，\(counts.unreviewed)条待判",
                    en: "\(counts.open) open, \(counts.unreviewed) to review"))
        }
        if let anomaly { return .init(level: .attention, text: anomaly.title) }
        return try desk.store.hasReadings(plot: plot.id) ? .nothingSeen : .noPictures
    }

    private func camera(_ camera: Camera, flags: [Flag], states: [String: PlotSummary.State], view: View) throws
        -> View.Context
    {
        let plots = view.site.plots(of: camera.id)
        let isPrivate = view.isPrivate(camera.id)
        let reference = isPrivate ? nil : try desk.views.reference(of: camera.id)
        let map = reference.flatMap { picture in
            PlotMap(
                width: picture.width, height: picture.height, picture: Address.reference(camera.id),
                entries: plots.compactMap { plot in
                    guard case .polygon(let outline) = plot.shape, let state = states[plot.id] else { return nil }
                    let title = "\(plot.id) · \(kind(plot, view)) · \(levelText(state, view))"
                    return .init(
                        id: plot.id, outline: outline, level: state.level, link: Address.plot(plot.id), title: title)
                },
                marks: flags.prefix(Self.marksOnPicture).map { flag in
                    .init(
                        label: "▲", outline: flag.drawnOutline, link: Address.flag(flag.id),
                        title: view.say(flag.explanation))
                }, title: view.say(Phrase.outlinesOf) + " " + camera.name
            ).svg()
        }
        return [
            "id": camera.id, "name": camera.name, "map": view.some(map), "private": isPrivate,
            "drawLink": "/cameras/\(camera.id)/draw", "canDraw": reference != nil,
            "manyMarks": flags.count > Self.marksOnPicture,
            "plots": view.some(
                plots.map { plot in
                    let state = states[plot.id] ?? .noPictures
                    return [
                        "id": plot.id, "link": Address.plot(plot.id), "kind": kind(plot, view),
                        "style": state.level.rawValue, "level": levelText(state, view), "text": view.say(state.text),
                        "household": view.site.householdLabel(plot.household, in: view.language),
                    ]
                }),
        ]
    }

    private func kind(_ plot: Plot, _ view: View) -> String { view.say(Terms.name(of: plot.kind)) }

    private func levelText(_ state: PlotSummary.State, _ view: View) -> String {
        PlotMap.symbol(state.level) + view.say(Terms.name(of: state.level))
    }
}
