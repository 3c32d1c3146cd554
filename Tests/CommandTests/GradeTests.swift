import Foundation
import TestKit
import Testing

/// `grade` on the rendered trays, with the truth that they were rendered with.
@Suite struct GradeTests {
    static let trays = ProjectFiles.testimages + "/fruit"
    static let environment = ["PLOTWATCH_MODELS": ProjectFiles.models]

    private func json(_ result: Command.Result) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any])
    }

    @Test func aTrayIsMeasuredAndDrawn() throws {
        let out = try TemporaryFolder()
        let result = try Command.run(
            "grade", Self.trays + "/archive/tray_02.jpg", "--marker", "square:40", "--table", "gbt21488-navel",
            "--json",
            "--overlay", out.url.path + "/seen", "--csv", out.url.path + "/lot.csv", environment: Self.environment)
        #expect(result.status == 0, "\(result)")
        let picture = try #require((try json(result)["pictures"] as? [[String: Any]])?.first)
        let fruit = try #require(picture["fruit"] as? [[String: Any]])
        let truth = try JSONSerialization.jsonObject(
            with: Data(contentsOf: URL(fileURLWithPath: Self.trays + "/truth/trays.json")))
        let trays = try #require((truth as? [String: Any])?["trays"] as? [[String: Any]])
        let known = try #require(trays[2]["fruit"] as? [[String: Any]])
        #expect(fruit.count == known.count)
        for entry in known {
            let x = try #require(entry["x"] as? Double), y = try #require(entry["y"] as? Double)
            let found = try #require(fruit.min { distance($0, x, y) < distance($1, x, y) })
            let diameter = try #require(found["diameter"] as? Double)
            let real = try #require(entry["diameter"] as? Double)
            #expect(abs(diameter / real - 1) < 0.02, "\(diameter) for \(real)")
        }
        let size = try FileManager.default.attributesOfItem(atPath: out.url.path + "/seen/tray_02.jpg")[.size] as? Int
        #expect(size ?? 0 > 20_000)
        let lines = try String(contentsOfFile: out.url.path + "/lot.csv", encoding: .utf8).split(separator: "\r\n")
        #expect(lines.count == fruit.count + 1)
    }

    private func distance(_ fruit: [String: Any], _ x: Double, _ y: Double) -> Double {
        hypot((fruit["x"] as? Double ?? 0) - x, (fruit["y"] as? Double ?? 0) - y)
    }

    @Test func badPicturesAndWordsAreToldAndStopNothingElse() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(Array("no picture".utf8), to: "bad.jpg")
        let good = Self.trays + "/archive/tray_00.jpg"
        let mixed = try Command.run(
            "grade", folder.url.path + "/bad.jpg", folder.url.path + "/none.jpg", good, "--marker", "square:40",
            "--language", "zh", environment: Self.environment)
        #expect(mixed.status == 3 && mixed.err.contains("bad.jpg") && mixed.err.contains("none.jpg"), "\(mixed)")
        #expect(mixed.out.contains("只看得见朝上的一面"), "\(mixed)")
        let noScale = try Command.run("grade", good, "--json", environment: Self.environment)
        #expect(noScale.status == 0)
        let pictures = try #require(try json(noScale)["pictures"] as? [[String: Any]])
        let fruit = try #require(pictures.first?["fruit"] as? [[String: Any]])
        #expect(
            !fruit.isEmpty
                && fruit.allSatisfy {
                    $0["diameter"] is NSNull && $0["class"] is NSNull && $0["reason"] is [String: Any]
                })
        // The square is no coin; what is not found makes no millimetres.
        let lost = try Command.run("grade", good, "--marker", "coin:25", "--json", environment: Self.environment)
        #expect(lost.status == 3, "\(lost)")
        for words in [
            ["grade"], ["grade", good, "--marker", "round:3"],
            ["grade", good, "--marker", "square:40", "--pixels-per-mm", "2"],
            ["grade", good, "--table", "nonsense"], ["grade", good, "--pixels-per-mm", "nan"],
        ] {
            let result = try Command(words, environment: Self.environment).end()
            #expect(result.status == 2 && result.out.isEmpty, "\(words) \(result)")
        }
        #expect(try Command.run("grade", folder.url.path + "/bad.jpg", environment: Self.environment).status == 1)
    }
}
