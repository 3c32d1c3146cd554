import Foundation
import Testing
import Village

@testable import ConfigurationFiles

/// `patrols:` and `pairs:`.
@Suite struct DropTests {
    private func load(_ rows: String) throws -> Site {
        let folder = FileManager.default.temporaryDirectory.appending(path: "plotwatch-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder.appending(path: "archive"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("{}".utf8).write(to: folder.appending(path: "plots.geojson"))
        let text = """
            site: s
            timezone: Asia/Shanghai
            cameras: [{id: cam, files: "cam/*.jpg"}]
            \(rows)
            """
        try Data(text.utf8).write(to: folder.appending(path: "site.yaml"))
        return try SiteFile.load(path: folder.appending(path: "site.yaml").path)
    }

    @Test func foldersLieBelowTheArchiveAndNeedNotBeThereYet() throws {
        let site = try load(
            "patrols: [{id: north, folder: flights, plots: plots.geojson}]\npairs: {folder: a/../cleanup}")
        let patrol = try #require(site.patrols.first)
        #expect(patrol.folder == site.archive + "/flights" && patrol.within == Patrol.usualReach)
        #expect(patrol.plots?.hasSuffix("/plots.geojson") == true)
        #expect(site.pairs == site.archive + "/cleanup")
        #expect(try load("plots: []").patrols.isEmpty && load("plots: []").pairs == nil)
    }

    @Test(arguments: [
        ("patrols: [{id: a}]", "folder"), ("patrols: [{folder: f}]", "id"), ("pairs: {folder: ../x}", "below"),
        ("pairs: {folder: /tmp}", "below"), ("pairs: cleanup", "pairs"), ("pairs: {folder: .}", "below"),
        ("patrols: [{id: a, folder: f}, {id: a, folder: g}]", "twice"),
        ("patrols: [{id: a, folder: f, within: 0}]", "within"),
        ("patrols: [{id: a, folder: f, plots: none.geojson}]", "none.geojson"),
        ("patrols: {id: a, folder: f}", "patrols"), ("patrols: [{id: a, folder: f, hight: 3}]", "hight"),
    ])
    func aFaultIsToldWithItsLine(rows: String, word: String) throws {
        do {
            _ = try load(rows)
            Issue.record("accepted: \(rows)")
        } catch let error as ConfigurationError {
            let fault = try #require(error.faults.first)
            #expect(error.faults.count == 1 && fault.line == 4 && !fault.remedy.isEmpty, "\(error.faults)")
            #expect((fault.message + fault.remedy).contains(word), "\(fault)")
        }
    }
}
