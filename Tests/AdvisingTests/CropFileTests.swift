import ConfigurationFiles
import Foundation
import Testing
import Village

@testable import Advising

struct CropFileTests {
    private static let crops = ["citrus", "plum", "yellow-peach", "kiwifruit", "tea", "tomato", "rice", "vegetables"]

    @Test func everyShippedFileIsValid() throws {
        let library = try Models.library
        #expect(library.crops.keys.sorted() == Self.crops.sorted())
        for crop in library.crops.values {
            #expect(!crop.work.isEmpty && crop.stages.count >= 2, "\(crop.id)")
            for text in crop.work.map(\.text) + crop.symptoms.map(\.text) + crop.events.map(\.text) {
                #expect(!text.isConfirmed)
                // A second look with another pattern than the validator's.
                let words = text.title.zh + text.action.zh + text.title.en + text.action.en
                #expect(
                    words.firstMatch(of: /[0-9一二三四五六七八九十百千]+\s*(倍|克|毫升|千克|公斤|斤|g\/L|ml|kg|ppm)/.ignoresCase()) == nil,
                    "\(crop.id): \(words)")
                #expect(
                    words.firstMatch(of: /石硫合剂|多菌灵|甲基托布津|波尔多液|吡虫啉|阿维菌素|代森锰锌|草甘膦|glyphosate|imidacloprid/.ignoresCase())
                        == nil)
                #expect(
                    !text.action.zh.unicodeScalars.contains { $0 == "," || $0 == ";" },
                    "half-width marks: \(text.action.zh)")
            }
        }
    }

    /// On every day of a leap year and of a plain one, in every region, the calendar knows a stage.
    @Test(arguments: crops) func everyDayHasAStage(name: String) throws {
        let crop = try #require(try Models.library.crop(named: name))
        for region in crop.regions.map(\.id) {
            let days = (Day("2023-01-01")!.number...Day("2024-12-31")!.number).map { Day(number: $0) }
            let empty = days.filter { crop.stage(on: $0, in: region) == nil }
            #expect(empty.map(\.description) == [], "\(region)")
        }
        // A symptom may only be called where the calendar is steady somewhere.
        #expect(crop.symptoms.isEmpty || crop.stages.contains(where: \.isSteady))
    }

    @Test(arguments: [
        ("柑橘", "citrus"), ("Orange", "citrus"), ("空心李", "plum"), ("黄桃", "yellow-peach"),
        ("yellow peach", "yellow-peach"), ("猕猴桃", "kiwifruit"),
        ("茶", "tea"), ("安吉白茶", "tea"), ("番茄", "tomato"), ("西红柿", "tomato"), ("水稻", "rice"), ("蔬菜", "vegetables"),
        ("TEA", "tea"),
    ])
    func namesLeadToCrops(name: String, id: String) throws { #expect(try Models.library.crop(named: name)?.id == id) }

    @Test func growthFileIsTheStandard() throws {
        #expect(try AdvisingParameters.load(path: "\(Models.folder)/growth.yaml") == AdvisingParameters.standard)
    }

    @Test func wrongParametersAreToldByLine() throws {
        let text =
            "anomaly:\n  z: -3\n  rows: two\n  lagDays: 30\n  baselineDays: 20\n  effects:\n    gcc: 5\n"
            + "    green: 0.1\ncarts: {}\n"
        let error = #expect(throws: ConfigurationError.self) {
            try AdvisingParameters.read(Document(text: text, file: "growth.yaml"))
        }
        #expect(Set(error?.faults.map(\.line) ?? []) == [2, 3, 4, 7, 8, 9])
    }

    private static let minimal = """
        crop: fig
        names: {zh: 无花果, en: fig}
        habit: deciduous
        defaultRegion: here
        regions:
          - {id: here, zh: 本地, en: here, latitude: [20, 40], longitude: [100, 120]}
        stages:
          - id: all
            bbch: 00-99
            zh: 全年
            en: all year
            windows: {here: 01-01..12-31}
            steady: true
            look: {zh: 绿, en: green}
            source: x
            reliability: U
        work:
          - id: look
            stage: all
            windows: {here: 04-01..05-10}
            title: {zh: 看一看, en: Look}
            action: {zh: 去看一看。, en: Go and look.}
            source: x
            reliability: U
            confirmed: false
        """

    private func load(_ text: String) throws -> Crop? {
        try CropLibrary.crop(in: Document(text: text, file: "fig.yaml"), name: "fig")
    }

    @Test func minimalFileIsRead() throws {
        let crop = try #require(try load(Self.minimal))
        #expect(crop.work.first?.windows.byRegion["here"]?.description == "04-01..05-10")
    }

    /// Each change breaks one line; the fault names that line.
    @Test(arguments: [
        ("crop: fig", "crop: figs"), ("habit: deciduous", "habit: deciduos"), ("    bbch: 00-99", "    bbch: 99-00"),
        ("    bbch: 00-99", "    bbch: 7"),
        ("    windows: {here: 01-01..12-31}", "    windows: {here: 01-01..02-30}"),
        ("    windows: {here: 04-01..05-10}", "    windows: {here: 4-1..5-10}"),
        ("    windows: {here: 04-01..05-10}", "    windows: {there: 04-01..05-10, here: 04-01..05-10}"),
        ("    stage: all", "    stage: bloom"),
        ("    steady: true", "    steady: maybe"), ("    confirmed: false", "    confirmed: perhaps"),
        ("    action: {zh: 去看一看。, en: Go and look.}", "    action: {zh: 兑水500倍喷。, en: Go and look.}"),
        ("    action: {zh: 去看一看。, en: Go and look.}", "    action: {zh: 去看一看。, en: Spray 20 ml a tree.}"),
        ("    action: {zh: 去看一看。, en: Go and look.}", "    action: {zh: 每株二十克。, en: Go and look.}"),
        ("    title: {zh: 看一看, en: Look}", "    title: {zh: 看一看看一看看一看看一看看一看看一看看一看, en: Look}"),
        ("    stage: all", "    stages: all"),
        ("defaultRegion: here", "defaultRegion: nowhere"),
    ])
    func faultsCarryTheirLine(right: String, wrong: String) throws {
        let lines = Self.minimal.split(separator: "\n", omittingEmptySubsequences: false)
        let line = try #require(lines.lastIndex { $0.hasPrefix(right) || $0 == right }) + 1
        var broken = lines.map(String.init)
        broken[line - 1] = wrong
        let error = #expect(throws: ConfigurationError.self) { try load(broken.joined(separator: "\n")) }
        let faults = error?.faults ?? []
        // A key that is missing is told at its group's first line as well.
        #expect(
            faults.contains { $0.line == line || ($0.line < line && line - $0.line <= 2) },
            "wanted line \(line): \(faults)")
        #expect(faults.allSatisfy { $0.file == "fig.yaml" && !$0.remedy.isEmpty })
    }

    @Test func allFilesTellTheirFaultsAtOnceAndTheLaterFolderWins() throws {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent(
            "advising-\(UInt64.random(in: 0 ... .max))")
        defer { try? FileManager.default.removeItem(at: root) }
        let ours = root.appendingPathComponent("ours").path, county = root.appendingPathComponent("county").path
        for folder in [ours, county] {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
        try Self.minimal.write(toFile: "\(ours)/fig.yaml", atomically: true, encoding: .utf8)
        try Self.minimal.replacing("04-01..05-10", with: "04-20..05-30").write(
            toFile: "\(county)/fig.yaml", atomically: true, encoding: .utf8)
        let library = try CropLibrary.load(folders: [ours, county, "\(root.path)/absent"])
        #expect(library.crop(named: "无花果")?.work.first?.windows.byRegion["here"]?.description == "04-20..05-30")
        #expect(library.crop(named: "fig")?.file == "\(county)/fig.yaml")

        try "crop: fig\n".write(toFile: "\(county)/fig.yaml", atomically: true, encoding: .utf8)
        try "crop: [\n".write(toFile: "\(ours)/yam.yaml", atomically: true, encoding: .utf8)
        let error = #expect(throws: ConfigurationError.self) { try CropLibrary.load(folders: [ours, county]) }
        #expect(Set(error?.faults.map(\.file) ?? []) == ["\(county)/fig.yaml", "\(ours)/yam.yaml"])
        #expect(throws: ConfigurationError.self) { try CropLibrary.load(folders: ["\(root.path)/absent"]) }
    }

    /// Files of crops that nobody grows here are not read, unless one of them may hold what was asked for.
    @Test func onlyWantedFilesAreRead() throws {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent(
            "advising-\(UInt64.random(in: 0 ... .max))")
        defer { try? FileManager.default.removeItem(at: root) }
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        try Self.minimal.write(toFile: "\(root.path)/fig.yaml", atomically: true, encoding: .utf8)
        try "crop: [\n".write(toFile: "\(root.path)/yam.yaml", atomically: true, encoding: .utf8)
        func load(_ wanted: Set<String>) throws -> [String] {
            try CropLibrary.load(folders: [root.path], wanted: wanted).crops.keys.sorted()
        }
        #expect(try load([]) == [])
        #expect(try load(["Fig"]) == ["fig"])
        #expect(throws: ConfigurationError.self) { try load(["fig", "无花果"]) }
        try "crop: yam\nextends: fig\nnames: {zh: 山药, en: yam}\n".write(
            toFile: "\(root.path)/yam.yaml", atomically: true, encoding: .utf8)
        #expect(try load(["yam"]) == CropLibrary.load(folders: [root.path]).crops.keys.sorted())
        #expect(throws: ConfigurationError.self) {
            try CropLibrary.load(folders: ["\(root.path)/absent"], wanted: [])
        }
    }

    @Test func regionFollowsTheLocation() throws {
        let citrus = try #require(try Models.library.crop(named: "citrus"))
        #expect(citrus.region(for: nil) == "chongqing")
        #expect(citrus.region(for: Location(latitude: 31.73, longitude: 105.94, elevation: 400)) == "north-sichuan")
        #expect(citrus.stage(on: Day("2024-04-12")!, in: "chongqing")?.id == "bloom")
        #expect(citrus.stage(on: Day("2024-04-12")!, in: "north-sichuan")?.id == "springFlush")
    }

    @Test(arguments: [
        ("11-15..02-10", "2024-01-31", true), ("11-15..02-10", "2024-02-10", true),
        ("11-15..02-10", "2024-02-11", false),
        ("11-15..02-10", "2024-11-15", true), ("11-15..02-10", "2024-11-14", false),
        ("02-29..03-01", "2023-02-28", true),
        ("02-01..02-29", "2023-02-28", true), ("02-01..02-29", "2024-02-29", true),
        ("05-05..05-05", "2024-05-05", true),
    ])
    func windowsRunOverNewYear(window: String, day: String, isInside: Bool) throws {
        let window = try #require(SeasonWindow(window)), day = try #require(Day(day))
        #expect(window.contains(day) == isInside)
        // The way with slack agrees with the way without.
        #expect(window.occurrence(at: day, slack: 1).map { $0.contains(day) } ?? false == isInside)
    }

    @Test(arguments: [
        "1-1..2-2", "01-01-02-02", "01-01..", "..01-01", "13-01..02-02", "01-01...02-02", "01-01..02-30", "",
        "0١-01..02-02",
    ])
    func wrongWindowsAreNone(text: String) { #expect(SeasonWindow(text) == nil) }
}
