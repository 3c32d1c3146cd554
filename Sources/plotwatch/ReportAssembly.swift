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

/// Collects from the store what a report shows.
struct ReportAssembly {
    let open: OpenSite
    let models: Models
    let since: Date?
    let until: Date?
    let flags: [Village.Flag]
    let advice: [Advice]

    /// Of everything that is stored, with flags and advice that were picked already.
    init(open: OpenSite, models: Models, flags: [Village.Flag], advice: [Advice]) {
        self.open = open
        self.models = models
        (since, until) = (nil, nil)
        self.flags = flags
        self.advice = advice
    }

    init(open: OpenSite, models: Models, since: Date?, until: Date?) throws {
        self.open = open
        self.models = models
        self.since = since
        self.until = until
        // What was known by then: a flag that was confirmed, a card that was raised.
        flags = try open.store.flags().filter { flag in
            (until.map { flag.confirmedAt < $0 } ?? true) && (since.map { flag.lastSeen >= $0 } ?? true)
                && (flag.withdrawn == nil || flag.decision != nil)
        }
        advice = try open.store.advice().filter { card in
            (until.map { card.at < $0 } ?? true) && (since.map { card.at >= $0 } ?? true)
        }
    }

    /// The moment of the last capture.
    var latest: Date? {
        get throws {
            var latest: Date?
            for camera in open.site.cameras {
                guard let at = try open.store.lastCapture(camera: camera.id)?.at else { continue }
                latest = max(latest ?? at, at)
            }
            return latest
        }
    }

    // MARK: Plots

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

