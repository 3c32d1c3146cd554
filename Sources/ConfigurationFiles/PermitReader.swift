import Village

struct PermitReader {
    let plots: ReadPlots

    static let keys = ["plot", "number", "from", "until", "polygon"]

    func permits(_ site: MappingNode) -> [Permit] {
        guard let items = site["permits"]?.list() else { return [] }
        return items.compactMap { permit($0) }
    }

    private func permit(_ item: Node) -> Permit? {
        guard let map = item.mapping(keys: Self.keys) else { return nil }
        let plotNode = map.required("plot", example: plots.ids.first ?? "b3")
        let plot = plotNode?.text()
        if let plot, let plotNode, !plots.ids.contains(plot) {
            plotNode.fail(
                .init(zh: "没有地块“\(plot)”", en: "there is no plot \"\(plot)\""),
                remedy: NearestName.question(plot, among: plots.ids)
                    ?? .init(zh: "请在 plots 里加上它", en: "add it to \"plots\""))
        }
        let number = map.required("number", example: "乡字第2024-017号")?.text()
        let from = map["from"]?.day()
        let until = map["until"]?.day()
        if let from, let until, until < from {
            map["until"]?.fail(
                .init(
                    zh: "许可的结束日 \(until) 早于开始日 \(from)", en: "the permit ends (\(until)) before it begins (\(from))"),
                remedy: .init(zh: "请把 from 和 until 对调", en: "exchange \"from\" and \"until\""))
        }
        let polygon = map["polygon"].flatMap { OutlineReader.outline($0) }
        guard let plot, let number else { return nil }
        return Permit(plot: plot, number: number, valid: DayRange(from: from, until: until), polygon: polygon)
    }
}
