import Decoding
import Foundation
import Inspection
import Pixels
import Reporting
import Storage
import Village

/// What a report says of a pen: how many animals, how they stand, and where.
struct PenSummary {
    let facts: [PlotSummary.Fact]
    private let plot: Plot

    /// Columns of the heat maps' pictures.
    private static let figureWidth = 640

    init(plot: Plot, open: OpenSite, since: Date?, until: Date?) throws {
        self.plot = plot
        var byPart: [DayPart: (sum: Double, pictures: Int)] = [:]
        var firstBare: Double?
        var last: Reading?, most: (count: Int, at: Date)?, counted = 0, empty = 0, outside = 0
        try open.store.forEachReading(Selection(plot: plot.id, since: since, until: until)) { reading in
            if firstBare == nil { firstBare = reading.value(.bareGround) }
            guard let count = reading.value(.count) else { return }
            let part = DayPart(hour: Int(open.clock.secondsOfDay(of: reading.at) / 3600))
            byPart[part, default: (0, 0)].sum += count
            byPart[part, default: (0, 0)].pictures += 1
            counted += 1
            if count == 0 { empty += 1 }
            if (reading.value(.outside) ?? 0) > 0 { outside += 1 }
            last = reading
            if Int(count) > most?.count ?? 0 { most = (Int(count), reading.at) }
        }
        func when(_ date: Date) -> String { String(open.clock.iso8601(date).prefix(16)).replacing("T", with: " ") }
        func figure(_ value: Double?, _ decimals: Int) -> String? {
            value.map { String(format: "%.\(decimals)f", $0) }
        }
        var facts: [PlotSummary.Fact] = []
        func add(_ zh: String, _ en: String, _ value: Bilingual) {
            facts.append(.init(name: Bilingual(zh: zh, en: en), value: value))
        }
        func plain(_ text: String) -> Bilingual { Bilingual(zh: text, en: text) }
        guard let last, let count = last.value(.count) else {
            add("看得见的只数", "animals seen", Bilingual(zh: "还没有数过", en: "not counted yet"))
            self.facts = facts
            return
        }
        let range = last.value(.countLow).flatMap { low in last.value(.countHigh).map { "\(Int(low))–\(Int($0))" } }
        add(
            "最近看得见的只数（至少）", "animals seen last (a lower bound)",
            plain("\(Int(count))\(range.map { " (\($0))" } ?? "") · \(when(last.at))"))
        if let most { add("最多看到", "most seen", plain("\(most.count) · \(when(most.at))")) }
        if let density = figure(last.value(.density), 0) {
            add("每亩只数", "animals a mu", plain(density))
        }
        if let spread = figure(last.value(.spread), 2) {
            add("分散指数（1为随机）", "spread (1 = at random)", plain(spread))
        }
        func joined(_ texts: [Bilingual]) -> Bilingual {
            Bilingual(
                zh: texts.map(\.zh).joined(separator: " · "), en: texts.map(\.en).joined(separator: " · "))
        }
        let day = DayPart.allCases.compactMap { part in
            byPart[part].map { seen in
                let mean = Int((seen.sum / Double(seen.pictures)).rounded())
                return Bilingual(zh: "\(part.names.zh) \(mean)", en: "\(part.names.en) \(mean)")
            }
        }
        if day.count > 1 { add("一天里平均看得见", "seen over the day, mean", joined(day)) }
        let places = try PenSummary.places(of: plot, in: open)
        if !places.isEmpty { add("一天里在哪里", "where over the day", joined(places)) }
        if let bare = last.value(.bareGround) {
            let now = "\(Int((bare * 100).rounded()))%"
            let before = firstBare.map { "\(Int(($0 * 100).rounded()))%" } ?? now
            add(
                "裸地（时段之初）", "bare ground (at first)",
                Bilingual(zh: "\(now)（\(before)）", en: "\(now) (\(before))"))
        }
        add(
            "数过的照片", "pictures counted",
            Bilingual(
                zh: "\(counted)张，其中\(empty)张一只没有，\(outside)张栏外有",
                en: "\(counted); none in \(empty), outside in \(outside)"))
        if let expected = plot.pen.expected {
            add("登记只数", "on the register", plain("\(expected)"))
        }
        self.facts = facts
    }

