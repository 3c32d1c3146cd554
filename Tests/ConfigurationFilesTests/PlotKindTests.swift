import Foundation
import Testing
import Village

@testable import ConfigurationFiles

@Suite struct PlotKindTests {
    private func load(_ row: String) throws -> Site {
        let folder = FileManager.default.temporaryDirectory.appending(path: "plotwatch-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder.appending(path: "archive"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let text = """
            site: s
            timezone: Asia/Shanghai
            cameras: [{id: cam, files: "cam/*.jpg"}]
            plots:
              - {id: r1, camera: cam, polygon: [0,0, 10,0, 10,10], \(row)}
            """
        try Data(text.utf8).write(to: folder.appending(path: "site.yaml"))
        return try SiteFile.load(path: folder.appending(path: "site.yaml").path)
    }

    @Test func roomsAndPensHaveTheirOwnKeys() throws {
        let room = try load(
            "kind: room, noActivityHours: 12, away: [{from: 2024-02-01, until: 2024-02-10}, {from: 2024-05-01}], signs: w.csv"
        ).plots[0].room
        #expect(room.noActivityHours == 12 && room.away.count == 2)
        #expect(room.signs?.hasSuffix("/w.csv") == true)
        #expect(try load("kind: room, away: {from: 2024-02-01}").plots[0].room.away.count == 1)
        #expect(try load("kind: room").plots[0].room == RoomSettings())
        let pen = try load("kind: poultry, breed: layer, county: 达州, freshFruit: true, expected: 60").plots[0].pen
        #expect(pen == PenSettings(breed: "layer", county: "达州", freshFruit: true, expected: 60))
    }

    @Test(arguments: [
        ("kind: room, noActivityHours: 0", "noActivityHours"), ("kind: room, noActivityHours: soon", "noActivityHours"),
        ("kind: orchard, away: {from: 2024-02-01}", "away"), ("kind: room, signs: watch.txt", "signs"),
        ("kind: room, breed: layer", "breed"), ("kind: poultry, expected: -3", "expected"),
        ("kind: room, away: {from: 2024-02-30}", "away"),
    ])
    func faultsNameTheKey(_ row: String, _ key: String) throws {
        let error = try #require(throws: ConfigurationError.self) { try load(row) }
        #expect(error.faults.contains { ($0.message + $0.remedy).contains(key) && $0.line == 5 })
    }
}
