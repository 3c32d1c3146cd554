import Foundation
import TestKit
import Testing

/// The scheduled job as a process: its exit statuses, and that it may be killed.
@Suite(.serialized) struct RunTests {
    /// More than are stored at once.
    static let pictures = 150

    @Test func exitStatuses() throws {
        let village = try VillageFolder(pictures: 20)
        let first = try Command.run("run", village.path)
        #expect(first.status == 0, "\(first)")
        #expect(try Command.run("run", village.path, "--fail-on-flag").status == 4, "the flag is still open")
        try village.write([1, 2, 3], to: "archive/cam/cam_2024_05_20_120000.jpg")
        let bad = try Command.run("run", village.path, "--json")
        #expect(bad.status == 3 && bad.out.contains("cam_2024_05_20_120000.jpg"), "\(bad)")
        #expect(try Command.run("run", village.path).status == 0, "it is said once")
        let other = VillageFolder.text.replacingOccurrences(of: "site: daxi", with: "site: other")
        try Data(other.utf8).write(to: URL(fileURLWithPath: village.siteFile))
        let refused = try Command.run("run", village.path)
        #expect(refused.status == 1 && refused.err.contains("daxi"), "\(refused)")
    }

    @Test func aRunThatFindsNothingNewSaysSo() throws {
        let village = try VillageFolder(pictures: 20)
        func counts() throws -> [String: Int] {
            let result = try Command.run("run", village.path, "--json")
            let document = try #require(
                try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any], "\(result)")
            return document.compactMapValues { $0 as? Int }
        }
        let first = try counts(), second = try counts()
        #expect(first["capturesFound"] == 20 && first["capturesNew"] == 20 && first["flagsRaised"] == 1, "\(first)")
        #expect(second["capturesFound"] == 20 && second["capturesNew"] == 0, "\(second)")
        #expect(
            second["flagsRaised"] == 0 && second["flagsOpen"] == 1, "the flag of the first run is not new: \(second)")
    }

    @Test func aStoreThatIsNoneStopsTheRun() throws {
        let village = try VillageFolder(pictures: 1)
        try Data(repeating: 7, count: 9000).write(to: URL(fileURLWithPath: village.store))
        let result = try Command.run("run", village.path)
        #expect(result.status == 1 && result.err.contains("plotwatch.sqlite"), "\(result)")
    }

    @Test func progressIsOneEventALine() throws {
        let village = try VillageFolder(pictures: 5)
        let result = try Command.run("run", village.path, "--progress", "json")
        let events = try result.err.split(separator: "\n").map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
        #expect(events.first?["event"] as? String == "cameraStarted" && events.first?["newCaptures"] as? Int == 5)
        #expect(events.filter { $0["event"] as? String == "captureDone" }.count == 5)
        #expect(events.last?["event"] as? String == "cameraDone")
        #expect(!result.out.contains("\u{1B}") && !result.err.contains("\u{1B}"), "no bar where there is no terminal")
    }

    @Test func everySetOfKernelsAndNumberOfJobsGivesTheSameStore() throws {
        let village = try VillageFolder(pictures: 16)
        #expect(try Command.run("run", village.path, "--jobs", "1").status == 0)
        let expected = try village.dump()
        for (kernels, jobs) in [("reference", "1"), ("baseline", "3")] {
            try village.forget()
            #expect(
                try Command.run("run", village.path, "--jobs", jobs, environment: ["PLOTWATCH_KERNELS": kernels]).status
                    == 0)
            #expect(try village.dump() == expected, "\(kernels), \(jobs) jobs")
        }
    }

    @Test func sinceAndUntilThenTheRest() throws {
        let village = try VillageFolder(pictures: 12)
        #expect(try Command.run("run", village.path, "--until", "2024-05-02").status == 0)
        #expect(try village.dump().filter { $0.hasPrefix("capture:") }.count == 4, "the second of May is meant whole")
        #expect(try Command.run("run", village.path).status == 0)
        let inTwo = try village.dump()
        try village.forget()
        #expect(try Command.run("run", village.path).status == 0)
        #expect(try village.dump() == inTwo)
    }

    @Test func aSecondRunAtTheSameTimeSaysSo() throws {
        let village = try VillageFolder(pictures: RunTests.pictures)
        let first = try Command(["run", village.path, "--jobs", "1", "--progress", "json"])
        try #require(first.waits(for: "captureDone"))
        let second = try Command.run("run", village.path)
        #expect(second.status == 1 && second.err.contains("another run"), "\(second)")
        // Those who only read are not held up.
        #expect(try Command.run("readings", village.path).status == 0)
        #expect(first.isRunning, "the first run was over before the second was tried")
        #expect(first.end().status == 0)
        #expect(try Command.run("run", village.path).status == 0, "the lock goes with the run")
    }

    @Test(arguments: [SIGINT, SIGTERM]) func anInterruptedRunGoesOnWhereItEnded(signal: Int32) throws {
        let village = try VillageFolder(pictures: RunTests.pictures)
        let first = try Command(["run", village.path, "--jobs", "1", "--progress", "json", "--json"])
        try #require(first.waits(for: "captureDone"))
        kill(first.identifier, signal)
        let result = first.end()
        #expect(result.status == 130, "\(result)")
        #expect(result.out.hasPrefix(#"{"plotwatch":"1","kind":"run""#), "\(result)")
        let stored = try village.dump().filter { $0.hasPrefix("capture:") }.count
        #expect((1..<RunTests.pictures).contains(stored), "\(stored)")
        #expect(try Command.run("run", village.path, "--jobs", "1").status == 0)
        #expect(try village.dump() == expectedDump())
    }

    /// Killed at four seeded moments each, then left to finish.
    @Test(arguments: [(seed: 1, jobs: "1"), (seed: 2, jobs: "4")] as [(seed: UInt64, jobs: String)])
    func aRunThatIsKilledLeavesNoTrace(seed: UInt64, jobs: String) throws {
        let village = try VillageFolder(pictures: RunTests.pictures)
        var generator = SeededGenerator(seed: seed)
        var kills = 0
        for _ in 0..<4 {
            let run = try Command(["run", village.path, "--jobs", jobs, "--progress", "json"])
            usleep(UInt32.random(in: 20_000...400_000, using: &generator))
            if run.isRunning { kills += 1 }
            kill(run.identifier, SIGKILL)
            _ = run.end()
        }
        let last = try Command.run("run", village.path, "--jobs", jobs)
        #expect(last.status == 0, "seed \(seed): \(last)")
        #expect(kills > 0, "seed \(seed)")
        #expect(try village.dump() == expectedDump(), "seed \(seed)")
        #expect(village.contents.allSatisfy { !$0.hasSuffix(".part") })

        // What was read is not read again, and need not even be there.
        try FileManager.default.removeItem(atPath: village.path + "/archive/cam")
        try FileManager.default.createDirectory(
            atPath: village.path + "/archive/cam", withIntermediateDirectories: true)
        let again = try Command.run("run", village.path, "--json")
        #expect(again.status == 0, "\(again)")
        #expect(try village.dump() == expectedDump())
    }

    private static let expected = Result { () throws -> [String] in
        let village = try VillageFolder(pictures: RunTests.pictures)
        let result = try Command.run("run", village.path, "--jobs", "1")
        #expect(result.status == 0, "\(result)")
        return try village.dump()
    }

    /// Of one run from beginning to end.
    private func expectedDump() throws -> [String] { try Self.expected.get() }
}
