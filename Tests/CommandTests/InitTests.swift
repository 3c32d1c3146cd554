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

    /// Cameras in folders of folders, one with a folder of its own inside, one with folders of dates, one loose, and names
    /// that a pattern would read otherwise.
    @Test func camerasAreToldApartByTheirFolders() throws {
        let village = try VillageFolder(pictures: 6)
        let files = FileManager.default
        let pictures = try files.subpathsOfDirectory(atPath: village.path + "/archive").filter { $0.hasSuffix(".jpg") }
            .sorted()
        let folder = village.path + "/other"
        let places = [
            "archive/鱼塘 [1]/a.jpg", "archive/鱼塘 [1]/b.jpg", "archive/gate/2024/05/a.jpg",
            "archive/gate/2024-06-01/001/b.jpg", "archive/yard/a.jpg", "archive/yard/night/b.jpg",
        ]
        for (picture, place) in zip(pictures, places) {
            let target = folder + "/" + place
            try files.createDirectory(
                atPath: (target as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try files.copyItem(atPath: village.path + "/archive/" + picture, toPath: target)
        }
        let made = try Command.run("init", folder, "--json")
        #expect(made.status == 0, "\(made)")
        let document = try JSONSerialization.jsonObject(with: Data(made.out.utf8)) as? [String: Any]
        let cameras = try #require(document?["cameras"] as? [[String: Any]])
        #expect(cameras.map { $0["name"] as? String } == ["gate", "yard", "鱼塘 [1]"])
        #expect(cameras.map { $0["pictures"] as? Int } == [2, 2, 2])
        let check = try Command.run("check", folder, "--json")
        #expect(check.out.contains("yu_tang_") && !check.out.contains("noPictures"), "\(check)")
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
