import ConfigurationFiles
import Village

/// Reads a ``GradeTable``.
enum GradeFile {
    static func table(in document: Document) throws(ConfigurationError) -> GradeTable {
        var table: GradeTable?
        if let map = document.root.mapping(keys: ["table", "name", "source", "width", "ripe", "classes", "notSeen"]) {
            let id = map.required("table", example: "my-oranges")?.identifier()
            let name = map.required("name", example: "{zh: 脐橙, en: navel orange}")?.bilingual()
            let source = map.required("source", example: "{zh: 合同, en: contract}")?.bilingual()
            let notSeen = map.required("notSeen", example: "{zh: 糖度, en: sugar}")?.bilingual()
            let width = map.required("width", example: "widest")?.choice(GradeTable.Width.self)
            let ripe = map.required("ripe", example: "{from: 330, until: 420}").flatMap { range($0, in: 0...720) }
            var classes: [GradeClass] = []
            let list = map.required("classes", example: "[]")
            for item in list?.list() ?? [] {
                guard let entry = entry(item) else { continue }
                if classes.contains(where: { $0.id == entry.id }) {
                    item.fail(
                        .init(zh: "等级“\(entry.id)”写了两次", en: "the class \"\(entry.id)\" is there twice"),
                        remedy: .ownIdentifier)
                }
                classes.append(entry)
            }
            if let list, list.isList, classes.isEmpty {
                list.fail(
                    .init(zh: "分级表里没有等级", en: "the table has no class"),
                    remedy: .init(
                        zh: "请加上“- {id: first, zh: 一级, en: first, colourShare: 0.9}”",
                        en: "add \"- {id: first, zh: 一级, en: first, colourShare: 0.9}\""))
            }
            if let id, let name, let source, let notSeen, let width, let ripe {
                table = GradeTable(
                    id: id, name: name, source: source, notSeen: notSeen, width: width, ripe: ripe, classes: classes)
            }
        }
        try document.finish()
        guard let table else {
            throw ConfigurationError(
                document.file, .init(zh: "没有分级表", en: "no grade table"), remedy: .init(zh: "请写一份", en: "write one"))
        }
        return table
    }

    private static func entry(_ node: Node) -> GradeClass? {
        guard let map = node.mapping(keys: ["id", "zh", "en", "diameter", "colourShare", "spots", "blemish"]) else {
            return nil
        }
        let id = map.required("id", example: "first")?.identifier()
        let zh = map.required("zh", example: "一级")?.text(), en = map.required("en", example: "first")?.text()
        let spots = map["spots"].flatMap { $0.mapping(keys: ["most", "diameter"]) }
        let blemish = map["blemish"].flatMap { $0.mapping(keys: ["total", "largest"]) }
        // cm² in the file, as the standards have it.
        func area(_ name: String) -> Double? { blemish?[name]?.number(in: 0...1000).map { $0 * 100 } }
        guard let id, let zh, let en else { return nil }
        return GradeClass(
            id: id, name: Bilingual(zh: zh, en: en), diameter: map["diameter"].flatMap { range($0, in: 0...1000) },
            colourShare: map["colourShare"]?.number(in: 0...1), spotCount: spots?["most"]?.integer(in: 0...1000),
            spotDiameter: spots?["diameter"]?.number(in: 0...1000), blemishTotal: area("total"),
            blemishLargest: area("largest"))
    }

    private static func range(_ node: Node, in bounds: ClosedRange<Double>) -> ClosedRange<Double>? {
        guard let map = node.mapping(keys: ["from", "until"]),
            let from = map.required("from", example: "70")?.number(in: bounds),
            let until = map.required("until", example: "90")?.number(in: bounds)
        else { return nil }
        guard from <= until else {
            node.fail(
                .init(
                    zh: "终点 \(Node.short(until)) 小于起点 \(Node.short(from))",
                    en: "it ends (\(Node.short(until))) before it begins (\(Node.short(from)))"),
                remedy: .init(zh: "请对调", en: "exchange the two"))
            return nil
        }
        return from...until
    }
}
