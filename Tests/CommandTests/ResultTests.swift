import Foundation
import TestKit
import Testing

/// What the commands say of a village that a run has looked at.
@Suite(.serialized) struct ResultTests {
    /// One run for all of them; nobody writes to it afterwards.
    private static let looked: Result<VillageFolder, any Error> = Result { () throws -> VillageFolder in
        let village = try VillageFolder()
        try village.write([], to: "archive/cam/cam_2024_05_20_120000.jpg")
        let result = try Command.run("run", village.path, "--json", "--progress", "none")
        guard result.status == 3 else { throw Unexpected(description: "\(result)") }
        // What is kept for the life of the process is not cleaned up by itself.
        atexit { (try? ResultTests.looked.get()).map { try? FileManager.default.removeItem(atPath: $0.path) } }
        return village
    }

    private struct Unexpected: Error, CustomStringConvertible { var description: String }

    let village: VillageFolder

    init() throws { village = try Self.looked.get() }

    private func document(_ words: [String], kind: String) throws -> [String: Any] {
        let result = try Command([words[0], village.path] + words.dropFirst()).end()
        #expect([0, 3].contains(result.status), "\(result)")
        #expect(result.out.hasPrefix(#"{"plotwatch":"1","kind":"\#(kind)""#), "\(result)")
        #expect(result.out.hasSuffix("}\n"))
        return try #require(try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any])
    }

    @Test(arguments: [
        (["run", "--json"], "run"), (["flags", "--json"], "flags"), (["advice", "--json"], "advice"),
        (["readings", "--json"], "readings"),
        (["readings", "--format", "json"], "readings"), (["check", "--json"], "check"),
        (["inspect", "b1", "--json"], "inspect"),
    ])
    func everyResultHasJSON(words: [String], kind: String) throws { _ = try document(words, kind: kind) }

