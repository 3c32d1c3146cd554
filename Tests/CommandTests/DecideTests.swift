import Foundation
import Testing

@Suite struct DecideTests {
    let village: VillageFolder
    let flag = "cam-1"

    init() throws {
        village = try VillageFolder()
        let result = try Command.run("run", village.path, "--progress", "none")
        #expect(result.status == 0, "\(result)")
    }

    private func flags(_ words: String...) throws -> [[String: Any]] {
        let result = try Command(["flags", village.path, "--json"] + words).end()
        #expect(result.status == 0, "\(result)")
        let document = try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any]
        return try #require(document?["flags"] as? [[String: Any]])
    }

    private func decide(_ words: String...) throws -> Command.Result {
        try Command(["decide", village.path, try #require(flags("--all").first?["id"] as? String)] + words).end()
    }

    @Test func fromRejectionToPermit() throws {
        #expect(try flags().first?["decision"] is NSNull)
        #expect(try decide("--reject", "shadow", "--by", "王", "--note", "影子").status == 0)
        #expect(try flags().isEmpty && flags("--undecided").isEmpty)
        for words in ["--all", "--decision=reject"] {
            let decision = try #require(try flags(words).first?["decision"] as? [String: Any])
            #expect(decision["verdict"] as? String == "reject" && decision["rejection"] as? String == "shadow")
            #expect(decision["by"] as? String == "王" && decision["note"] as? String == "影子")
        }
        let run = try Command.run("run", village.path, "--fail-on-flag", "--progress", "none")
        #expect(run.status == 0, "a rejected flag is not open: \(run)")
        #expect(try decide("--undo", "--by", "王").status == 0)
        #expect(try flags().first?["status"] as? String == "unauthorized")
        #expect(try Command.run("run", village.path, "--fail-on-flag", "--progress", "none").status == 4)
        #expect(try decide("--undo", "--by", "王").status == 1, "nothing is left to take back")
        #expect(try decide("--permitted", "乡字第2024-017号", "--by", "王").status == 0)
        let flag = try #require(try flags("--status", "permitted").first)
        #expect(flag["permit"] as? String == "乡字第2024-017号")
        let list = try decide("--json")
        #expect(list.out.hasPrefix(#"{"plotwatch":"1","kind":"decisions","decisions":[{"id":1,"#), "\(list)")
        #expect(list.out.components(separatedBy: "\"verdict\"").count == 4, "\(list)")
    }

    @Test func aWrongDecisionIsRefused() throws {
        #expect(try decide("--confirm").status == 2)
        #expect(try decide("--confirm", "--unsure", "--by", "王").status == 2)
        #expect(try decide("--reject", "boredom", "--by", "王").status == 2)
        #expect(try Command.run("decide", village.path, "cam-99", "--confirm", "--by", "王").status == 1)
        #expect(try flags().first?["decision"] is NSNull)
    }
}
