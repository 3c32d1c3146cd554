import Foundation
import Inspection
import Storage
import TestKit
import Testing
import Village

/// What a store holds depends on the archive alone: not on workers, batches, nor on where a run was cut.
@Suite struct SameResultsTests {
    let village: TestVillage

    init() throws {
        village = try TestVillage()
        try village.addSeason()
    }

    @Test func theSeasonHasSomethingToTell() async throws {
        let summary = try await village.run()
        #expect(summary.captures == 28)
        #expect(summary.unreadable == 2, "the empty file and the half one")
        #expect(summary.byQuality[.dark] == 1 && summary.byQuality[.truncated] == 1 && summary.byQuality[.corrupt] == 1)
        #expect(summary.byQuality[.ok] == 25, "\(summary.byQuality)")
        #expect(summary.openFlags == 1)
        let flag = try #require(try village.store().flags().first)
        #expect(flag.plot == "b1" && flag.status == .unauthorized && flag.stage == .roof)
        for name in [flag.evidence.before, flag.evidence.after, flag.evidence.mask] {
            let path = village.folder.url.path + "/" + (name ?? "?")
            #expect(FileManager.default.fileExists(atPath: path), "\(path)")
        }
    }

    @Test func anyNumberOfJobsGivesTheSameStore() async throws {
        try await village.run(jobs: 1)
        let expected = try village.dump()
        for jobs in [2, 5] {
            try village.forget()
            try await village.run(jobs: jobs)
            #expect(try village.dump() == expected, "\(jobs) jobs")
        }
    }

    @Test(arguments: [1, 3]) func cutAfterAFewCapturesAndResumed(jobs: Int) async throws {
        try await village.run(jobs: jobs)
        let expected = try village.dump()
        try village.forget()
        var runs = 0
        var isDone = false
        while !isDone, runs < 20 {
            // Asked before the camera and after each capture.
            let asked = Counter()
            isDone = try await !village.run(jobs: jobs, isCancelled: { asked.next() > 9 }).wasInterrupted
            runs += 1
        }
        #expect(isDone && runs > 2, "\(runs) runs")
        #expect(try village.dump() == expected)
    }

    @Test func dayByDayAsTheArchiveGrows() async throws {
        try await village.run()
        let expected = try village.dump()
        try village.forget()
        let all = try FileManager.default.contentsOfDirectory(atPath: village.archive + "/cam").sorted()
        let aside = village.folder.url.path + "/aside"
        try FileManager.default.moveItem(atPath: village.archive + "/cam", toPath: aside)
        try FileManager.default.createDirectory(atPath: village.archive + "/cam", withIntermediateDirectories: true)
        for night in stride(from: 0, to: all.count, by: 5) {
            for name in all[night..<min(night + 5, all.count)] {
                try FileManager.default.moveItem(atPath: aside + "/" + name, toPath: village.archive + "/cam/" + name)
            }
            try await village.run(jobs: 2)
        }
        #expect(try village.dump() == expected)
    }

    @Test func theSecondRunReadsNothing() async throws {
        try await village.run()
        // A broken file is worth another look when it has grown; what was whole is not.
        let broken = try village.store().captures().filter { $0.quality == .corrupt || $0.quality == .truncated }
            .map { String($0.path.dropFirst("cam/".count)) }
        let paths = try FileManager.default.contentsOfDirectory(atPath: village.archive + "/cam")
            .filter { !broken.contains($0) }
        let expected = try village.dump()
        // Were a file opened, it would be found to be another.
        for name in paths { try village.write([1, 2, 3], to: "cam/" + name) }
        let second = try await village.run()
        #expect(second.captures == 0 && second.unreadable == 0 && second.postponed == 0)
        #expect(try village.dump() == expected)
        for name in paths { try FileManager.default.removeItem(atPath: village.archive + "/cam/" + name) }
        let third = try await village.run()
        #expect(third.captures == 0)
        #expect(try village.dump() == expected, "what the archive forgets the store keeps")
    }

    @Test func twoCamerasDoNotDisturbEachOther() async throws {
        try village.addSeason(days: 8, camera: "second")
        village.site.cameras.append(TestVillage.camera("second"))
        try await village.run(jobs: 2)
        let both = try village.dump().filter { $0.contains("camera=\"cam\"") || $0.contains("camera=cam") }
        try village.forget()
        village.site.cameras.removeLast()
        try await village.run()
        let alone = try village.dump().filter { $0.contains("camera=\"cam\"") || $0.contains("camera=cam") }
        #expect(!alone.isEmpty && both == alone)
    }
}
