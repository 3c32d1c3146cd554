import Village

extension PlotSummary.State {
    /// How a plot stands by its flags and advice; flags that a person has rejected do not count.
    public init(of plot: Plot, flags: [Flag], advice: [Advice], hasReadings: Bool) {
        let open = flags.filter {
            ($0.plot == plot.id || $0.neighbours.contains(plot.id)) && $0.stage != .removed && !$0.isRejected
        }
        if let flag = open.first(where: \.callsForAction) {
            self.init(level: .action, text: flag.explanation)
        } else if let card = advice.last(where: { $0.plot == plot.id && $0.kind == .anomaly }) {
            self.init(level: .attention, text: card.title)
        } else if let flag = open.first {
            self.init(level: .normal, text: flag.explanation)
        } else {
            self = hasReadings ? .nothingSeen : .noPictures
        }
    }

    public static let noPictures = Self(
        level: .unknown, text: Bilingual(zh: "还没有可用的照片", en: "no usable pictures yet"))
    public static let nothingSeen = Self(
        level: .normal, text: Bilingual(zh: "没有发现异常", en: "nothing out of the ordinary"))
}