    @Test func flagsAreFilteredByStatusAndKind() throws {
        let all = try #require(try document(["flags", "--json"], kind: "flags")["flags"] as? [[String: Any]])
        try #require(all.count == 1)
        #expect(all[0]["plot"] as? String == "b1" && all[0]["status"] as? String == "unauthorized")
        #expect(all[0]["household"] as? String == "h02" && all[0]["kind"] as? String == "construction")
        #expect(
            (all[0]["firstSeen"] as? String)?.hasPrefix("2024-05-07T10:00:00+08:00") == true,
            "\(all[0]["firstSeen"] ?? "")")
        for (words, count) in [
            (["--status", "unauthorized"], 1), (["--status", "permitted"], 0), (["--status", "unclear"], 0),
            (["--kind", "construction"], 1), (["--kind", "livestock"], 0),
            (["--status", "permitted", "--kind", "construction"], 0),
        ] {
            let flags = try document(["flags", "--json"] + words, kind: "flags")["flags"] as? [Any]
            #expect(flags?.count == count, "\(words)")
        }
    }

    @Test func readingsHaveAReasonWhereTheyHaveNoValue() throws {
        let readings = try #require(
            try document(["readings", "--json"], kind: "readings")["readings"] as? [[String: Any]])
        #expect(readings.count == 56)
        for reading in readings {
            #expect(reading["gcc"] is Double)
            // No crop has a canopy on a building site; of the orchard there is a figure or a reason.
            if reading["plot"] as? String == "b1" { #expect(reading["canopyCover"] is NSNull) }
            let isTold = (reading["reason"] as? [String: Any])?["canopyCover"] != nil || reading["reason"] is String
            #expect(reading["canopyCover"] is Double || isTold, "\(reading)")
        }
        #expect(
            (try document(["readings", "--json", "--plot", "p1"], kind: "readings")["readings"] as? [Any])?.count == 28)
        let other = try Command.run("readings", village.path, "--plot", "p9")
        #expect(other.status == 2 && other.err.contains("p1"), "\(other)")
    }

    /// Programs read stdout, spreadsheets read files.
    @Test func onlyAFileBeginsWithAByteOrderMark() throws {
        let out = village.path + "/readings.csv"
        let piped = try Command.run("readings", village.path)
        #expect(piped.out.hasPrefix("plot,camera,"), "\(piped.out.prefix(60).debugDescription)")
        #expect(try Command.run("readings", village.path, "--out", out).status == 0)
        let bytes = try #require(FileManager.default.contents(atPath: out))
        #expect([UInt8](bytes) == [0xEF, 0xBB, 0xBF] + Array(piped.out.utf8))
    }

    @Test func phenoCamsFile() throws {
        let result = try Command.run("readings", village.path, "--plot", "p1", "--format", "phenocam-roistats")
        #expect(result.status == 0, "\(result)")
        let lines = result.out.split(separator: "\n")
        #expect(lines.first == "#" && lines.dropFirst().first == "# ROI color statistics timeseries for cam")
        let table = lines.filter { !$0.hasPrefix("#") }
        #expect(table.count == 1 + 28)
        #expect(
            table.first?.hasPrefix(
                "date,local_std_time,doy,filename,solar_elev,exposure,awbflag,mask_index,gcc,rcc,r_mean,") == true)
        #expect(table.dropFirst().first?.hasPrefix("2024-05-01,10:00:00,122,cam_2024_05_01_100000.jpg,") == true)
        let out = village.path + "/phenocam/"
        #expect(try Command.run("readings", village.path, "--format", "phenocam-3day", "--out", out).status == 0)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: out).sorted() == [
                "cam_AG_1001_3day.csv", "cam_XX_1002_3day.csv",
            ])
        #expect(
            try Command.run("readings", village.path, "--format", "phenocam-1day").status == 2,
            "one file holds one plot")
    }

    @Test func aReportHoldsEverythingInOneFile() throws {
        let out = village.path + "/report"
        let result = try Command.run("report", village.path, "--out", out, "--json")
        #expect(result.status == 0 && result.out.hasPrefix(#"{"plotwatch":"1","kind":"report""#), "\(result)")
        let page = try String(contentsOfFile: out + "/index.html", encoding: .utf8)
        #expect(page.contains("data:image/jpeg;base64,") && page.contains("cam_2024_05_20_120000.jpg"))
        // The looks at the works between before and after.
        let strip = try #require(page.components(separatedBy: "class=\"strip\"").dropFirst().first)
        #expect(strip.components(separatedBy: "</div>")[0].components(separatedBy: "<img").count == 6)
        for word in ["src=\"http", "href=\"http", "@import", "url(http"] { #expect(!page.contains(word), "\(word)") }
        for name in ["flags.json", "advice.json", "readings.json", "captures.json", "plots.geojson"] {
            let data = try #require(FileManager.default.contents(atPath: out + "/" + name))
            #expect(throws: Never.self, "\(name)") { try JSONSerialization.jsonObject(with: data) }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: out).allSatisfy { !$0.hasSuffix(".part") })
    }

    @Test func aReaderThatGoesAwayIsNoFault() throws {
        for words in [
            "readings SITE", "readings SITE --json", "report SITE --out SITE/report2", "flags SITE --json",
            "run --help",
        ] {
            let line = words.replacingOccurrences(of: "SITE", with: "'\(village.path)'")
            let result = try Command.shell(
                "'\(Command.executable.path)' \(line) | head -c 1 > /dev/null; echo ${PIPESTATUS[0]}")
            #expect(result.out == "0\n", "\(words): \(result)")
            let closed = try Command.shell("'\(Command.executable.path)' \(line) | true; echo ${PIPESTATUS[0]}")
            #expect(closed.out == "0\n", "\(words): \(closed)")
        }
    }

    @Test func aHouseholdOrAPlotThatThereIsNot() throws {
        #expect(try Command.run("advice", village.path, "--household", "h09").status == 2)
        #expect(try Command.run("inspect", village.path, "p9").status == 2)
        #expect(try Command.run("advice", village.path, "--household", "h01").status == 0)
    }

    @Test func openHandsTheNewestPictureToTheViewer() throws {
        let bin = try TemporaryFolder()
        let words = "#!/bin/sh\nprintf %s \"$1\" > '\(bin.url.path)/shown'\n"
        let script = try bin.write(Array(words.utf8), to: "xdg-open")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script.path)
        let result = try Command.run("inspect", village.path, "b1", "--open", environment: ["PATH": bin.url.path])
        #expect(result.status == 0, "\(result)")
        let shown = try String(contentsOf: bin.url.appending(path: "shown"), encoding: .utf8)
        #expect(FileManager.default.fileExists(atPath: shown))
        #expect(result.out.contains((shown as NSString).lastPathComponent))
        let without = try Command.run("inspect", village.path, "b1", "--open", environment: ["PATH": "/nowhere"])
        #expect(without.status == 1 && without.err.contains("xdg-open") && without.out == result.out)
    }

    @Test func whenDidThisFirstAppear() throws {
        let roof = "60,40 100,40 100,70 60,70"
        let found = try document(["inspect", "b1", "--appeared", roof, "--json"], kind: "appearance")
        #expect((found["firstSeen"] as? String)?.hasPrefix("2024-05-07T10:00:00+08:00") == true, "\(found)")
        #expect(found["firstCapture"] as? String == "cam/cam_2024_05_07_100000.jpg" && found["reason"] is NSNull)
        let words = try Command.run("inspect", village.path, "b1", "--appeared", roof)
        #expect(words.status == 0 && words.out.hasPrefix("first seen: 2024-05-07T10:00:00+08:00\n"), "\(words)")
        let before = try document(
            ["inspect", "b1", "--appeared", roof, "--at", "2024-05-05", "--json"], kind: "appearance")
        #expect(before["firstSeen"] is NSNull && before["reason"] is String)
        #expect(try Command.run("inspect", village.path, "b1", "--appeared", "60,40 100,40").status == 2)
        #expect(try Command.run("inspect", village.path, "b1", "--appeared", "900,900 990,900 990,990").status == 2)
    }

    @Test(arguments: ["flags", "advice", "readings"]) func beforeTheFirstRunThereIsNothingToSay(name: String) throws {
        let fresh = try VillageFolder(pictures: 1)
        let before = fresh.contents
        let result = try Command.run(name, fresh.path)
        #expect(result.status == 1 && result.out.isEmpty && result.err.contains("plotwatch run"), "\(result)")
        #expect(fresh.contents == before)
    }
}
