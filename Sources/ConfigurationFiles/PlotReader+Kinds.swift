import Foundation
import Village

/// What only some kinds of plots have.
extension PlotReader {
    /// Hours: from one picture an hour to a month away.
    private static let hours = 1.0...720.0
    private static let animals = 1...1_000_000

    func room(_ map: MappingNode, kind: Plot.Kind?) -> RoomSettings {
        guard isKind(kind, [.room], keys: Self.roomKeys, map) else { return RoomSettings() }
        return RoomSettings(
            noActivityHours: map["noActivityHours"]?.number(in: Self.hours) ?? RoomSettings.usualHours,
            away: map["away"].map { away($0) } ?? [], signs: map["signs"].flatMap(signs))
    }

    func pen(_ map: MappingNode, kind: Plot.Kind?) -> PenSettings {
        guard isKind(kind, [.poultry, .livestock], keys: Self.penKeys, map) else { return PenSettings() }
        return PenSettings(
            breed: map["breed"]?.text(), county: map["county"]?.text(),
            freshFruit: map["freshFruit"]?.boolean() ?? false, expected: map["expected"]?.integer(in: Self.animals),
            detector: map["detector"]?.identifier())
    }

    func fruit(_ map: MappingNode, kind: Plot.Kind?) -> FruitSettings {
        guard isKind(kind, [.fruit], keys: Self.fruitKeys, map) else { return FruitSettings() }
        return FruitSettings(
            table: map["grades"]?.identifier() ?? FruitSettings.usualTable, scale: scale(map),
            cameraHeight: map["cameraHeight"]?.number(in: FruitSettings.cameraHeights))
    }

    private func scale(_ map: MappingNode) -> FruitSettings.Scale? {
        if map["marker"] != nil, let density = map["pixelsPerMillimetre"] {
            density.fail(
                .init(
                    zh: "地块又写了 marker 又写了 pixelsPerMillimetre", en: "the plot has a marker and pixelsPerMillimetre"),
                remedy: .init(
                    zh: "画面里放着标尺就留 marker，否则留 pixelsPerMillimetre",
                    en: "keep \"marker\" where one lies in the picture, else \"pixelsPerMillimetre\""))
            return nil
        }
        if let density = map["pixelsPerMillimetre"] {
            return density.number(in: FruitSettings.Scale.densities).map { .pixelsPerMillimetre($0) }
        }
        guard let node = map["marker"], let text = node.text() else { return nil }
        if let scale = FruitSettings.Scale(marker: text) { return scale }
        let range = FruitSettings.Scale.markers
        let least = Node.short(range.lowerBound), most = Node.short(range.upperBound)
        node.fail(
            .init(zh: "marker 写的是“\(text)”", en: "the marker is \"\(text)\""),
            remedy: .init(
                zh: "请写 square:40（方块边长）或 coin:25（硬币直径），\(least) 到 \(most) 毫米",
                en: "write square:40 or coin:25, from \(least) to \(most) millimetres"))
        return nil
    }

    /// Tells a plot that its camera would not look at: the clerk would wait for flags in vain.
    func checkMeasured(_ kind: Plot.Kind, _ node: Node, by camera: String) {
        guard let measures = cameras.cameras.first(where: { $0.id == camera })?.measures, !measures.kinds.contains(kind)
        else { return }
        let words = measures.kinds.map(\.rawValue)
        let only: Bilingual =
            switch measures {
            case .all: .init(zh: "什么都量", en: "measures everything")
            case .colour, .means: .init(zh: "只量颜色", en: "measures colour only")
            case .growth: .init(zh: "只量长势", en: "measures growth only")
            case .construction: .init(zh: "只看搭建", en: "looks for building only")
            }
        node.fail(
            .init(
                zh: "摄像头“\(camera)”写了 measures: \(measures.rawValue)，\(only.zh)；这块地是 \(kind.rawValue)，这样得不出结果",
                en: "camera \"\(camera)\" \(only.en), which says nothing of a plot of kind \(kind.rawValue)"),
            remedy: .init(
                zh: "请删掉摄像头的 measures；measures: \(measures.rawValue) 只用于 \(words.joined(separator: "、"))",
                en: "remove the camera's \"measures\"; \"\(measures.rawValue)\" is for plots of kind "
                    + words.joined(separator: " or ")))
    }

    /// Tells keys that another kind of plot would have.
    private func isKind(_ kind: Plot.Kind?, _ kinds: [Plot.Kind], keys: [String], _ map: MappingNode) -> Bool {
        guard let kind else { return false }
        if kinds.contains(kind) { return true }
        let words = kinds.map(\.rawValue)
        for key in keys {
            map[key]?.fail(
                .init(
                    zh: "“\(key)”只用于 kind 是 \(words.joined(separator: "、")) 的地块，这里是 \(kind.rawValue)",
                    en:
                        "\"\(key)\" belongs to a plot of kind \(words.joined(separator: " or ")), this is \(kind.rawValue)"
                ),
                remedy: .init(zh: "请删掉它，或改 kind", en: "remove it, or change the kind"))
        }
        return false
    }

    /// One range or a list of them.
    private func away(_ node: Node) -> [DayRange] {
        if node.isMapping { return node.dayRange().map { [$0] } ?? [] }
        return node.list()?.compactMap { $0.dayRange() } ?? []
    }

    /// The file may be missing: a bracelet that has not sent anything yet stops nothing.
    private func signs(_ node: Node) -> String? {
        guard let name = node.text() else { return nil }
        guard (name as NSString).pathExtension.lowercased() == "csv" else {
            node.fail(
                .init(zh: "手环记录“\(name)”不是 CSV", en: "the signs of life \"\(name)\" are no CSV"),
                remedy: .init(zh: "请写 .csv 文件，第一列是时间", en: "name a .csv with a time in its first column"))
            return nil
        }
        return SiteReader.resolve(name, in: folder)
    }
}
