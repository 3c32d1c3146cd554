import Foundation
import GRDB
import Testing

@Suite struct StoreCommandTests {
    @Test func backupCheckVacuum() throws {
        let village = try VillageFolder(pictures: 4)
        #expect(try Command.run("run", village.path).status == 0)
        let copy = village.path + "/copy.sqlite"
        let backup = try Command.run("store", village.path, "backup", "--out", copy, "--json")
        #expect(backup.status == 0 && backup.out.contains("\"captures\":4"), "\(backup)")
        #expect(
            try Command.run("store", village.path, "backup", "--out", copy).status == 0, "a former copy is replaced")
        let check = try Command.run("store", village.path, "check")
        #expect(check.status == 0 && check.out.contains("sound: 4 captures"), "\(check)")
        #expect(try Command.run("store", village.path, "vacuum", "--json").status == 0)
        let before = try village.dump()
        try village.forget()
        try FileManager.default.moveItem(atPath: copy, toPath: village.store)
        #expect(try village.dump() == before)
        let again = try Command.run("run", village.path, "--json")
        #expect(again.status == 0 && again.out.contains("\"capturesNew\":0"), "\(again)")
    }

    @Test func whatIsNoCopyIsNotReplaced() throws {
        let village = try VillageFolder(pictures: 2)
        #expect(try Command.run("run", village.path).status == 0)
        let picture = village.path + "/" + VillageFolder.picture(0)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: picture))
        for target in [picture, village.siteFile, village.store, village.path] {
            let result = try Command.run("store", village.path, "backup", "--out", target)
            #expect(result.status == 2 && result.err.contains("name another file"), "\(result)")
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: picture)) == bytes)
        #expect(try Command.run("store", village.path, "check").status == 0)
    }

    @Test func aFaultIsStatusOne() throws {
        let village = try VillageFolder(pictures: 2)
        #expect(try Command.run("run", village.path).status == 0)
        let queue = try DatabaseQueue(path: village.store)
        try queue.write { try $0.execute(sql: "UPDATE capture SET quality = 'lovely'") }
        try queue.close()
        let result = try Command.run("store", village.path, "check", "--json")
        #expect(result.status == 1 && result.out.contains("\"sound\":false"), "\(result)")
    }

    @Test func aNewerStoreIsRefusedInWordsByEveryCommand() throws {
        let village = try VillageFolder(pictures: 2)
        #expect(try Command.run("run", village.path).status == 0)
        let queue = try DatabaseQueue(path: village.store)
        try queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('999')") }
        try queue.close()
        let before = try village.dump()
        for words in [["run"], ["flags"], ["readings"], ["store", "check"], ["report", "--out", village.path + "/r"]] {
            var words = words
            words.insert(village.path, at: 1)
            let result = try Command(words).end()
            #expect(result.status == 1 && result.err.contains("newer PlotWatch"), "\(words): \(result)")
        }
        #expect(try village.dump() == before)
    }

    /// Names come from strangers; a terminal must not obey them.
    @Test func controlCharactersOfNamesReachNoTerminal() throws {
        let village = try VillageFolder(pictures: 2)
        let name = "archive/cam/cam_2024_05_01_120000\u{1B}]0;owned\u{07}\u{9B}31m\u{202E}.jpg"
        try village.write([1, 2, 3], to: name)
        let result = try Command.run("run", village.path, "--progress", "json", "--json")
        #expect(result.status == 3, "\(result)")
        let bad: (Unicode.Scalar) -> Bool = { $0.properties.generalCategory == .control && $0 != "\n" }
        #expect(!result.out.unicodeScalars.contains(where: bad) && !result.err.unicodeScalars.contains(where: bad))
        let told = try Command.run("check", village.path)
        #expect(
            !told.out.unicodeScalars.contains(where: bad) && !told.err.unicodeScalars.contains(where: bad), "\(told)")
    }

    @Test func aResultThatTheDiskDoesNotTakeIsNotDone() throws {
        let village = try VillageFolder(pictures: 2)
        #expect(try Command.run("run", village.path).status == 0)
        let result = try Command.shell("'\(Command.executable.path)' readings '\(village.path)' > /dev/full")
        #expect(result.status == 1 && result.err.contains("the disk is full"), "\(result)")
        let gone = try Command.shell(
            "'\(Command.executable.path)' readings '\(village.path)' | true; echo ${PIPESTATUS[0]}")
        #expect(gone.out == "0\n", "a reader that goes away is no fault: \(gone)")
    }
}
