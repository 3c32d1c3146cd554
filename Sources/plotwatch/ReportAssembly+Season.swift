import Advising
import Foundation
import Inspection
import Reporting
import Storage
import Village

extension ReportAssembly {
    /// The season of the whole series, of which the report shows its days.
    func addSeason(
        to summary: inout PlotSummary, days: ClosedRange<Day>, events: [PlotEvent], withPictures: Bool
    ) throws {
        let plot = summary.plot
        let all = try DailySeries(plot: plot.id, store: open.store, clock: open.clock, until: until).days
        let season = PlotSeason(days: all, events: events)
        summary.smoothGCC = season.smooth(in: days)
        summary.expectedGCC = season.band(in: days)
        summary.lastYear = season.lastYear(of: days)
        summary.dates = season.dates(in: days, habit: plot.crop.flatMap { models.crops.crop(named: $0)?.habit })
        guard withPictures else { return }
        summary.moments = try Self.turningPoints(summary.dates).map { date in
            let capture = events.first { $0.sign.rawValue == date.kind && $0.on == date.day }?.capture
            let path = capture ?? season.capture(near: date.day)
            return PlotSummary.Moment(
                day: date.day, title: date.title,
                picture: try path.flatMap { try plotPicture($0, plot: plot, width: 320) },
                capture: path,
                taken: try path.flatMap { try open.store.capture(camera: plot.camera, path: $0)?.at }.map {
                    open.clock.day(of: $0)
                })
        }
    }

    /// At most four, evenly over the season; what has a name comes before what is only greener.
    private static func turningPoints(_ dates: [PlotSummary.SeasonDate]) -> [PlotSummary.SeasonDate] {
        let most = 4
        let named = dates.filter { $0.kind != "flush" && $0.kind != "pruning" }
        let rest = dates.filter { $0.kind == "flush" || $0.kind == "pruning" }
        let chosen = named.count >= most ? Array(named.suffix(most)) : named + rest.suffix(most - named.count)
        return chosen.sorted { $0.day < $1.day }
    }

    /// What the adviser says of all plots by the end of the report.
    struct Growth {
        /// What happened.
        var events: [PlotEvent] = []
        /// By plot, on the last day that was measured.
        var stages: [String: StageEstimate] = [:]
    }

    func growth() throws -> Growth {
        var series: [PlotSeries] = []
        var last: Day?
        for plot in open.site.plots where plot.kind == .orchard || plot.kind == .field {
            let days = try DailySeries(plot: plot.id, store: open.store, clock: open.clock, until: until).days
            if let end = days.last?.day { last = max(last ?? end, end) }
            series.append(PlotSeries(plot: plot, days: days))
        }
        guard let last else { return Growth() }
        let adviser = Adviser(
            library: models.crops, parameters: models.growth, weather: try VillageWeather(site: open.site).weather)
        return Growth(
            events: adviser.events(for: open.site, plots: series, until: last),
            stages: adviser.stages(for: open.site, plots: series, on: last))
    }
}
