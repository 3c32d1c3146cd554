import ConfigurationFiles
import Series
import Village

/// Reads one file of `models/crops`; every fault is told with its line.
struct CropFile {
    /// Characters that a title or an action may have, so that radio and phone can carry them.
    static let longestTitle = (zh: 18, en: 48)
    static let longestAction = (zh: 80, en: 170)

    let root: Node
    var regionIDs: Set<String> = []
    var stageIDs: Set<String> = []

    init(root: Node) { self.root = root }

    mutating func crop(file: String, name: String) -> Crop? {
        let keys = [
            "crop", "names", "aliases", "habit", "defaultRegion", "regions", "stages", "work", "symptoms", "events",
        ]
        guard let map = root.mapping(keys: keys) else { return nil }
        let id = map.required("crop", example: name)?.identifier()
        if let id, id != name {
            Self.misnamed(map["crop"], id, file: name)
        }
        let names = map.required("names", example: "{zh: …, en: …}")?.bilingual()
        let aliases = map["aliases"]?.texts() ?? []
        let habit = map.required("habit", example: "evergreen")?.choice(Crop.Habit.self)
        let regions = list(map.required("regions", example: "[…]")) { region($0) }
        regionIDs = Set(regions.map(\.id))
        let defaultRegion = map.required("defaultRegion", example: regions.first?.id ?? "sichuan").flatMap {
            known($0, regionIDs, .init(zh: "地区", en: "region"))
        }
        noDuplicates(map["regions"], regions.map(\.id))

        // A stage may count its warmth from one that is listed later.
        stageIDs = Set(list(map["stages"]) { $0.mapping(keys: Self.stageKeys)?["id"]?.text() })
        let stages = list(map.required("stages", example: "[…]")) { stage($0, defaultRegion) }
        stageIDs = Set(stages.map(\.id))
        noDuplicates(map["stages"], stages.map(\.id))
        let work = list(map["work"]) { self.work($0, defaultRegion) }
        let symptoms = list(map["symptoms"]) { symptom($0, defaultRegion) }
        let events = list(map["events"]) { event($0, defaultRegion) }
        noDuplicates(map["work"], work.map(\.id))
        noDuplicates(map["symptoms"], symptoms.map(\.id))
        noDuplicates(map["events"], events.map(\.id))
        guard let id, let names, let habit, let defaultRegion else { return nil }
        return Crop(
            id: id, names: names, aliases: aliases, habit: habit, defaultRegion: defaultRegion, regions: regions,
            stages: stages, work: work,
            symptoms: symptoms, events: events, file: file, origin: id)
    }

    func region(_ node: Node) -> Crop.Region? {
        guard let map = node.mapping(keys: ["id", "zh", "en", "latitude", "longitude", "shiftDays"]) else { return nil }
        let id = map.required("id", example: "sichuan")?.identifier()
        let names = map.bilingual()
        let latitude = map.required("latitude", example: "[28, 33]").flatMap { span($0, in: -90...90) }
        let longitude = map.required("longitude", example: "[103, 110]").flatMap { span($0, in: -180...180) }
        let shift = map["shiftDays"].map { $0.integer(in: -90...90) } ?? 0
        guard let id, let names, let latitude, let longitude, let shift else { return nil }
        return Crop.Region(id: id, names: names, latitude: latitude, longitude: longitude, shiftInDays: shift)
    }

    private static let stageKeys = [
        "id", "bbch", "zh", "en", "windows", "steady", "sign", "look", "source", "reliability", "heat",
    ]

    func stage(_ node: Node, _ defaultRegion: String?) -> Crop.Stage? {
        guard let map = node.mapping(keys: Self.stageKeys) else { return nil }
        let id = map.required("id", example: "bloom")?.identifier()
        let bbch = map.required("bbch", example: "60-69").flatMap { bbchCode($0) }
        let names = map.bilingual()
        let windows = map.required("windows", example: "{\(defaultRegion ?? "sichuan"): 04-01..05-10}").flatMap {
            self.windows($0, defaultRegion)
        }
        let steady = map.required("steady", example: "false")?.boolean()
        let sign = map["sign"].map { $0.choice(Crop.Stage.Sign.self) }
        let look = map.required("look", example: "{zh: …, en: …}")?.bilingual()
        let source = map.required("source", example: "https://…")?.text()
        let reliability = map.required("reliability", example: "U")?.choice(Crop.Reliability.self)
        let heat = map["heat"].map { self.heat($0) }
        guard let id, let bbch, let names, let windows, let steady, let look, let source, let reliability,
            sign.map({ $0 != nil }) ?? true, heat.map({ $0 != nil }) ?? true
        else { return nil }
        return Crop.Stage(
            id: id, bbch: bbch, names: names, windows: windows, isSteady: steady, sign: sign ?? nil, look: look,
            source: source, reliability: reliability, heat: heat ?? nil)
    }