    /// The season of the whole series, of which the report shows its days.
    private func addSeason(
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

    private func roomSummary(of plot: Plot) throws -> PlotSummary {
        let room = try RoomSummary(plot: plot, store: open.store, clock: open.clock, since: since, until: until)
        return PlotSummary(
            plot: plot, series: [], facts: room.facts, figures: room.figure.map { [$0] } ?? [],
            state: PlotSummary.State(of: plot, flags: flags, advice: advice, hasReadings: room.hasReadings),
            outline: try outline(of: plot))
    }

    /// Lots day by day, and the last tray with what was seen on it drawn in.
    private func fruitSummary(of plot: Plot, withPicture: Bool) throws -> PlotSummary {
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

    private func outline(of plot: Plot) throws -> Outline {
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
        summary.notes = try DropAssembly(assembly: self).notes(on: plot)
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

    /// Whether the camera sees a room, whose pictures no report shows.
    private func isPrivate(_ camera: String) -> Bool {
        open.site.seesRoom(camera)
    }

    // MARK: The whole report

    func contents(now: Date, kernels: String) throws -> ReportContents {
        let site = open.site
        var cameras: [CameraSummary] = []
        var unusable: [Capture] = []
        for camera in site.cameras {
            var first: Date?, last: Date?
            var usableDays: Set<Int> = []
            var counts: [Quality: Int] = [:]
            try open.store.forEachCapture(Selection(camera: camera.id, since: since, until: until)) { capture in
                counts[capture.quality, default: 0] += 1
                if let at = capture.at {
                    first = min(first ?? at, at)
                    last = max(last ?? at, at)
                    if capture.quality == .ok { usableDays.insert(open.clock.day(of: at).number) }
                }
                if capture.quality != .ok { unusable.append(capture) }
            }
            // Files without a time belong to no period: they are told whatever was asked for.
            if since != nil || until != nil {
                try open.store.forEachCapture(Selection(camera: camera.id)) { capture in
                    guard capture.at == nil else { return }
                    counts[capture.quality, default: 0] += 1
                    unusable.append(capture)
                }
            }
            let reference = try ReferencePicture.stored(camera: camera.id, in: open.store)
            cameras.append(
                CameraSummary(
                    camera: camera, captures: counts, first: first, last: last, usableDays: usableDays.count,
                    frameWidth: reference?.size.width ?? 0, frameHeight: reference?.size.height ?? 0,
                    reference: try (isPrivate(camera.id) ? nil : reference).map {
                        try picture(
                            Encoder.jpeg(PlaceStrip.shrunk($0.image, to: 1280), quality: 80),
                            of: PlaceStrip.shrunk($0.image, to: 1280).size)
                    },
                    notes: CameraSummary.notes(on: counts)))
        }
        var pictures: [FlagPictures] = []
        let cases = try open.store.caseNumbers()
        for flag in flags {
            var shown = try self.pictures(of: flag, showsBetween: true)
            shown.caseNumber = cases[flag.id]
            pictures.append(shown)
        }
        let growth = try growth()
        let accounts = PointsAccount.ranked(try open.store.pointsAccounts())
        var contents = ReportContents(
            site: site,
            period: DayRange(
                from: since.map(open.clock.day), until: until.map { open.clock.day(of: $0.addingTimeInterval(-1)) }),
            generatedAt: now, toolVersion: Tool.version, kernels: kernels, cameras: cameras,
            plots: try site.plots.map { try summary(of: $0, growth: growth) },
            flags: pictures, advice: advice, adviceThumbnails: try thumbnails(), unusable: unusable,
            points: accounts)
        let drops = DropAssembly(assembly: self)
        contents.patrols = try drops.patrols()
        contents.pairs = try drops.pairs(accounts: accounts)
        return contents
    }

    // MARK: Pictures

    func picture(_ bytes: [UInt8], of size: Size) -> Reporting.Picture {
        Reporting.Picture(bytes: bytes, width: size.width, height: size.height)
    }

    /// `nil` where no such flag is raised any more.
    func pictures(ofFlag id: String) throws -> FlagPictures? {
        try open.store.flag(id).map { try pictures(of: $0) }
    }

    /// Before and after cut to the same rectangle around the region, and the region drawn over the latter.
    private func pictures(of flag: Village.Flag, showsBetween: Bool = false) throws -> FlagPictures {
        let decoder = Decoder()
        func stored(_ part: EvidencePart) throws -> [UInt8]? {
            guard let number = EvidencePart.candidate(of: flag.id) else { return nil }
            return try open.store.picture(PictureKey(camera: flag.camera, name: part.pictureName(of: number))).map {
                [UInt8]($0)
            }
        }
        if isPrivate(flag.camera) { return FlagPictures(flag: flag, before: nil, after: nil, mask: nil) }
        let after = try stored(.after).flatMap { try? decoder.rgb($0).content }
        let before = try stored(.before).flatMap { try? decoder.rgb($0).content }
        let mask = try stored(.mask).flatMap { try? decoder.mask($0, insideIsZero: false) }
        guard let size = after?.size ?? before?.size else {
            return FlagPictures(flag: flag, before: nil, after: nil, mask: nil)
        }
        let crop = PlaceStrip.crop(of: flag, in: size)
        func cut(_ image: RGBImage?) throws -> Reporting.Picture? {
            guard let image, image.size == size, !crop.isEmpty else { return nil }
            let part = PlaceStrip.shrunk(image.cropped(to: crop), to: 720)
            return picture(try Encoder.jpeg(part, quality: 82), of: part.size)
        }
        let overlay = mask.flatMap { mask in after.map { MaskOverlay.drawn(mask, over: $0) } }
        let originals = try ConstructionHistory(camera: flag.camera, store: open.store).originals(of: flag.id)
        func capture(_ path: String?) throws -> Capture? {
            try path.flatMap { try open.store.capture(camera: flag.camera, path: $0) }
        }
        var pictures = FlagPictures(
            flag: flag, before: try cut(before), after: try cut(after), mask: try cut(overlay),
            beforeCapture: try capture(originals.before),
            afterCapture: try capture(originals.after))
        if showsBetween { pictures.between = try between(pictures, crop, of: size) }
        return pictures
    }

    /// The same rectangle in captures between before and after; one that has gone from the archive leaves fewer.
    private func between(_ pictures: FlagPictures, _ crop: Region, of size: Size) throws -> [FlagPictures.Moment] {
        let strip = PlaceStrip(open: open, size: size)
        let captures = try strip.captures(
            camera: pictures.flag.camera, from: pictures.beforeCapture, to: pictures.afterCapture)
        return try captures.compactMap { capture in
            guard let image = decoded(capture.path) else { return nil }
            return try strip.look(at: crop, of: capture, in: image).map { .init(capture: capture, picture: $0) }
        }
    }

    /// The part of the picture that an advice card is about.
    private func thumbnails() throws -> [String: Reporting.Picture] {
        var thumbnails: [String: Reporting.Picture] = [:]
        for card in advice {
            guard let path = card.capture, let plot = open.site.plot(card.plot), !isPrivate(plot.camera) else {
                continue
            }
            thumbnails[card.id] = try plotPicture(path, plot: plot, width: 480)
        }
        return thumbnails
    }

    /// A capture of the archive; `nil` where it has gone or cannot be decoded.
    func decoded(_ path: String) -> RGBImage? {
        guard let file = try? FileReader(archive: open.site.archive).read(path: path) else { return nil }
        return try? Decoder().rgb(file.bytes).content
    }

    /// A plot cut out of a capture; `nil` where the picture can't be read or doesn't hold the plot.
    private func plotPicture(_ path: String, plot: Plot, width: Int) throws -> Reporting.Picture? {
        guard let image = decoded(path) else { return nil }
        let bounds = Polygon(try outline(of: plot)).bounds.expanded(by: 24).intersection(Region(image.size))
        guard !bounds.isEmpty else { return nil }
        let part = PlaceStrip.shrunk(image.cropped(to: bounds), to: width)
        return picture(try Encoder.jpeg(part, quality: 78), of: part.size)
    }
}

/// A region shown on a picture: outside dimmed, its outline bright.
enum MaskOverlay {
    static func drawn(_ mask: Mask, over image: RGBImage) -> RGBImage {
        guard mask.size == image.size else { return image }
        var result = image
        let rim = mask.dilated(by: .disc(radius: 2)).subtracting(mask)
        for i in mask.bytes.indices {
            if rim.bytes[i] != 0 {
                (result.bytes[3 * i], result.bytes[3 * i + 1], result.bytes[3 * i + 2]) = (255, 80, 0)
            } else if mask.bytes[i] == 0 {
                for k in 0..<3 { result.bytes[3 * i + k] = UInt8((Int(result.bytes[3 * i + k]) * 5 + 60 * 4) / 9) }
            }
        }
        return result
    }
}
