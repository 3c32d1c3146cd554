import ConfigurationFiles
import Village

/// A file that takes another crop file as it is and changes some of its rules.
extension CropFile {
    private static let extensionKeys = [
        "crop", "extends", "names", "aliases", "habit", "defaultRegion", "regions", "stages", "work", "symptoms",
        "events", "windows", "confirm", "remove",
    ]

    /// The id of the crop that the file extends; `nil` for a file that stands for itself.
    var base: String? {
        guard root.isMapping else { return nil }
        return root.entries()?.first { $0.key == "extends" }?.value.text()
    }

    /// The crop with the file's changes: an entry replaces the one of its id or is added, `windows` moves stages and rules,
    /// `confirm` marks rules as read by a local expert, `remove` takes rules away.
    mutating func crop(extending base: Crop, file: String, name: String) -> Crop? {
        guard let map = root.mapping(keys: Self.extensionKeys) else { return nil }
        var crop = base
        crop.file = file
        crop.id = map["crop"]?.identifier() ?? name
        if crop.id != name {
            Self.misnamed(map["crop"], crop.id, file: name)
        }
        if let names = map["names"]?.bilingual() { crop.names = names }
        // A crop of its own is not found under the names of the one that it comes from.
        if crop.id != base.id { crop.aliases = [] }
        crop.aliases += map["aliases"]?.texts() ?? []
        if let habit = map["habit"]?.choice(Crop.Habit.self) { crop.habit = habit }
        crop.regions = Self.merged(crop.regions, list(map["regions"]) { region($0) }, \.id)
        regionIDs = Set(crop.regions.map(\.id))
        if let region = map["defaultRegion"].flatMap({ known($0, regionIDs, .init(zh: "地区", en: "region")) }) {
            crop = crop.with(defaultRegion: region)
        }
        stageIDs = Set(crop.stages.map(\.id))
        let stages = list(map["stages"]) { stage($0, crop.defaultRegion) }
        crop.stages = Self.merged(crop.stages, stages, \.id)
        stageIDs = Set(crop.stages.map(\.id))
        let work = list(map["work"]) { self.work($0, crop.defaultRegion) }
        let symptoms = list(map["symptoms"]) { symptom($0, crop.defaultRegion) }
        let events = list(map["events"]) { event($0, crop.defaultRegion) }
        crop.work = Self.merged(crop.work, work, \.id)
        crop.symptoms = Self.merged(crop.symptoms, symptoms, \.id)
        crop.events = Self.merged(crop.events, events, \.id)
        move(map["windows"], in: &crop)
        for id in ids(map["confirm"], in: crop) {
            crop.change(id) { $0.isConfirmed = true }
        }
        for id in ids(map["remove"], in: crop) {
            crop.work.removeAll { $0.id == id }
            crop.symptoms.removeAll { $0.id == id }
            crop.events.removeAll { $0.id == id }
        }
        return crop
    }

    private static func merged<Entry>(_ old: [Entry], _ new: [Entry], _ id: (Entry) -> String) -> [Entry] {
        var result = old
        for entry in new {
            if let index = result.firstIndex(where: { id($0) == id(entry) }) {
                result[index] = entry
            } else {
                result.append(entry)
            }
        }
        return result
    }

    /// Ids of rules of the crop; others are faults.
    private func ids(_ node: Node?, in crop: Crop) -> [String] {
        list(node) { known($0, Set(crop.ruleIDs), .init(zh: "规则", en: "rule")) }
    }

    private func move(_ node: Node?, in crop: inout Crop) {
        guard let entries = node?.entries() else { return }
        let all = Set(crop.ruleIDs + crop.stages.map(\.id))
        for (key, value) in entries {
            guard all.contains(key) else {
                value.fail(
                    .init(
                        zh: "\(value.path) 不是 \(crop.id) 的生育期，也不是它的规则",
                        en: "\(value.path) names no stage and no rule of \(crop.id)"),
                    remedy: .oneOf(all.sorted()))
                continue
            }
            guard let windows = windows(value, nil) else { continue }
            crop.move(key, to: windows)
        }
    }
}

extension Crop {
    var ruleIDs: [String] { work.map(\.id) + symptoms.map(\.id) + events.map(\.id) }

    mutating func change(_ id: String, _ edit: (inout RuleText) -> Void) {
        for index in work.indices where work[index].id == id { edit(&work[index].text) }
        for index in symptoms.indices where symptoms[index].id == id { edit(&symptoms[index].text) }
        for index in events.indices where events[index].id == id { edit(&events[index].text) }
    }

    /// The windows of the regions that are given; those of others stay.
    mutating func move(_ id: String, to windows: Windows) {
        func moved(_ old: Windows) -> Windows { Windows(old.byRegion.merging(windows.byRegion) { $1 }) }
        for index in stages.indices where stages[index].id == id {
            stages[index].windows = moved(stages[index].windows)
        }
        for index in work.indices where work[index].id == id { work[index].windows = moved(work[index].windows) }
        for index in symptoms.indices where symptoms[index].id == id {
            symptoms[index].windows = moved(symptoms[index].windows ?? Windows([:]))
        }
        for index in events.indices where events[index].id == id {
            events[index].windows = moved(events[index].windows ?? Windows([:]))
        }
    }

    /// The same with another default region; what has no window there keeps that of the old default.
    func with(defaultRegion region: String) -> Crop {
        func filled(_ windows: Windows) -> Windows {
            var windows = windows
            if let window = window(windows, in: region) { windows.byRegion[region] = window }
            return windows
        }
        var crop = self
        for index in stages.indices { crop.stages[index].windows = filled(stages[index].windows) }
        for index in work.indices { crop.work[index].windows = filled(work[index].windows) }
        for index in symptoms.indices { crop.symptoms[index].windows = symptoms[index].windows.map { filled($0) } }
        for index in events.indices { crop.events[index].windows = events[index].windows.map { filled($0) } }
        crop.defaultRegion = region
        return crop
    }
}