    private func heat(_ node: Node) -> Crop.Heat? {
        guard let map = node.mapping(keys: ["base", "sum", "since", "counts", "source"]) else { return nil }
        // °C and °C·d: from arctic plants to the tropics.
        let base = map.required("base", example: "10")?.number(in: -10...25)
        let sum = map.required("sum", example: "820")?.number(in: 1...10_000)
        let since = map.required("since", example: stageIDs.sorted().first ?? "budBurst").flatMap {
            known($0, stageIDs, .init(zh: "生育期", en: "stage"))
        }
        let counting = map.required("counts", example: "above")?.choice(Weather.Counting.self)
        let source = map.required("source", example: "https://…")?.text()
        guard let base, let sum, let since, let counting, let source else { return nil }
        return Crop.Heat(base: base, counting: counting, sum: sum, since: since, source: source)
    }

    private static let textKeys = ["id", "title", "action", "sms", "source", "reliability", "confirmed"]

    func work(_ node: Node, _ defaultRegion: String?) -> WorkRule? {
        guard let map = node.mapping(keys: Self.textKeys + ["stage", "windows", "after", "priority"]) else {
            return nil
        }
        let id = map.required("id", example: "thinning")?.identifier()
        let stage = map.required("stage", example: stageIDs.sorted().first ?? "bloom").flatMap {
            known($0, stageIDs, .init(zh: "生育期", en: "stage"))
        }
        let windows = map.required("windows", example: "{\(defaultRegion ?? "sichuan"): 04-01..05-10}").flatMap {
            self.windows($0, defaultRegion)
        }
        let anchor = map["after"].map { self.anchor($0) }
        let priority = map["priority"].map { $0.choice(WorkRule.Priority.self) } ?? .normal
        let text = ruleText(map)
        guard let id, let stage, let windows, let priority, let text, anchor.map({ $0 != nil }) ?? true else {
            return nil
        }
        return WorkRule(id: id, stage: stage, windows: windows, anchor: anchor ?? nil, priority: priority, text: text)
    }

    private func anchor(_ node: Node) -> WorkRule.Anchor? {
        guard let map = node.mapping(keys: ["event", "days"]) else { return nil }
        let event = map.required("event", example: "bloomPeak")?.choice(EventSign.self)
        guard let days = map.required("days", example: "[35, 60]"), let range = span(days, in: 0...365), let event
        else { return nil }
        return WorkRule.Anchor(event: event, days: Int(range.lowerBound)...Int(range.upperBound))
    }

    func symptom(_ node: Node, _ defaultRegion: String?) -> SymptomRule? {
        guard let map = node.mapping(keys: Self.textKeys + ["sign", "windows"]) else { return nil }
        let id = map.required("id", example: "yellowing")?.identifier()
        let sign = map.required("sign", example: "yellowing")?.choice(SymptomRule.Sign.self)
        let windows = map["windows"].map { self.windows($0, defaultRegion) }
        guard let id, let sign, let text = ruleText(map), windows.map({ $0 != nil }) ?? true else { return nil }
        return SymptomRule(id: id, sign: sign, windows: windows ?? nil, text: text)
    }

    func event(_ node: Node, _ defaultRegion: String?) -> EventRule? {
        guard let map = node.mapping(keys: Self.textKeys + ["sign", "windows"]) else { return nil }
        let id = map.required("id", example: "bloomStart")?.identifier()
        let sign = map.required("sign", example: "bloomStart")?.choice(EventSign.self)
        let windows = map["windows"].map { self.windows($0, defaultRegion) }
        if let sign, windows == nil, sign == .frostNight || sign == .heavyRain {
            node.fail(
                .init(
                    zh: "\(node.path) 没有写 windows：这种天气只在一年里的一段时间要紧",
                    en: "\(node.path) has no windows: the weather matters to the crop in a part of the year"),
                remedy: .init(
                    zh: "请加上“windows: {\(defaultRegion ?? "sichuan"): 03-01..04-30}”",
                    en: "add \"windows: {\(defaultRegion ?? "sichuan"): 03-01..04-30}\""))
        }
        guard let id, let sign, let text = ruleText(map), windows.map({ $0 != nil }) ?? true else { return nil }
        return EventRule(id: id, sign: sign, windows: windows ?? nil, text: text)
    }
}
