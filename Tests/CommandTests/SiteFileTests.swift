import Foundation
import Testing

/// A wrong site file is refused whole: all its faults, nothing written.
@Suite struct SiteFileFaultTests {
    static let wrong = VillageFolder.text
        .replacingOccurrences(of: "timezone: Asia/Shanghai", with: "timezone: Asia/Nowhere")
        .replacingOccurrences(of: "kind: orchard", with: "kind: orchid")
        .replacingOccurrences(of: "id: b1, camera: cam", with: "id: b1, camera: cam9")
        .replacingOccurrences(of: "language: en", with: "langauge: en")

    @Test(arguments: [
        ["run"], ["run", "--jobs", "2"], ["check"], ["flags"], ["advice"], ["readings"], ["inspect", "b1"],
        ["report", "--out", "report"],
    ])
    func allFaultsWithTheirLinesAndNothingWritten(words: [String]) throws {
        let village = try VillageFolder(pictures: 2, site: Self.wrong)
        let before = village.contents
        var words = words
        words.insert(village.path, at: 1)
        let result = try Command(words).end()
        #expect(result.status == 2, "\(result)")
        #expect(result.out.isEmpty, "\(result)")
        for (line, word) in [(3, "langauge"), (4, "Asia/Nowhere"), (13, "orchid"), (14, "cam9")] {
            let isTold = result.err.split(separator: "\n").contains {
                $0.contains("site.yaml:\(line)") && $0.contains(word)
            }
            #expect(isTold, "line \(line): \(result)")
        }
        #expect(village.contents == before)
    }

    /// Chinese on a Chinese terminal, English on another, both where nothing says who reads it.
    @Test(arguments: [
        ("zh_CN.UTF-8", true, false), ("en_GB.UTF-8", false, true), ("C.UTF-8", true, true), ("", true, true),
    ])
    func faultsAreToldInTheTerminalsLanguage(locale: String, isChinese: Bool, isEnglish: Bool) throws {
        let text = VillageFolder.text.replacingOccurrences(of: "site: daxi", with: "site：daxi")
        let village = try VillageFolder(pictures: 1, site: text)
        let environment = ["LC_ALL": locale, "LC_MESSAGES": "", "LANG": ""]
        let result = try Command.run("check", village.path, environment: environment)
        #expect(result.err.contains("英文冒号") == isChinese, "\(result)")
        #expect(result.err.contains("full-width") == isEnglish, "\(result)")
        let missing = try Command.run("flags", village.path + "/nowhere", environment: environment)
        #expect(missing.err.contains("没有这个文件") == isChinese, "\(missing)")
        #expect(missing.err.contains("no such file") == isEnglish, "\(missing)")
    }

    @Test func programsGetTheFaultsAsFindings() throws {
        let village = try VillageFolder(pictures: 2, site: Self.wrong)
        let result = try Command.run("check", village.path, "--json")
        #expect(result.status == 2, "\(result)")
        let document = try #require(
            try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any], "\(result)")
        let findings = try #require(document["findings"] as? [[String: Any]])
        #expect(document["kind"] as? String == "check" && findings.count == 4, "\(result)")
        #expect(
            findings.allSatisfy {
                $0["severity"] as? String == "error" && ($0["path"] as? String ?? "").contains("site.yaml:")
                    && ($0["remedy"] as? [String: String] ?? [:]).keys.sorted() == ["en", "zh"]
            }, "\(result)")
    }

    @Test(arguments: ["", "{", "site: [", "\u{0}\u{1}", "- 1\n- 2\n", "site: daxi\n"]) func whatIsNoSiteFile(
        text: String
    ) throws {
        let village = try VillageFolder(pictures: 1, site: text)
        let before = village.contents
        let result = try Command.run("run", village.path)
        #expect(result.status == 2 && result.err.contains("site.yaml:"), "\(result)")
        #expect(village.contents == before)
    }

    @Test func aFolderWithoutASiteFileAndNoFolderAtAll() throws {
        let village = try VillageFolder(pictures: 0)
        try FileManager.default.removeItem(atPath: village.siteFile)
        #expect(try Command.run("run", village.path).status == 2)
        #expect(try Command.run("run", village.path + "/nowhere").status == 2)
        #expect(village.contents.isEmpty)
    }

    @Test(arguments: [["--camera", "nope"], ["--since", "yesterday"], ["--until", "2024-13-01"]])
    func aWrongOptionWritesNothing(words: [String]) throws {
        let village = try VillageFolder(pictures: 1)
        let before = village.contents
        let result = try Command(["run", village.path] + words).end()
        #expect(result.status == 2 && !result.err.isEmpty, "\(result)")
        #expect(village.contents == before)
    }

    @Test func aReferenceThatWasNeverThereIsAFault() throws {
        let text = VillageFolder.text.replacingOccurrences(
            of: "    timestamp: auto", with: "    timestamp: auto\n    reference: cam/gone.jpg")
        let village = try VillageFolder(pictures: 1, site: text)
        let result = try Command.run("run", village.path)
        #expect(result.status == 2 && result.err.contains("cam/gone.jpg"), "\(result)")
    }

    /// The store keeps the reference, so a village may prune its archive.
    @Test func aReferenceThatTheArchiveForgotIsNoFault() throws {
        let name = VillageFolder.picture(0).replacingOccurrences(of: "archive/", with: "")
        let text = VillageFolder.text.replacingOccurrences(
            of: "    timestamp: auto", with: "    timestamp: auto\n    reference: \(name)")
        let village = try VillageFolder(pictures: 4, site: text)
        #expect(try Command.run("run", village.path).status == 0)
        try FileManager.default.removeItem(atPath: village.path + "/" + VillageFolder.picture(0))
        for words in [["run", village.path], ["flags", village.path], ["readings", village.path]] {
            let result = try Command(words).end()
            #expect(result.status == 0, "\(words[0]): \(result)")
        }
    }

    @Test func kernelsThatThereAreNot() throws {
        let village = try VillageFolder(pictures: 1)
        let result = try Command.run("run", village.path, environment: ["PLOTWATCH_KERNELS": "cuda"])
        #expect(result.status == 2 && result.err.contains("reference"), "\(result)")
    }
}
