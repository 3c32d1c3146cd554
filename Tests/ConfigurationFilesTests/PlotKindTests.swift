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

    @Test func sortingTablesHaveTheirOwnKeys() throws {
        let fruit = try load("kind: fruit, grades: gbt21488-navel, marker: 'square:40', cameraHeight: 800").plots[0]
            .fruit
        #expect(
            fruit == FruitSettings(table: "gbt21488-navel", scale: .square(millimetres: 40), cameraHeight: 800))
        #expect(try load("kind: fruit, pixelsPerMillimetre: 3.2").plots[0].fruit.scale == .pixelsPerMillimetre(3.2))
        #expect(try load("kind: fruit, marker: coin:25").plots[0].fruit.scale == .coin(millimetres: 25))
        #expect(try load("kind: fruit").plots[0].fruit == FruitSettings())
    }

    @Test(arguments: [
        ("kind: fruit, marker: 'square:4'", "marker"), ("kind: fruit, marker: 40", "marker"),
        ("kind: fruit, marker: 'disc:40'", "marker"), ("kind: fruit, pixelsPerMillimetre: 0", "pixelsPerMillimetre"),
        ("kind: fruit, marker: 'coin:25', pixelsPerMillimetre: 3", "pixelsPerMillimetre"),
        ("kind: fruit, cameraHeight: 1", "cameraHeight"), ("kind: fruit, grades: '../x'", "grades"),
        ("kind: yard, marker: 'coin:25'", "marker"), ("kind: fruit, breed: layer", "breed"),
    ])
    func aFaultyTableIsToldWithItsLine(row: String, key: String) throws {
        do {
            _ = try load(row)
            Issue.record("accepted: \(row)")
        } catch let error as ConfigurationError {
            let fault = try #require(error.faults.first)
            #expect(error.faults.count == 1 && fault.line == 5 && fault.message.contains(key), "\(error.faults)")
            #expect(!fault.remedy.isEmpty)
        }
    }
}
