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

    private static let parts: [(name: Bilingual, hours: Range<Int>)] = [
        (Bilingual(zh: "夜里", en: "night"), 0..<5), (Bilingual(zh: "早上", en: "morning"), 5..<10),
        (Bilingual(zh: "中午", en: "midday"), 10..<15), (Bilingual(zh: "傍晚", en: "evening"), 15..<20),
        (Bilingual(zh: "晚上", en: "late evening"), 20..<24),
    ]

    /// Columns of the heat map's picture.
    private static let figureWidth = 640

    init(plot: Plot, open: OpenSite, since: Date?, until: Date?) throws {
        self.plot = plot
        var byPart: [(sum: Double, pictures: Int)] = Array(repeating: (0, 0), count: PenSummary.parts.count)
        var firstBare: Double?
        var last: Reading?, most: (count: Int, at: Date)?, counted = 0, empty = 0, outside = 0
        try open.store.forEachReading(Selection(plot: plot.id, since: since, until: until)) { reading in
            if firstBare == nil { firstBare = reading.value(.bareGround) }
            guard let count = reading.value(.count) else { return }
            let hour = Int(open.clock.secondsOfDay(of: reading.at) / 3600)
            if let part = PenSummary.parts.firstIndex(where: { $0.hours.contains(hour) }) {
                byPart[part].sum += count
                byPart[part].pictures += 1
            }
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
        let day = zip(PenSummary.parts, byPart).filter { $0.1.pictures > 0 }
        if day.count > 1 {
            func text(_ language: Language) -> String {
                day.map { "\($0.name.text(in: language)) \(Int(($1.sum / Double($1.pictures)).rounded()))" }
                    .joined(separator: " · ")
            }
            add("一天里平均看得见", "seen over the day, mean", Bilingual(zh: text(.zh), en: text(.en)))
        }
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

    /// Where the animals stood, over the reference picture.
    func figure(in store: Store) throws -> PlotSummary.Figure? {
        guard let heat = try HeatMap.stored(camera: plot.camera, plot: plot.id, in: store),
            let reference = try ReferencePicture.stored(camera: plot.camera, in: store)
        else { return nil }
        let width = min(PenSummary.figureWidth, reference.size.width)
        let size = Size(width: width, height: max(1, reference.size.height * width / reference.size.width))
        var image = heat.drawn(over: reference.image.size == size ? reference.image : reference.image.resized(to: size))
        let seen = try SeenAnimals.stored(camera: plot.camera, plot: plot.id, in: store)
        if let seen { image = seen.drawn(over: image, frame: reference.image.size) }
        return PlotSummary.Figure(
            picture: Picture(bytes: try Encoder.jpeg(image, quality: 80), width: size.width, height: size.height),
            caption: Bilingual(
                zh: "红色：常站的地方；黄框：最近一次数到的（\(seen?.boxes.count ?? 0)处，挨在一起的算一处）",
                en:
                    "red: where they stood; boxes: those counted last (\(seen?.boxes.count ?? 0), those that touch in one)"
            ))
    }
}
