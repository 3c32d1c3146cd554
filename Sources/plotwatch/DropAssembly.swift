import Analysis
import Decoding
import Evidence
import Foundation
import Inspection
import Pixels
import Reporting
import Storage
import Village

/// What reports show of flights and of photographs from phones.
struct DropAssembly {
    let assembly: ReportAssembly

    private var open: OpenSite { assembly.open }

    /// Places of a patrol and pairs of photographs that a report shows, and their widths in pixels.
    private static let mostPlaces = 12, mostPairs = 40, placeWidth = 560, pairWidth = 360
    /// Of the place around what changed, as a share of its longer side.
    private static let margin = 0.6

    // MARK: Patrols

    /// The last two flights of a patrol that were compared; `nil` before that.
    func view(of patrol: Patrol) throws -> (flight: StoredFlight, view: PatrolView)? {
        let flights = try open.store.flights(patrol: patrol.id)
        // A flight that grew since stands there again.
        guard let newest = flights.map(\.match.after).max(),
            let last = flights.last(where: { $0.match.after == newest })
        else { return nil }
        let changes = try open.store.changes(of: last.id)
        let plots = try patrol.plots.map { try PatrolPlots(path: $0).plots } ?? []
        let rows = last.match.pairs.enumerated().map { PatrolView.Row(pair: $1, change: changes[$0]) }
        return (last, PatrolView(rows: rows, alone: last.match.alone, plots: plots))
    }

    func patrols() throws -> [PatrolSummary] {
        try open.site.patrols.compactMap { patrol in
            guard let (flight, view) = try view(of: patrol) else { return nil }
            let plots = view.plots.map { plot in
                let own = view.over(plot)
                return PatrolSummary.Plot(
                    id: plot.id, household: open.site.plot(plot.id)?.household, pictures: own.count,
                    greatestChange: own.compactMap { $0.change?.changedShare }.max(),
                    structures: own.map(\.structures.count).reduce(0, +))
            }
            let found = view.rows.flatMap { row in row.structures.map { (row: row, part: $0) } }
            let largest = found.sorted { $0.part.areaInPixels > $1.part.areaInPixels }
            return PatrolSummary(
                id: patrol.id, before: flight.match.before, after: flight.match.after, pictures: view.rows.count,
                matched: view.rows.count { $0.pair.after != nil },
                compared: view.rows.count { $0.change?.changedShare != nil }, plots: plots,
                places: try largest.prefix(Self.mostPlaces).map {
                    try place($0.part, $0.row, of: patrol, flight.match, on: view)
                }, structures: found.count)
        }
    }

    private func place(
        _ part: PictureChange.Part, _ row: PatrolView.Row, of patrol: Patrol, _ match: FlightMatch, on view: PatrolView
    ) throws -> PatrolSummary.Place {
        let below = open.site.archivePath(of: patrol.folder)
        let paths = (
            "\(below)/\(match.before)/\(row.pair.before)", "\(below)/\(match.after)/\(row.pair.after ?? "")"
        )
        var place = PatrolSummary.Place(
            before: paths.0, after: paths.1, plots: view.plots.filter { view.isOver($0, row) }.map(\.id),
            latitude: row.pair.latitude, longitude: row.pair.longitude, share: 0, pictures: nil)
        guard let before = assembly.decoded(paths.0) else { return place }
        place.share = Double(part.areaInPixels) / Double(max(1, before.size.area))
        guard let after = assembly.decoded(paths.1), let matrix = row.change?.matrix, matrix.count == 9,
            part.box.count == 4
        else { return place }
        let box = Region(x: part.box[0], y: part.box[1], width: part.box[2], height: part.box[3])
        let crop = box.expanded(by: Int(Double(max(box.width, box.height)) * Self.margin) + 1)
            .intersection(Region(before.size))
        guard !crop.isEmpty else { return place }
        let moved = Warp(of: after, by: Homography(matrix), size: before.size).image
        func cut(_ image: RGBImage) throws -> Reporting.Picture {
            let shown = PlaceStrip.shrunk(image.cropped(to: crop), to: Self.placeWidth)
            return assembly.picture(try Encoder.jpeg(shown, quality: 80), of: shown.size)
        }
        place.pictures = (try cut(before), try cut(moved))
        return place
    }

    // MARK: Pairs of photographs

    /// Those that wait first, then the newest.
    func pairs(accounts: [PointsAccount]) throws -> [CleanupSummary] {
        let waiting = Set(accounts.flatMap { $0.open.map(\.number) })
        let all = try open.store.handedInPairs().reversed().map { pair in
            (pair: pair, isOpen: pair.entry.map(waiting.contains) ?? false)
        }
        return try (all.filter(\.isOpen) + all.filter { !$0.isOpen }).prefix(Self.mostPairs).map { pair, isOpen in
            CleanupSummary(
                pair: pair, isOpen: isOpen, before: try coarse(pair.before.path),
                after: try pair.after.flatMap { try coarse($0.path) })
        }
    }

    /// A photograph in which nobody can be known: blocks larger than a head.
    private func coarse(_ path: String) throws -> Reporting.Picture? {
        guard let image = assembly.decoded(path) else { return nil }
        let small = PlaceStrip.shrunk(image, to: Self.pairWidth)
        return assembly.picture(try ShareCopy(of: small, others: []).bytes, of: small.size)
    }

    // MARK: One plot

    /// What flights and the household's points say of a plot.
    func notes(on plot: Plot) throws -> [PlotSummary.Fact] {
        var notes: [PlotSummary.Fact] = []
        func add(_ zh: String, _ en: String, _ value: Bilingual) {
            notes.append(.init(name: Bilingual(zh: zh, en: en), value: value))
        }
        for patrol in open.site.patrols {
            guard let (flight, view) = try view(of: patrol),
                let mapped = view.plots.first(where: { $0.id == plot.id })
            else { continue }
            let own = view.over(mapped), structures = own.map(\.structures.count).reduce(0, +)
            let most = own.compactMap { $0.change?.changedShare }.max().map(DecimalText.percent) ?? "–"
            add(
                "最近一次巡查（\(patrol.id)）", "last patrol (\(patrol.id))",
                Bilingual(
                    zh: "\(flight.match.before) → \(flight.match.after)，照片\(own.count)张，最大变化\(most)，要去看的\(structures)处",
                    en:
                        "\(flight.match.before) → \(flight.match.after), \(own.count) pictures, greatest change \(most), "
                        + "\(structures) places to look at"))
        }
        guard let household = plot.household else { return notes }
        if let account = try open.store.pointsAccounts().first(where: { $0.household == household }) {
            let open = account.open.map { "#\($0.number) +\($0.event.points ?? 0)" }.joined(separator: ", ")
            add(
                "积分", "points",
                Bilingual(
                    zh: "余额\(account.balance)，等待批准\(open.isEmpty ? "没有" : open)",
                    en: "balance \(account.balance), waiting \(open.isEmpty ? "none" : open)"))
        }
        if let last = try open.store.handedInPairs().last(where: { $0.household == household }) {
            let verdict = CleanupPair.Verdict(rawValue: last.verdict).flatMap { CleanupView.verdicts[$0] }
            let doubts = last.checks.filter { $0.holds != true }
            func text(_ language: Language) -> String {
                ([last.after?.path ?? last.before.path, verdict?.text(in: language)].compactMap { $0 }
                    + doubts.map { $0.text.text(in: language) }).joined(separator: "; ")
            }
            add("最近一对对比照", "last pair of photographs", Bilingual(zh: text(.zh), en: text(.en)))
        }
        return notes
    }
}
