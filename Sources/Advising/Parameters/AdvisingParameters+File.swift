import ConfigurationFiles
import Village

extension AdvisingParameters {
    /// Reads `growth.yaml`; a key that is left out keeps its standard value.
    ///
    /// - Throws: everything that is wrong in the file, by line.
    public static func load(path: String) throws(ConfigurationError) -> AdvisingParameters {
        try read(Document(path: path))
    }

    static func read(_ document: Document) throws(ConfigurationError) -> AdvisingParameters {
        var parameters = AdvisingParameters()
        if let map = document.root.mapping(keys: ["anomaly", "events", "weeds", "cards", "weather"]) {
            if let node = map["anomaly"] { parameters.anomaly.read(node) }
            if let node = map["events"] { parameters.events.read(node) }
            if let node = map["weeds"] { parameters.weeds.read(node) }
            if let node = map["cards"] { parameters.cards.read(node) }
            if let node = map["weather"] { parameters.weather.read(node) }
        }
        try document.finish()
        return parameters
    }
}

extension MappingNode {
    fileprivate func set(_ value: inout Double, _ key: String, _ range: ClosedRange<Double>) {
        if let number = self[key]?.number(in: range) { value = number }
    }

    fileprivate func set(_ value: inout Int, _ key: String, _ range: ClosedRange<Int>) {
        if let number = self[key]?.integer(in: range) { value = number }
    }

    fileprivate func set(_ table: inout [Quantity: Double], _ key: String) {
        let quantities = AdvisingParameters.Anomaly.quantities
        guard let map = self[key]?.mapping(keys: quantities.map(\.rawValue)) else { return }
        for quantity in quantities {
            if let number = map[quantity.rawValue]?.number(in: 0...1) { table[quantity] = number }
        }
    }
}

extension AdvisingParameters.Anomaly {
    fileprivate mutating func read(_ node: Node) {
        let keys = [
            "z", "rows", "greennessRows", "maximumGapInDays", "baselineDays", "lagDays", "minimumRows", "ownShare",
            "quietDays", "withoutNeighbours", "alone",
            "effects", "scaleFloors",
        ]
        guard let map = node.mapping(keys: keys) else { return }
        map.set(&z, "z", 1...10)
        map.set(&rows, "rows", 1...10)
        map.set(&greennessRows, "greennessRows", 1...10)
        map.set(&maximumGapInDays, "maximumGapInDays", 1...30)
        map.set(&baselineDays, "baselineDays", 20...120)
        map.set(&lagDays, "lagDays", 3...30)
        map.set(&minimumRows, "minimumRows", 3...60)
        map.set(&ownShare, "ownShare", 0...1)
        map.set(&quietDays, "quietDays", 1...365)
        map.set(&withoutNeighbours, "withoutNeighbours", 1...5)
        map.set(&alone, "alone", 1...10)
        map.set(&effects, "effects")
        map.set(&scaleFloors, "scaleFloors")
        if lagDays >= baselineDays {
            map["lagDays"]?.fail(
                .init(
                    zh: "lagDays（\(lagDays)）把 baselineDays（\(baselineDays)）占完了",
                    en: "lagDays (\(lagDays)) leaves nothing of baselineDays (\(baselineDays))"),
                remedy: .init(zh: "请改小", en: "make it smaller"))
        }
    }
}

extension AdvisingParameters.Events {
    fileprivate mutating func read(_ node: Node) {
        let keys = [
            "rows", "baselineDays", "slackDays", "bloomRise", "bloomRiseAmongLeaves", "peakFall", "colouringRise",
            "leafRise",
            "pruningCoverDrop", "pruningCoverDropInWindow", "pruningSteps", "pruningGreenDrop",
            "stepDays", "stepDaysInWindow",
        ]
        guard let map = node.mapping(keys: keys) else { return }
        map.set(&rows, "rows", 1...10)
        map.set(&baselineDays, "baselineDays", 20...200)
        map.set(&slackDays, "slackDays", 0...90)
        map.set(&bloomRise, "bloomRise", 0...1)
        map.set(&bloomRiseAmongLeaves, "bloomRiseAmongLeaves", 0...1)
        map.set(&peakFall, "peakFall", 0...1)
        map.set(&colouringRise, "colouringRise", 0...1)
        map.set(&leafRise, "leafRise", 0...0.3)
        map.set(&pruningCoverDrop, "pruningCoverDrop", 0...1)
        map.set(&pruningCoverDropInWindow, "pruningCoverDropInWindow", 0...1)
        map.set(&pruningSteps, "pruningSteps", 0...10)
        map.set(&pruningGreenDrop, "pruningGreenDrop", 0...0.3)
        map.set(&stepDays, "stepDays", 1...15)
        map.set(&stepDaysInWindow, "stepDaysInWindow", 1...30)
    }
}

extension AdvisingParameters.Weeds {
    fileprivate mutating func read(_ node: Node) {
        guard let map = node.mapping(keys: ["rise", "level", "quietDays"]) else { return }
        map.set(&rise, "rise", 0...1)
        map.set(&level, "level", 0...1)
        map.set(&quietDays, "quietDays", 1...365)
    }
}

extension AdvisingParameters.WeatherLimits {
    fileprivate mutating func read(_ node: Node) {
        guard let map = node.mapping(keys: ["frost", "heavyRain", "soakingRain", "scorchDays"]) else { return }
        map.set(&frost, "frost", -10...5)
        map.set(&heavyRain, "heavyRain", 10...500)
        map.set(&soakingRain, "soakingRain", 20...1000)
        map.set(&scorchDays, "scorchDays", 1...21)
    }
}

extension AdvisingParameters.Cards {
    fileprivate mutating func read(_ node: Node) {
        guard let map = node.mapping(keys: ["perHousehold", "periodDays"]) else { return }
        map.set(&perHousehold, "perHousehold", 1...50)
        map.set(&periodDays, "periodDays", 1...90)
    }
}
