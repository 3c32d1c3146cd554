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
            let near = NearestName.of(plot, among: plots.ids).map { "did you mean \"\($0)\"?" }
            plotNode.fail("there is no plot \"\(plot)\"", remedy: near ?? "add it to \"plots\"")
        }
        let number = map.required("number", example: "乡字第2024-017号")?.text()
        let from = map["from"]?.day()
        let until = map["until"]?.day()
        if let from, let until, until < from {
            map["until"]?.fail(
                "the permit ends (\(until)) before it begins (\(from))", remedy: "exchange \"from\" and \"until\"")
        }
        let polygon = map["polygon"].flatMap { OutlineReader.outline($0) }
        guard let plot, let number else { return nil }
        return Permit(plot: plot, number: number, valid: DayRange(from: from, until: until), polygon: polygon)
    }
}
