import Foundation
import Series
import Village

/// Turns the daily series of a village's plots into cards for its households.
///
/// The days are walked in order and a card rests on the days up to its own only, so that the same series give the same
/// cards whether they are judged every night or once at the end.
///
/// - Note: A card says "go and look": no sign in a picture is a diagnosis.
public struct Adviser: Sendable {
    public let library: CropLibrary
    public let parameters: AdvisingParameters
    /// Of the village; of each day only what lies before it is used.
    public let weather: Weather

    public init(library: CropLibrary, parameters: AdvisingParameters = .standard, weather: Weather = Weather([])) {
        self.library = library
        self.parameters = parameters
        self.weather = weather
    }

    /// The cards raised on the days from `from` to `until`, both included, in the order of time.
    ///
    /// - Parameter plots: of all cameras, with all their past; plots of a crop that the library doesn't know serve as
    ///   neighbours only.
    public func cards(for site: Site, plots: [PlotSeries], from: Day, until: Day) -> [Advice] {
        guard from <= until else { return [] }
        var candidates: [Candidate] = []
        for (camera, series) in Dictionary(grouping: plots, by: \.plot.camera) {
            let grid = CameraGrid(
                camera: camera, series: series, library: library, location: site.location, until: until,
                weather: weather)
            candidates += CameraCandidates(grid: grid, parameters: parameters).candidates(until: until)
        }
        let clock = SiteClock(timeZone: site.timeZone)
        return CardSchedule(parameters: parameters.cards).cards(candidates).filter { (from...until).contains($0.sent) }
            .map { advice($0.candidate, on: $0.sent, site: site, clock: clock) }
    }

    /// The growth stage of each plot on a day, with data up to that day; plots of unknown crops are left out.
    public func stages(for site: Site, plots: [PlotSeries], on day: Day) -> [String: StageEstimate] {
        var stages: [String: StageEstimate] = [:]
        for (camera, series) in Dictionary(grouping: plots, by: \.plot.camera) {
            let grid = CameraGrid(
                camera: camera, series: series, library: library, location: site.location, until: day, weather: weather)
            let watch = GrowthWatch(grid: grid, parameters: parameters)
            for (index, plot) in grid.plots.enumerated() {
                guard let crop = plot.crop else { continue }
                stages[plot.plot.id] = StageEstimate(
                    crop: crop, region: plot.region, day: day, marks: watch.marks[index], weather: weather)
            }
        }
        return stages
    }

    /// What happened on the plots up to a day, by plot and time: blossom, colouring, harvest, cuts.
    public func events(for site: Site, plots: [PlotSeries], until: Day) -> [PlotEvent] {
        var events: [PlotEvent] = []
        for (camera, series) in Dictionary(grouping: plots, by: \.plot.camera) {
            let grid = CameraGrid(
                camera: camera, series: series, library: library, location: site.location, until: until,
                weather: weather)
            for finding in GrowthWatch(grid: grid, parameters: parameters).findings {
                guard case .event(let sign, let on, _, let amount) = finding.fact else { continue }
                let member = grid.plots[finding.member]
                events.append(
                    PlotEvent(
                        plot: member.plot.id, crop: member.crop?.id, sign: sign, on: on, found: finding.day,
                        amount: amount, capture: grid.capture(of: finding.member, on: on, until: finding.row)))
            }
        }
        return events.sorted { ($0.plot, $0.on, $0.sign.rawValue) < ($1.plot, $1.on, $1.sign.rawValue) }
    }

    /// The hour at which the cards of a day are raised, by the site's clock: after its pictures.
    private static let hour = 20

    private func advice(_ candidate: Candidate, on day: Day, site: Site, clock: SiteClock?) -> Advice {
        let at =
            clock?.instant(day: day, hour: Self.hour, minute: 0, second: 0)
            ?? Date(timeIntervalSince1970: Double(day.number) * 86_400)
        return Advice(
            id: CardID.of([site.id, candidate.plots[0], candidate.rule, candidate.occasion]), plot: candidate.plots[0],
            household: candidate.household, camera: candidate.camera, crop: candidate.crop.id, kind: candidate.kind,
            at: at, bbch: candidate.bbch,
            title: candidate.text.title, seen: candidate.seen(candidate.plots), action: candidate.text.action,
            message: candidate.text.message, confidence: candidate.confidence,
            source: candidate.text.source, rule: "\(candidate.crop.id)/\(candidate.rule)",
            confirmedLocally: candidate.text.isConfirmed, capture: candidate.capture)
    }
}
