import Foundation
import TestKit
import Testing

/// The model files, a village's own beside them, its weather: all faults are told, none stops what is sound.
@Suite struct ModelsTests {
    private static let shipped = ProjectFiles.models

    private func copied() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try FileManager.default.copyItem(atPath: Self.shipped, toPath: folder.url.path + "/models")
        return folder
    }

    @Test func theShippedFilesAreSound() throws {
        let result = try Command.run("check", "--models", environment: ["PLOTWATCH_MODELS": Self.shipped])
        #expect(result.status == 0 && result.err.isEmpty, "\(result)")
        #expect(result.out.contains("citrus") && result.out.contains("yellow-peach"), "\(result)")
        #expect(try Command.run("check").status == 2)
    }

    @Test func everyFaultOfEveryFileIsToldAtOnce() throws {
        let folder = try copied()
        let models = folder.url.path + "/models"
        func edit(_ name: String, _ old: String, _ new: String) throws {
            let path = "\(models)/\(name)"
            let text = try String(contentsOfFile: path, encoding: .utf8)
            #expect(text.contains(old))
            try text.replacing(old, with: new, maxReplacements: 1).write(
                toFile: path, atomically: true, encoding: .utf8)
        }
        try edit("growth.yaml", "z: 3.0", "z: 300")
        try edit("crops/tea.yaml", "habit: evergreen", "habit: everblue")
        try edit("holidays.yaml", "[2024-01-01,", "[2024-13-45,")
        try edit("casework.yaml", "length: 1,", "length: 0,")
        try edit("compare.yaml", "layout: 0.30", "layout: x")
        try edit("crops/plum.yaml", "花束状枝、短枝留1个果", "喷800倍液")
        let result = try Command.run("check", "--models", environment: ["PLOTWATCH_MODELS": models])
        #expect(result.status == 2 && result.out.isEmpty, "\(result)")
        for file in ["holidays.yaml:", "casework.yaml:", "compare.yaml:"] {
            #expect(result.err.split(separator: "\n").contains { $0.contains(file) }, "\(file) \(result)")
        }
        for (file, word) in [("growth.yaml:", "z"), ("tea.yaml:", "everblue"), ("plum.yaml:", "800倍")] {
            #expect(result.err.split(separator: "\n").contains { $0.contains(file) && $0.contains(word) }, "\(result)")
        }
    }

    /// The region model may be left out, and then both commands say what that means; a broken one is refused.
    @Test func withoutTheRegionModelItIsSaid() throws {
        let folder = try copied(), village = try VillageFolder(pictures: 2)
        let models = folder.url.path + "/models", environment = ["PLOTWATCH_MODELS": models]
        try FileManager.default.removeItem(atPath: models + "/regions.txt")
        let run = try Command.run("run", village.path, environment: environment)
        #expect(run.err.contains("区域模型") && run.err.contains("region model regions.txt is missing"), "\(run)")
        #expect(run.err.components(separatedBy: "is missing").count == 2, "said once: \(run)")
        let check = try Command.run("check", village.path, "--json", environment: environment)
        #expect(check.out.contains("modelAbsent") && check.out.contains("regions.txt"), "\(check)")
        #expect(try Command.run("check", "--models", environment: environment).status == 0)

        try Data("sizes 44 11\nmean 1 2\n".utf8).write(to: URL(fileURLWithPath: models + "/regions.txt"))
        for words in [["run", village.path], ["check", "--models"]] {
            let refused = try Command(words, environment: environment).end()
            #expect(refused.status == 2 && refused.err.contains("regions.txt:2:"), "\(refused)")
            #expect(refused.err.contains("\"mean\" has 2 numbers, not 44"), "\(refused)")
        }
    }

    /// A file that `check --models` leaves out would be found wrong in the night, by the run.
    @Test func noShippedFileIsLeftOut() throws {
        let folder = try copied()
        let models = folder.url.path + "/models"
        let names = try FileManager.default.contentsOfDirectory(atPath: models).filter { $0.hasSuffix(".yaml") }
        #expect(names.count > 10)
        for name in names {
            let file = try #require(FileHandle(forWritingAtPath: "\(models)/\(name)"))
            try file.seekToEnd()
            try file.write(contentsOf: Data("\n}: [\n".utf8))
            try file.close()
        }
        let result = try Command.run("check", "--models", environment: ["PLOTWATCH_MODELS": models])
        #expect(result.status == 2)
        for name in names { #expect(result.err.contains("/\(name):"), "\(name) in \(result.err)") }
    }

    @Test func aVillageLaysItsOwnCropOverOurs() throws {
        let village = try VillageFolder(
            pictures: 2,
            site: VillageFolder.text.replacing("archive: archive", with: "archive: archive\nmodels: county"))
        _ = try village.folder.write(
            Array("crop: citrus\nextends: citrus\nconfirm: [harvest, redMite]\n".utf8), to: "county/crops/citrus.yaml")
        let environment = ["PLOTWATCH_MODELS": Self.shipped]
        let result = try Command.run("check", village.path, "--models", environment: environment)
        #expect(result.status == 0 && result.out.contains("2 confirmed locally"), "\(result)")
        _ = try village.folder.write(
            Array("crop: citrus\nextends: citrus\nconfirm: [harvst]\n".utf8), to: "county/crops/citrus.yaml")
        let wrong = try Command.run("run", village.path, environment: environment)
        #expect(wrong.status == 2 && wrong.err.contains("county/crops/citrus.yaml:3:"), "\(wrong)")
    }

    /// A misspelt name would leave ours in force, and nobody would know.
    @Test func aFileThatNothingReadsIsTold() throws {
        let village = try VillageFolder(
            pictures: 2,
            site: VillageFolder.text.replacing("archive: archive", with: "archive: archive\nmodels: county"))
        _ = try village.folder.write(Array("events: {rows: 3}\n".utf8), to: "county/growht.yaml")
        let result = try Command.run(
            "check", village.path, "--models", environment: ["PLOTWATCH_MODELS": Self.shipped])
        #expect(result.status == 2 && result.err.contains("growht.yaml"), "\(result)")
    }

    @Test func aWrongWeatherLineIsToldAndStopsNothing() throws {
        let village = try VillageFolder(
            pictures: 4,
            site: VillageFolder.text.replacing("archive: archive", with: "archive: archive\nweather: w.csv"))
        let environment = ["PLOTWATCH_MODELS": Self.shipped]
        let missing = try Command.run("run", village.path, environment: environment)
        #expect(missing.status == 2 && missing.err.contains("weather file \"w.csv\" does not exist"), "\(missing)")
        _ = try village.folder.write(Array("date,tmin,tmax\n2024-05-01,x,3\n2024-05-02,1,3\n".utf8), to: "w.csv")
        let check = try Command.run("check", village.path, environment: environment)
        #expect(check.status == 0 && check.out.contains("w.csv:2"), "\(check)")
        let run = try Command.run("run", village.path, environment: environment)
        #expect(run.status == 0 && run.err.contains("w.csv:2: tmin \"x\" is no number"), "\(run)")
    }

    /// The pictures of the first half of May, with frost on one night of it.
    @Test func inspectTellsTheStageAndWhy() throws {
        let village = try VillageFolder(
            pictures: 28,
            site: VillageFolder.text.replacing("archive: archive", with: "archive: archive\nweather: w.csv"))
        let days = (1...14).map { "2024-05-\($0 < 10 ? "0" : "")\($0),\($0 == 3 ? -2 : 9),22" }
        _ = try village.folder.write(
            Array(("date,tmin,tmax\n" + days.joined(separator: "\n") + "\n").utf8), to: "w.csv")
        let environment = ["PLOTWATCH_MODELS": Self.shipped]
        #expect(try Command.run("run", village.path, environment: environment).status == 0)
        let text = try Command.run("inspect", village.path, "p1", "--json", environment: environment).out
        let document = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let stage = try #require(document["stage"] as? [String: Any])
        #expect(stage["bbch"] as? String == "60-69" && stage["basis"] as? String == "calendar")
        #expect((stage["reason"] as? [String: String])?["zh"]?.contains("日历") ?? false)
        let frost = try #require(
            (document["advice"] as? [[String: Any]])?.first { $0["rule"] as? String == "citrus/frostNight" })
        #expect((frost["seen"] as? [String: String])?["en"]?.contains("-2.0 °C in the night of 3 May") ?? false)
        #expect((frost["sms"] as? [String: String])?["zh"]?.utf16.count ?? 99 <= 70)
        // A plot without a crop has no stage, and says why.
        let other = try Command.run("inspect", village.path, "b1", "--json", environment: environment).out
        let house = try #require(try JSONSerialization.jsonObject(with: Data(other.utf8)) as? [String: Any])
        #expect(house["stage"] is NSNull && (house["reason"] as? [String: Any])?["stage"] != nil)
    }
}
