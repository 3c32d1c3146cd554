import Advising
import Analysis
import Archive
import Decoding
import Foundation
import Inspection
import Pixels
import Reporting
import Storage
import Village

extension ReportAssembly {
    /// - Parameters:
    ///   - days: of the charts; `nil` = those that were measured.
    ///   - growth: of all plots.
    ///   - withPictures: whether the turning points of the season are shown.
    func summary(
        of plot: Plot, days: ClosedRange<Day>? = nil, growth: Growth = Growth(), withPictures: Bool = true
    ) throws -> PlotSummary {
        if plot.kind == .room { return try roomSummary(of: plot) }
        if plot.kind == .fruit { return try fruitSummary(of: plot, withPicture: withPictures) }
        let series = try DailySeries(plot: plot.id, store: open.store, clock: open.clock, since: since, until: until)
            .days
        let ground = open.site.camera(plot.camera).flatMap(GroundPlane.init(of:))
        let outline = try outline(of: plot)
        let pen = plot.isPen ? try PenSummary(plot: plot, open: open, since: since, until: until) : nil
        let name = plot.crop.flatMap { models.crops.crop(named: $0)?.names }
        var summary = PlotSummary(
            plot: plot, cropName: name, series: series, facts: pen?.facts ?? [],
            figures: try pen?.figures(in: open.store) ?? [],
            state: PlotSummary.State(of: plot, flags: flags, advice: advice, hasReadings: !series.isEmpty),
            outline: outline,
            ground: ground.map { plane in outline.map { plane.metres.point($0) } },
            areaInSquareMetres: ground.flatMap { $0.areaInSquareMetres(of: Polygon(outline)) })
        switch open.site.camera(plot.camera)?.measures ?? .all {
        case .all: break
        case .construction:
            summary.isMeasured = false
            summary.notes.append(
                .init(
                    name: Bilingual(zh: "只看搭建", en: "building only"),
                    value: Bilingual(
                        zh: "不量颜色、覆盖度和花果",
                        en: "neither colour nor cover, blossom or fruit is measured")))
        case .growth:
            summary.notes.append(
                .init(
                    name: Bilingual(zh: "只量长势", en: "growth only"),
                    value: Bilingual(zh: "不看搭建", en: "no building is looked for")))
        case .colour, .means:
            summary.notes.append(
                .init(
                    name: Bilingual(zh: "只量颜色", en: "colour only"),
                    value: Bilingual(
                        zh: "不看覆盖度、花果和搭建，也看不出摄像头被挪动或遮挡",
                        en:
                            "no cover, blossom, fruit or building is looked for, nor whether the camera was moved or covered"
                    )))
        }
        if plot.kind == .orchard || plot.kind == .field, let first = series.first?.day, let last = series.last?.day {
            try addSeason(
                to: &summary, days: days ?? first...last, events: growth.events.filter { $0.plot == plot.id },
                withPictures: withPictures)
        }
        summary.stage = growth.stages[plot.id].map {
            PlotSummary.Stage(
                bbch: $0.stage.bbch, name: $0.stage.names, basis: $0.basis.rawValue, reason: $0.reason)
        }
        return summary
    }

    func roomSummary(of plot: Plot) throws -> PlotSummary {
        let room = try RoomSummary(plot: plot, store: open.store, clock: open.clock, since: since, until: until)
        return PlotSummary(
            plot: plot, series: [], facts: room.facts, figures: room.figure.map { [$0] } ?? [],
            state: PlotSummary.State(of: plot, flags: flags, advice: advice, hasReadings: room.hasReadings),
            outline: try outline(of: plot))
    }

    /// Lots day by day, and the last tray with what was seen on it drawn in.
    func fruitSummary(of plot: Plot, withPicture: Bool) throws -> PlotSummary {
        let table = try models.gradeTable(of: plot)
        let lots = try FruitLot.stored(of: plot, in: open.store, clock: open.clock, since: since, until: until)
        var summary = PlotSummary(
            plot: plot, cropName: plot.crop.flatMap { models.crops.crop(named: $0)?.names }, series: [],
            state: PlotSummary.State(of: plot, flags: flags, advice: advice, hasReadings: !lots.isEmpty),
            outline: try outline(of: plot))
        summary.lots = lots.map {
            PlotSummary.Lot(day: $0.day, result: FruitResult(table, pictures: $0.trays.map { .init($0, of: table) }))
        }
        summary.facts =
            summary.lots.last?.facts
            ?? [
                .init(
                    name: Bilingual(zh: "最近一批", en: "last lot"),
                    value: Bilingual(zh: "还没有看到果子", en: "no fruit seen yet"))
            ]
        guard withPicture, let tray = lots.last?.trays.last, let image = decoded(tray.capture) else { return summary }
        let drawn = PlaceStrip.shrunk(FruitGrading.overlay(of: image, fruit: tray.fruit, table: table), to: 1280)
        summary.figures = [
            PlotSummary.Figure(
                picture: picture(try Encoder.jpeg(drawn, quality: 82), of: drawn.size),
                caption: Bilingual(
                    zh: "最近一张：圈的颜色是等级（绿色最好，红色不入等，白色没有判定），紫圈是斑。" + FruitResult.note.zh,
                    en: "the last one: outlines by class (green best, red none, white not judged), spots in magenta. "
                        + FruitResult.note.en))
        ]
        return summary
    }

    func outline(of plot: Plot) throws -> Outline {
        switch plot.shape {
        case .polygon(let outline): return outline
        case .mask(let path):
            guard let bytes = try? MaskFile.bytes(path) else { return [] }
            guard let mask = try? Decoder().mask(bytes, insideIsZero: ImageFormat(firstBytes: bytes) == .tiff) else {
                return []
            }
            return Polygon(outlining: mask, tolerance: 2)?.vertices ?? []
        }
    }

    func inspection(of plot: Plot, at: Date) throws -> PlotInspection {
        var summary = try summary(of: plot, growth: growth())
        summary.notes += try DropAssembly(assembly: self).notes(on: plot)
        let plotFlags = flags.filter { $0.plot == plot.id || $0.neighbours.contains(plot.id) }
        let cards = advice.filter { $0.plot == plot.id }
        let seen = plot.isPen ? try SeenAnimals.stored(camera: plot.camera, plot: plot.id, in: open.store) : nil
        var paths = summary.series.suffix(3).compactMap(\.capture)
        paths += cards.compactMap(\.capture) + (summary.lots.last?.result.pictures.suffix(3).map(\.path) ?? [])
        var captures: [Capture] = []
        for path in Set(paths).sorted() {
            if let capture = try open.store.capture(camera: plot.camera, path: path) { captures.append(capture) }
        }
        return PlotInspection(
            at: at, plot: summary, flags: plotFlags, advice: cards, captures: captures,
            animals: seen.flatMap { seen in
                // What was counted after the moment that is asked for was not known then.
                guard seen.at <= at else { return nil }
                return PlotInspection.Animals(
                    capture: seen.capture, at: seen.at, boxes: seen.boxes.map { [$0.x, $0.y, $0.width, $0.height] })
            })
    }
}
