import Foundation
import Testing

@Suite struct InitTests {
    private func archive() throws -> VillageFolder {
        let village = try VillageFolder(pictures: 6)
        try FileManager.default.removeItem(atPath: village.siteFile)
        return village
    }

    @Test func whatItWritesCheckAndRunAccept() throws {
        let village = try archive()
        let folder = village.path + "/archive"
        let made = try Command.run("init", folder)
        #expect(made.status == 0 && made.out == folder + "/site.yaml\n", "\(made)")
        let check = try Command.run("check", folder)
        #expect(check.status == 0, "\(check)")
        let run = try Command.run("run", folder, "--jobs", "2")
        #expect(run.status == 0, "\(run)")
    }

    @Test func anExistingFileIsLeftAlone() throws {
        let village = try archive()
        let target = village.path + "/archive/site.yaml"
        try Data("mine".utf8).write(to: URL(fileURLWithPath: target))
        let result = try Command.run("init", village.path + "/archive")
        #expect(result.status == 1 && result.err.contains("site.yaml"), "\(result)")
        #expect(FileManager.default.contents(atPath: target) == Data("mine".utf8))
    }

    @Test func aDryRunWritesNothing() throws {
        let village = try archive()
        let before = village.contents
        let result = try Command.run("init", village.path + "/archive", "--dry-run")
        #expect(
            result.status == 0 && result.out.contains("\ncameras:") && result.out.contains("id: cam\n"), "\(result)")
        #expect(village.contents == before)
    }

    @Test func aFolderWithoutPictures() throws {
        let village = try VillageFolder(pictures: 0)
        let empty = village.path + "/empty"
        try FileManager.default.createDirectory(atPath: empty, withIntermediateDirectories: true)
        let result = try Command.run("init", empty)
        #expect(result.status == 1 && !result.err.isEmpty, "\(result)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: empty).isEmpty)
        #expect(try Command.run("init", empty + "/nowhere").status == 2)
    }
}
