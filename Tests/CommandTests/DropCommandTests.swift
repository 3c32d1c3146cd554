import Foundation
import TestKit
import Testing

/// A village with a sorting table, a drone and phones: `check`, `run`, `readings`, `inspect`, `report`.
@Suite struct DropCommandTests {
    private static let testimages = ProjectFiles.testimages
    private static let environment = GradeTests.environment

    private func village() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        func copy(_ from: String, _ to: String) throws {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: Self.testimages + "/" + from))
            _ = try folder.write([UInt8](bytes), to: "archive/" + to)
        }
        try copy("fruit/archive/tray_02.jpg", "sort/sort_2024_11_01_090000.jpg")
        try copy("fruit/archive/tray_00.jpg", "sort/sort_2024_11_02_090000.jpg")
        for kind in ["before", "after"] {
            let flight = kind == "before" ? "0301" : "0601"
            try copy("nadir/archive/house-\(kind).jpg", "flights/\(flight)/a.jpg")
            try copy("yards/archive/00_\(kind).jpg", "cleanup/h01/lane_\(kind).jpg")
        }
        _ = try folder.write(Array("no".utf8), to: "archive/flights/0601/bad.jpg")
        let text = """
            site: drops
            name: drops
            language: en
            timezone: Asia/Shanghai
            archive: archive
            cameras:
              - {id: sort, files: "sort/*.jpg", timestamp: auto}
            plots:
              - {id: t1, camera: sort, kind: fruit, household: h01, grades: danling-qingjian, marker: "square:40",
                 polygon: [0,0, 1440,0, 1440,1080, 0,1080]}
            households:
              - {id: h01, name: 冉家}
            patrols: [{id: north, folder: flights}]
            pairs: {folder: cleanup}

            """
        _ = try folder.write(Array(text.utf8), to: "site.yaml")
        return folder
    }

    private func json(_ result: Command.Result) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any])
    }

    @Test func allOfItIsInRunReadingsInspectAndReport() throws {
        let folder = try village(), path = folder.url.path
        func command(_ words: String...) throws -> Command.Result {
            try Command(words, environment: Self.environment).end()
        }
        let run = try command("run", path, "--json", "--progress", "none")
        #expect(run.status == 3 && run.err.contains("bad.jpg"), "\(run)")
        let summary = try json(run)
        #expect(summary["patrolPairs"] as? Int == 1 && summary["cleanupPairs"] as? Int == 1, "\(run)")
        #expect(summary["proposals"] as? Int == 1 && summary["flagsRaised"] as? Int == 0, "\(run)")
        let second = try json(try command("run", path, "--json", "--progress", "none"))
        #expect(second["patrolPairs"] as? Int == 0 && second["cleanupPairs"] as? Int == 0)

        let readings = try #require(try json(command("readings", path, "--json"))["readings"] as? [[String: Any]])
        let shares = try #require(readings.first?["classShares"] as? [String: Double])
        #expect(abs(shares.values.reduce(0, +) - 1) < 1e-5 && readings.first?["newFruit"] as? Double == 14)
        #expect(readings.first?["gcc"] is NSNull)
        let csv = try command("readings", path).out.split(separator: "\r\n")
        #expect(csv.first?.contains("diameterMean") == true && csv.first?.contains("classShares") == true)

        let inspect = try command("inspect", path, "t1")
        for words in ["last lot", "median diameter", "waiting #1 +5", "last pair of photographs", "first grading"] {
            #expect(inspect.out.contains(words), "\(words) in \(inspect.out)")
        }
        let plot = try json(command("inspect", path, "t1", "--json"))
        #expect((plot["lot"] as? [String: Any])?["day"] as? String == "2024-11-02")

        let out = path + "/report"
        #expect(try command("report", path, "--out", out).status == 0)
        let page = try String(contentsOfFile: out + "/index.html", encoding: .utf8)
        for words in ["id=\"pairs\"", "id=\"patrols\"", "class=\"lots\"", "waits for approval", "places look built"] {
            #expect(page.contains(words), "\(words)")
        }
        let fruit = try String(contentsOfFile: out + "/fruit.csv", encoding: .utf8).split(separator: "\r\n")
        #expect(fruit.count == 1 + 14 + 11)
        let map = try #require(
            try JSONSerialization.jsonObject(
                with: Data(contentsOf: URL(fileURLWithPath: out + "/patrol-north.geojson"))) as? [String: Any])
        #expect(map["type"] as? String == "FeatureCollection")
        #expect(try command("store", path, "check").status == 0)
        // No photograph is anywhere but in the archive.
        #expect(!page.contains("lane_before.jpg\""))
    }

    @Test func checkTellsWhatIsMissing() throws {
        let folder = try village(), path = folder.url.path
        _ = try folder.write(Array("{}".utf8), to: "plots.geojson")
        try FileManager.default.createDirectory(
            atPath: path + "/archive/cleanup/h77", withIntermediateDirectories: true)
        let site = try String(contentsOfFile: path + "/site.yaml", encoding: .utf8)
        _ = try folder.write(
            Array(
                site.replacing("folder: flights", with: "folder: none, plots: plots.geojson")
                    .replacing("danling-qingjian", with: "danling").utf8), to: "site.yaml")
        let result = try Command.run("check", path, "--json", environment: Self.environment)
        let findings = try #require(try json(result)["findings"] as? [[String: Any]])
        let codes = findings.compactMap { $0["code"] as? String }
        #expect(result.status == 2)
        for code in ["patrolFolder", "patrolPlots", "pairsHousehold", "reference"] {
            #expect(codes.contains(code), "\(code) in \(codes)")
        }
        let run = try Command.run("run", path, environment: Self.environment)
        #expect(run.status == 2 && run.err.contains("danling-qingjian"), "\(run)")
    }
}
