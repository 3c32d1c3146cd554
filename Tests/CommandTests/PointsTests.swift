import Foundation
import TestKit
import Testing

/// `compare --purpose cleanup`, `points` and `patrol` on the rendered lanes.
@Suite struct PointsTests {
    static let yards = ProjectFiles.testimages + "/yards/archive"
    static let environment = GradeTests.environment

    private func site() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let text = """
            site: points
            name: points
            timezone: Asia/Shanghai
            archive: archive
            cameras:
              - {id: c, files: "c/*.jpg", timestamp: auto}
            plots:
              - {id: p, camera: c, kind: yard, household: h01, polygon: [0,0, 9,0, 9,9]}
            households:
              - {id: h01, name: 冉家}
              - {id: h02, name: 王家}

            """
        _ = try folder.write(Array(text.utf8), to: "site.yaml")
        _ = try folder.write([], to: "archive/c/none.txt")
        return folder
    }

    private func json(_ result: Command.Result) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any])
    }

    @Test func aSweptLaneIsProposedApprovedAndRedeemed() throws {
        let folder = try site(), path = folder.url.path
        func points(_ words: String...) throws -> Command.Result {
            try Command(["points", path] + words, environment: Self.environment).end()
        }
        let pair = ["--before", Self.yards + "/00_before.jpg", "--after", Self.yards + "/00_after.jpg"]
        let first = try Command(
            ["points", path] + pair + ["--household", "h01", "--by", "李", "--json"], environment: Self.environment
        ).end()
        #expect(first.status == 0, "\(first)")
        let done = try #require((try json(first)["pairs"] as? [[String: Any]])?.first)
        #expect(done["verdict"] as? String == "proposed" && done["points"] as? Int == 5, "\(first)")
        let number = try #require(done["proposal"] as? Int)
        // The same two files for another household are known, and nothing is booked.
        let again = try Command(
            ["points", path] + pair + ["--household", "h02", "--by", "李", "--json"], environment: Self.environment
        ).end()
        let refused = try #require((try json(again)["pairs"] as? [[String: Any]])?.first)
        #expect(refused["verdict"] as? String == "refused" && refused["proposal"] is NSNull, "\(again)")

        #expect(try points("--redeem", "soy-sauce", "--household", "h01", "--by", "王").status == 1)
        #expect(try points("--approve", "\(number)", "--by", "王").status == 0)
        #expect(try points("--approve", "\(number)", "--by", "王").status == 1)
        #expect(try points("--propose", "honesty", "--household", "h01", "--by", "李").status == 0)
        #expect(try points("--approve", "\(number + 2)", "--by", "王").status == 0)
        #expect(try points("--redeem", "soy-sauce", "--household", "h01", "--by", "王").status == 0)
        let board = try points("--board", path + "/board.csv", "--json")
        let households = try #require(try json(board)["households"] as? [[String: Any]])
        #expect(households.count == 1 && households[0]["balance"] as? Int == 5 && households[0]["spent"] as? Int == 10)
        let lines = try String(contentsOfFile: path + "/board.csv", encoding: .utf8)
        #expect(lines.contains("h01,冉家,5,15,10,0"), "\(lines)")
        #expect(try Command.run("store", path, "check", environment: Self.environment).status == 0)
    }

    @Test func wrongWordsAndListsChangeNothing() throws {
        let folder = try site(), path = folder.url.path
        _ = try folder.write(Array("household,before,after\nh01,a.jpg\n".utf8), to: "short.csv")
        _ = try folder.write(Array("h09,a.jpg,b.jpg\n".utf8), to: "unknown.csv")
        _ = try folder.write(Array("h01,a.jpg,b.jpg\n".utf8), to: "missing.csv")
        for (words, status) in [
            (["--propose", "labour", "--household", "h01"], 2), (["--propose", "labour", "--by", "李"], 2),
            (["--propose", "nonsense", "--household", "h01", "--by", "李"], 2),
            (["--propose", "labour", "--household", "h09", "--by", "李"], 2), (["--approve", "1", "--by", "李"], 1),
            (["--pairs", path + "/short.csv", "--by", "李"], 2), (["--pairs", path + "/unknown.csv", "--by", "李"], 2),
            (["--pairs", path + "/missing.csv", "--by", "李"], 1), (["--pairs", path + "/none.csv", "--by", "李"], 2),
            (["--before", "a.jpg", "--household", "h01", "--by", "李"], 2),
        ] as [([String], Int32)] {
            let result = try Command(["points", path] + words, environment: Self.environment).end()
            #expect(result.status == status && result.out.isEmpty && !result.err.isEmpty, "\(words) \(result)")
        }
        let list = try Command.run("points", path, "--json", environment: Self.environment)
        #expect(try json(list)["households"] as? [Any] != nil)
        #expect((try json(list)["households"] as? [Any])?.isEmpty == true)
    }

    @Test func anotherPlaceAndACopyAreRefused() throws {
        func verdict(_ before: String, _ after: String) throws -> (String, [String]) {
            let result = try Command.run(
                "compare", Self.yards + before, Self.yards + after, "--purpose", "cleanup", "--json",
                environment: Self.environment)
            let pair = try #require((try json(result)["pairs"] as? [[String: Any]])?.first)
            let checks = try #require(pair["checks"] as? [[String: Any]])
            return (
                pair["verdict"] as? String ?? "",
                checks.filter { $0["holds"] as? Bool == false }.compactMap { $0["check"] as? String }
            )
        }
        #expect(try verdict("/01_before.jpg", "/01_after.jpg") == ("proposed", []))
        #expect(try verdict("/07_before.jpg", "/08_after.jpg").1.contains("place"))
        let same = try verdict("/01_before.jpg", "/01_before.jpg")
        #expect(same.0 == "refused" && same.1.contains("files") && same.1.contains("reuse"))
        #expect(try verdict("/01_after.jpg", "/01_before.jpg").1.contains("time"))
        // Litter that lies elsewhere the next day is no swept lane.
        for lane in ["03", "09"] {
            #expect(try verdict("/\(lane)_before.jpg", "/\(lane)_idle.jpg").0 != "proposed", "\(lane)")
        }
    }

    @Test func flightsAreMatchedByContent() throws {
        let folder = try TemporaryFolder()
        for (name, file) in [
            ("a/1.jpg", "02_before"), ("a/2.jpg", "03_before"), ("b/x.jpg", "03_after"), ("b/y.jpg", "02_after"),
        ] {
            let data = try Data(contentsOf: URL(fileURLWithPath: Self.yards + "/\(file).jpg"))
            _ = try folder.write([UInt8](data), to: name)
        }
        _ = try folder.write(Array("no picture".utf8), to: "b/bad.jpg")
        let path = folder.url.path
        let result = try Command.run(
            "patrol", path + "/a", path + "/b", "--out", path + "/c.geojson", "--json", environment: Self.environment)
        #expect(result.status == 3 && result.err.contains("bad.jpg"), "\(result)")
        let features = try #require(try json(result)["features"] as? [[String: Any]])
        let found = features.compactMap { $0["properties"] as? [String: Any] }.map { $0["after"] as? String }
        #expect(found == ["y.jpg", "x.jpg"], "\(result)")
        #expect(FileManager.default.fileExists(atPath: path + "/c.geojson"))
        #expect(try Command.run("patrol", path + "/a", path + "/none", environment: Self.environment).status == 1)
        #expect(
            try Command.run("patrol", path + "/a", path + "/b", "--within", "-1", environment: Self.environment).status
                == 2)
    }
}
