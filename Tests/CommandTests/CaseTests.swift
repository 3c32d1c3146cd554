import Foundation
import GRDB
import Testing

/// One village from its first flag to the answer sheet, by the commands alone.
@Suite(.serialized) struct CaseTests {
    let village: VillageFolder
    let year: String

    init() throws {
        let text = VillageFolder.text.replacingOccurrences(
            of: "- {id: h01, name: 冉家}",
            with: "- {id: h01, name: 冉家, village: 平地坝村}\n  - {id: h02, name: 何家, village: 地灵村}")
        village = try VillageFolder(site: text)
        let run = try Command.run("run", village.path, "--progress", "none")
        #expect(run.status == 0, "\(run)")
        year = String(Calendar(identifier: .gregorian).component(.year, from: Date()))
    }

    private func json(_ words: [String], status: Int32 = 0) throws -> [String: Any] {
        let result = try Command(words).end()
        #expect(result.status == status, "\(words): \(result)")
        return try #require(try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any])
    }

    private func flag() throws -> String {
        let flags = try json(["flags", village.path, "--json"])["flags"] as? [[String: Any]]
        return try #require(flags?.first?["id"] as? String)
    }

    @Test func fromFlagToAnswerSheet() throws {
        let flag = try flag()
        let opened = try json(["case", "open", village.path, "--flag", flag, "--by", "王", "--json"])
        let number = try #require(opened["number"] as? String)
        #expect(opened["kindOfCase"] as? String == "construction" && opened["village"] as? String == "地灵村")
        #expect((opened["firstSeen"] as? String)?.hasPrefix("2024-05-07") == true)
        #expect(try Command.run("case", "open", village.path, "--flag", flag, "--by", "王").status == 1)
        #expect(try Command.run("case", "move", village.path, number, "closed", "--by", "王").err.contains("assessed"))
        for words in [
            ["move", village.path, number, "assessed"], ["assign", village.path, number, "李/四"],
            ["move", village.path, number, "checked", "--note", "已到现场"],
            ["due", village.path, number, "--term", "2098-01-01"],
        ] {
            let result = try Command(["case"] + words + ["--by", "王"]).end()
            #expect(result.status == 0, "\(result)")
        }
        let flags = try json(["flags", village.path, "--json"])["flags"] as? [[String: Any]]
        #expect(flags?.first?["case"] as? String == number)
        // Both orders of words.
        for words in [["case", "list", village.path, "--json"], ["case", village.path, "list", "--json"]] {
            let cases = try json(words)["cases"] as? [[String: Any]]
            #expect(cases?.count == 1 && cases?.first?["assignee"] as? String == "李/四")
        }
        #expect(
            try (json(["case", "overdue", village.path, "--on", "2099-01-01", "--json"])["cases"] as? [Any])?.count == 1
        )
        let lists = village.path + "/lists"
        let work = try Command.run("case", "worklist", village.path, "--out", lists)
        #expect(work.status == 0, "\(work)")
        let page = try String(contentsOfFile: lists + "/worklist-李_四.html", encoding: .utf8)
        #expect(page.contains(number) && page.contains("data:image/jpeg;base64,") && page.contains("Art. 41"))
        for word in ["src=\"http", "href=\"http", "<script"] { #expect(!page.contains(word), "\(word)") }
        #expect(try String(contentsOfFile: lists + "/worklist-李_四.csv", encoding: .utf8).contains(number))
        let csv = try Command.run("case", "export", village.path, "--csv")
        #expect(csv.out.contains("number,kind,title,stage,") && csv.out.contains(number), "\(csv)")

        // An appeal answered at once, one assigned and done, a request of the police.
        func open(_ kind: String) throws -> String {
            try #require(
                json([
                    "case", "open", village.path, "--kind", kind, "--title", "t", "--village", "平地坝村", "--by", "王",
                    "--json",
                ])[
                    "number"] as? String)
        }
        let first = try open("appeal"), second = try open("appeal"), police = try open("police")
        for words in [
            ["close", village.path, first], ["move", village.path, second, "assessed"],
            ["assign", village.path, second, "李"], ["close", village.path, second], ["close", village.path, police],
        ] { #expect(try Command(["case"] + words + ["--by", "王"]).end().status == 0, "\(words)") }
        let summary = try json(["summary", village.path, "--since", "2024-01-01", "--until", "2199-12-31", "--json"])
        let town = try #require(summary["town"] as? [String: Any])
        let appeals = try #require(town["appeals"] as? [String: Any])
        #expect(town["buildingCases"] as? Int == 1 && town["policeCases"] as? Int == 1 && town["messages"] is NSNull)
        #expect((town["reason"] as? [String: Any])?["messages"] != nil)
        #expect(
            ["received", "answeredAtOnce", "assigned", "done", "onTime", "undecided"].map { appeals[$0] as? Int }
                == [2, 1, 1, 1, 1, 0], "\(appeals)")
        let villages = try #require(summary["villages"] as? [[String: Any]])
        #expect(villages.compactMap { $0["village"] as? String } == ["地灵村", "平地坝村"])
        let building = villages.map { ($0["counters"] as? [String: Any])?["buildingCases"] as? Int }
        #expect(building == [1, 0])
        let wall = try #require(summary["wall"] as? [String: Any])
        #expect(Set(wall.keys) == ["乡村总览", "产业兴旺", "生态宜居", "乡风文明", "治理有效", "共同富裕"])
        let out = village.path + "/sheet"
        #expect(
            try Command.run("summary", village.path, "--since", "2024-01-01", "--until", "2199-12-31", "--out", out)
                .status == 0)
        let sheet = try String(contentsOfFile: out + "/summary.html", encoding: .utf8)
        #expect(sheet.contains("100.00 %") && !sheet.contains("{{"))
        // Before anything was opened, nothing was counted: absent, not zero.
        let before = try json(["summary", village.path, "--since", "2023-01-01", "--until", "2023-12-31", "--json"])
        #expect((before["town"] as? [String: Any])?["buildingCases"] is NSNull)
    }

    @Test func evidenceIsTheSameTwiceAndTellsEveryChange() throws {
        let flag = try flag()
        try #require(try Command.run("decide", village.path, flag, "--confirm", "--by", "王").status == 0)
        let file = village.path + "/a.zip", again = village.path + "/b.zip"
        let packed = try json(["evidence", village.path, flag, "--out", file, "--json"])
        let seal = try #require(packed["seal"] as? String)
        #expect(seal.count == 64 && (packed["absent"] as? [Any])?.isEmpty == true, "\(packed)")
        _ = try json(["evidence", village.path, flag, "--out", again, "--json"])
        #expect(FileManager.default.contents(atPath: file) == FileManager.default.contents(atPath: again))
        let intact = try json(["verify", file, "--site", village.path, "--seal", seal, "--json"])
        #expect(intact["intact"] as? Bool == true && intact["sealedAt"] is String, "\(intact)")
        var bytes = try #require(FileManager.default.contents(atPath: file))
        // The originals are in it, byte for byte.
        let original = try #require(
            FileManager.default.contents(atPath: village.path + "/" + VillageFolder.picture(12)))
        #expect(bytes.range(of: original) != nil)
        // So is the strip between before and after, and a change to a look is told like any other.
        let look = try #require(bytes.range(of: Data("pictures/between-1.jpg".utf8)))
        var retouched = bytes
        retouched[look.upperBound + 200] ^= 1
        try retouched.write(to: URL(fileURLWithPath: again))
        #expect(try json(["verify", again, "--json"], status: 1)["intact"] as? Bool == false)
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: URL(fileURLWithPath: again))
        let changed = try json(["verify", again, "--json"], status: 1)
        #expect(changed["intact"] as? Bool == false && (changed["faults"] as? [Any])?.isEmpty == false)
        #expect(try Command.run("verify", village.path + "/none.zip").status == 1)

        // For others: no original, no names of people, no positions.
        let share = village.path + "/share.zip"
        let copy = try Command.run("evidence", village.path, flag, "--out", share, "--share")
        #expect(copy.status == 0, "\(copy)")
        let shared = try #require(FileManager.default.contents(atPath: share))
        for secret in [original, Data("何家".utf8), Data("\"王\"".utf8), Data("Exif".utf8), Data("polygon: [40".utf8)] {
            #expect(shared.range(of: secret) == nil, "\(String(decoding: secret.prefix(20), as: UTF8.self))")
        }
        #expect(shared.range(of: Data("pictures/between-1.jpg".utf8)) != nil)
        #expect(try Command.run("verify", share).status == 0)

        // What was changed since it was read is no evidence any more.
        let path = village.path + "/" + VillageFolder.picture(11)
        var picture = try #require(FileManager.default.contents(atPath: path))
        picture[picture.count - 3] ^= 1
        try picture.write(to: URL(fileURLWithPath: path))
        for number in 10..<28 {
            let path = village.path + "/" + VillageFolder.picture(number)
            var picture = try #require(FileManager.default.contents(atPath: path))
            picture[picture.count - 3] ^= 2
            try picture.write(to: URL(fileURLWithPath: path))
        }
        let refused = try Command.run("evidence", village.path, flag, "--out", village.path + "/c.zip")
        #expect(refused.status == 1 && refused.err.contains("changed or replaced"), "\(refused)")
        #expect(!FileManager.default.fileExists(atPath: village.path + "/c.zip"))
    }

    @Test func nothingIsSentUnlessTheSiteFileSaysSo() throws {
        let none = try Command.run("push", village.path, "--json")
        #expect(none.status == 0 && none.out.contains("\"channels\":[]") && none.err.contains("messages"), "\(none)")
        let section = """

            messages:
              channels:
                - {id: files, kind: files, folder: outbox, mergeMinutes: 0}
                - {id: robot, kind: dingtalk, address: "env:PLOTWATCH_TEST_ROBOT", mergeMinutes: 0}
            """
        let text = try String(contentsOfFile: village.siteFile, encoding: .utf8)
        try Data((text + section + "\n").utf8).write(to: URL(fileURLWithPath: village.siteFile))
        // Reading a store leaves the files of its log.
        func kept() -> [String] { village.contents.filter { !$0.hasSuffix("-shm") && !$0.hasSuffix("-wal") } }
        let before = kept()
        let dry = try Command.run("push", village.path, "--dry-run")
        #expect(dry.status == 0 && dry.out.contains("flag/cam-"), "\(dry)")
        #expect(kept() == before)
        // Nobody listens on this port: the files are written, the robot's messages wait.
        let address = "http://127.0.0.1:9/robot/send?access_token=verysecret"
        let sent = try Command.run("push", village.path, environment: ["PLOTWATCH_TEST_ROBOT": address])
        #expect(sent.status == 1 && sent.out.contains("files: new 1, sent 1, waiting 0"), "\(sent)")
        #expect(sent.out.contains("robot: new 1, sent 0, waiting 1"), "\(sent)")
        #expect(!sent.err.contains("verysecret") && !sent.out.contains("verysecret"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: village.path + "/outbox").count == 1)
        let again = try Command.run("push", village.path, environment: ["PLOTWATCH_TEST_ROBOT": address])
        #expect(again.out.contains("files: new 0, sent 0, waiting 0"), "\(again)")
        // Plain http to elsewhere is refused, the secret stays where it is.
        let unset = try Command.run("push", village.path, "--json")
        #expect(unset.out.contains("\"waiting\":1"), "\(unset)")
    }

    @Test func aPlaceAndATimeAreFound() throws {
        let span = ["--since", "2024-05-03", "--until", "2024-05-04"]
        for place in [["--camera", "cam"], ["--plot", "b1"], ["--household", "h02"], ["--village", "地灵村"], []] {
            let found = try json(["case", "search", village.path] + place + span + ["--json"])
            #expect((found["captures"] as? [Any])?.count == 4, "\(place)")
        }
        #expect(try Command(["case", "search", village.path, "--camera", "cam9"] + span).end().status == 2)
        #expect(try Command(["case", "search", village.path, "--village", "别村"] + span).end().status == 2)
        let file = village.path + "/police.zip"
        let sealed = try Command(["case", "search", village.path, "--plot", "b1"] + span + ["--out", file]).end()
        #expect(sealed.status == 0, "\(sealed)")
        #expect(try Command.run("verify", file, "--site", village.path).status == 0)
        let bytes = try #require(FileManager.default.contents(atPath: file))
        for number in 4..<8 {
            let picture = try #require(
                FileManager.default.contents(atPath: village.path + "/" + VillageFolder.picture(number)))
            #expect(bytes.range(of: picture) != nil, "\(number)")
        }
        let none = ["--since", "2030-01-01", "--until", "2030-01-02", "--out", village.path + "/none.zip"]
        #expect(try Command(["case", "search", village.path] + none).end().status == 1)
    }

    @Test func picturesOfSettledFlagsGoAfterTheirTimeUnlessHeld() throws {
        let flag = try flag()
        func listed(_ words: String...) throws -> Int {
            try #require(json(["case", "retention", village.path, "--json"] + words)["files"] as? [Any]).count
        }
        #expect(try listed() == 0, "nothing is settled")
        let opened = try json(["case", "open", village.path, "--flag", flag, "--by", "王", "--json"])
        let number = try #require(opened["number"] as? String)
        #expect(try Command.run("case", "move", village.path, number, "falseAlarm", "--by", "王").status == 0)
        #expect(try listed() == 0, "settled today")
        // As it would be forty days later.
        let queue = try DatabaseQueue(path: village.store)
        try queue.write { db in
            try db.execute(sql: "DROP TRIGGER journalIsNotChanged; UPDATE journal SET at = at - 3456000000")
        }
        try queue.close()
        #expect(try listed() == 3)
        #expect(try Command.run("case", "hold", village.path, number, "--by", "王").status == 0)
        #expect(try listed("--delete") == 0, "held")
        #expect(try Command.run("case", "hold", village.path, number, "--release", "--by", "王").status == 0)
        let archive = village.contents.filter { $0.hasPrefix("archive") }
        #expect(try listed("--delete") == 3)
        #expect(try listed() == 0)
        #expect(village.contents.filter { $0.hasPrefix("archive") } == archive)
        #expect(!village.contents.contains { $0.hasPrefix("plotwatch.evidence/") && $0.contains(flag) })
        let flags = try json(["flags", village.path, "--all", "--json"])["flags"] as? [Any]
        #expect(flags?.count == 1, "what was found and decided stays")
    }
}
