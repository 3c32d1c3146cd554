import Village

extension TerminalForms {
    /// Each fruit on a line, the lot below, and the sentence that it is a first grading.
    public func fruit(_ result: FruitResult) -> String {
        var out = say(result.name) + "\n"
        let missing = "–"
        func number(_ value: Double?, _ decimals: Int) -> String {
            value.flatMap { DecimalText.text($0, decimals: decimals, padded: true) } ?? missing
        }
        for picture in result.pictures {
            out += "\n" + TextWidth.printable(picture.path) + "\n"
            var table = TerminalTable([
                .init("#", side: .right), .init(say(zh: "直径mm", en: "DIAMETER mm"), side: .right),
                .init(say(zh: "着色", en: "COLOUR"), side: .right), .init(say(zh: "斑点", en: "SPOTS"), side: .right),
                .init(say(zh: "最大斑mm", en: "LARGEST mm"), side: .right),
                .init(say(zh: "斑面积mm²", en: "AREA mm²"), side: .right), .init(say(zh: "等级", en: "CLASS")),
                .init(say(zh: "原因", en: "REASON"), isFlexible: true),
            ])
            for fruit in picture.fruit {
                let figures = fruit.figures
                table.add([
                    String(figures.number), number(fruit.diameterInMillimetres, 1),
                    figures.colourShare.map(DecimalText.percent) ?? missing, String(figures.spots.count),
                    number(figures.largestSpotInMillimetres, 1), number(figures.spotAreaInSquareMillimetres, 1),
                    fruit.grade.map { say($0.name) } ?? missing, fruit.reason.map { say($0) } ?? "",
                ])
            }
            out += picture.fruit.isEmpty ? say(zh: "没有找到果子\n", en: "no fruit found\n") : table.text(width: width)
            if picture.cutOff > 0 {
                out += say(
                    zh: "被画面边切掉的 \(picture.cutOff) 个没有量\n",
                    en: "\(picture.cutOff) cut by the picture's border were not measured\n")
            }
            if picture.unclear > 0 {
                out += say(
                    zh: "看不清是不是单个果子的 \(picture.unclear) 处没有量\n",
                    en: "\(picture.unclear) that are no clear single fruit were not measured\n")
            }
            for warning in picture.warnings { out += paragraph(say(warning), indent: 0) }
        }
        let all = result.fruit.count
        out += "\n" + say(zh: "全批 \(all) 个", en: "lot of \(all)")
        if let median = result.medianDiameter {
            out += say(zh: "，直径中位数 \(number(median, 1)) mm", en: ", median diameter \(number(median, 1)) mm")
        }
        out += "\n"
        for row in result.counts where all > 0 {
            out += "  \(say(row.name))\(colon)\(row.count) (\(DecimalText.percent(Double(row.count) / Double(all))))\n"
        }
        out += paragraph(say(FruitResult.note), indent: 0)
        out += paragraph(say(zh: "照片看不出：", en: "No picture shows: ") + say(result.notSeen), indent: 0)
        return out + paragraph(say(zh: "依据：", en: "By: ") + say(result.source), indent: 0)
    }
}
