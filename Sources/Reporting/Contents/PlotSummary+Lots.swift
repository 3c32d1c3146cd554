import Village

extension PlotSummary {
    /// The fruit that a sorting table showed on one day, each once.
    public struct Lot: Sendable {
        public var day: Day
        public var result: FruitResult

        public init(day: Day, result: FruitResult) {
            self.day = day
            self.result = result
        }

        private var diameters: [Double] { result.fruit.compactMap(\.diameterInMillimetres) }

        /// Millimetres; `nil` without a scale.
        public var diameterRange: ClosedRange<Double>? {
            guard let least = diameters.min(), let greatest = diameters.max() else { return nil }
            return least...greatest
        }

        /// Mean over the fruit whose colour could be judged.
        public var colourShare: Double? { mean(result.fruit.compactMap(\.figures.colourShare)) }

        /// Share of the fruit with a spot on its visible side; `nil` without a scale.
        public var spottedShare: Double? {
            mean(
                result.fruit.compactMap { fruit in
                    fruit.figures.largestSpotInMillimetres.map { _ in fruit.figures.spots.isEmpty ? 0 : 1 }
                })
        }

        private func mean(_ values: [Double]) -> Double? {
            values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
        }

        /// The lot in a few lines.
        public var facts: [Fact] {
            let count = result.fruit.count, pictures = result.pictures.count
            func same(_ text: String) -> Bilingual { Bilingual(zh: text, en: text) }
            func millimetres(_ value: Double) -> String { DecimalText.text(value, decimals: 1, padded: true) ?? "–" }
            var facts = [
                Fact(
                    name: Bilingual(zh: "最近一批", en: "last lot"),
                    value: Bilingual(
                        zh: "\(day)，\(count)个果，\(pictures)张照片", en: "\(day), \(count) fruits in \(pictures) pictures"))
            ]
            if let median = result.medianDiameter, let range = diameterRange {
                facts.append(
                    Fact(
                        name: Bilingual(zh: "直径中位数（最小–最大）", en: "median diameter (least – greatest)"),
                        value: same(
                            "\(millimetres(median)) mm (\(millimetres(range.lowerBound))–\(millimetres(range.upperBound)))"
                        )))
            }
            if count > 0, diameterRange == nil {
                facts.append(
                    Fact(
                        name: Bilingual(zh: "直径", en: "diameter"),
                        value: Bilingual(
                            zh: "量不出毫米：没有找到标尺，也没有给每毫米像素数",
                            en: "no millimetres: no marker was found and no pixels per millimetre are given")))
            }
            if count > 0 {
                func text(_ language: Language) -> String {
                    result.counts.map {
                        "\($0.name.text(in: language)) \($0.count) (\(DecimalText.percent(Double($0.count) / Double(count))))"
                    }.joined(separator: " · ")
                }
                facts.append(
                    Fact(
                        name: Bilingual(zh: "等级：\(result.name.zh)", en: "classes: \(result.name.en)"),
                        value: Bilingual(zh: text(.zh), en: text(.en))))
            }
            if let colour = colourShare {
                facts.append(
                    Fact(name: Bilingual(zh: "着色", en: "ripe colour"), value: same(DecimalText.percent(colour))))
            }
            if let spotted = spottedShare {
                facts.append(
                    Fact(
                        name: Bilingual(zh: "朝上一面有斑的", en: "with spots on the visible side"),
                        value: same(DecimalText.percent(spotted))))
            }
            return facts + [Fact(name: Bilingual(zh: "注意", en: "note"), value: FruitResult.note)]
        }
    }
}