    // MARK: Where they are

    /// Of each part of the day where the middle of all that was seen is in the pen's picture.
    private static func places(of plot: Plot, in open: OpenSite) throws -> [Bilingual] {
        guard let heat = try HeatMap.stored(camera: plot.camera, plot: plot.id, in: open.store),
            let frame = try ReferencePicture.stored(camera: plot.camera, in: open.store)?.size,
            case .polygon(let outline) = plot.shape, let first = outline.first
        else { return [] }
        let low = outline.reduce(first) { SIMD2(min($0.x, $1.x), min($0.y, $1.y)) }
        let high = outline.reduce(first) { SIMD2(max($0.x, $1.x), max($0.y, $1.y)) }
        return DayPart.allCases.compactMap { part in
            heat.middle(in: part).map { middle in
                let at = middle * SIMD2(Double(frame.width), Double(frame.height))
                let share = (at - low) / SIMD2(max(high.x - low.x, 1), max(high.y - low.y, 1))
                func third(_ value: Double) -> Int { min(max(Int(value * 3), 0), 2) }
                let across = columns[third(share.x)], along = rows[third(share.y)]
                return Bilingual(
                    zh: "\(part.names.zh) \(along.zh)\(across.zh)", en: "\(part.names.en) \(along.en) \(across.en)")
            }
        }
    }

    private static let columns = [
        Bilingual(zh: "左侧", en: "left"), Bilingual(zh: "中间", en: "middle"), Bilingual(zh: "右侧", en: "right"),
    ]
    private static let rows = [
        Bilingual(zh: "远处", en: "far"), Bilingual(zh: "中段", en: "half-way"), Bilingual(zh: "近处", en: "near"),
    ]

    /// Where the animals stood, over the reference picture: the whole day, then each part of it in which some were seen.
    func figures(in store: Store) throws -> [PlotSummary.Figure] {
        guard let heat = try HeatMap.stored(camera: plot.camera, plot: plot.id, in: store),
            let reference = try ReferencePicture.stored(camera: plot.camera, in: store)
        else { return [] }
        let seen = try SeenAnimals.stored(camera: plot.camera, plot: plot.id, in: store)
        let whole = heat.drawn(over: PlaceStrip.shrunk(reference.image, to: PenSummary.figureWidth))
        let day = try figure(
            seen?.drawn(over: whole, frame: reference.image.size) ?? whole,
            Bilingual(
                zh: "全天。红色：常站的地方；黄框：最近一次数到的（\(seen?.boxes.count ?? 0)处，挨在一起的算一处）",
                en: "All day. Red: where they stood; boxes: those counted last (\(seen?.boxes.count ?? 0), "
                    + "those that touch in one)"))
        let small = PlaceStrip.shrunk(reference.image, to: PenSummary.figureWidth / 2)
        let parts = try DayPart.allCases.compactMap { part -> PlotSummary.Figure? in
            let sightings = heat.counts(in: part).reduce(0, +)
            guard sightings > 0 else { return nil }
            return try figure(
                heat.drawn(over: small, in: part),
                Bilingual(
                    zh: "\(part.names.zh)（\(part.hours)点）：见到\(sightings)次",
                    en: "\(part.names.en) (\(part.hours) h): seen \(sightings) times"))
        }
        return [day] + parts
    }

    private func figure(_ image: RGBImage, _ caption: Bilingual) throws -> PlotSummary.Figure {
        PlotSummary.Figure(
            picture: Picture(
                bytes: try Encoder.jpeg(image, quality: 80), width: image.width, height: image.height),
            caption: caption)
    }
}
