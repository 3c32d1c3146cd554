import Foundation
import TestKit
import Testing

/// A camera with `measures: colour`, from the site file to PhenoCam's files.
@Suite struct ColourCommandTests {
    private static let field = VillageFolder.text.replacingOccurrences(
        of: "  - {id: b1, camera: cam, kind: building, household: h02, polygon: [40,36, 140,36, 140,116, 40,116]}\n",
        with: "")

    private func village(_ row: String) throws -> VillageFolder {
        let village = try VillageFolder(
            site: Self.field.replacingOccurrences(of: "timestamp: auto", with: "timestamp: auto\n    " + row))
        let run = try Command.run("run", village.path)
        #expect(run.status == 0, "\(run)")
        return village
    }

    @Test(arguments: ["phenocam-roistats", "phenocam-1day", "phenocam-3day"])
    func phenoCamFilesAreTheSameByteForByte(format: String) throws {
        let all = try village("measures: all"), colour = try village("measures: colour")
        func file(_ village: VillageFolder) throws -> [Substring] {
            let result = try Command.run("readings", village.path, "--plot", "p1", "--format", format)
            #expect(result.status == 0, "\(result)")
            // The head names the moment at which it was written.
            return result.out.split(separator: "\n").filter { !$0.hasPrefix("#") }
        }
        let rows = try file(colour)
        #expect(rows.count >= 6)
        #expect(try file(all) == rows)
    }

    @Test func whatIsNotLookedAtIsSaid() throws {
        let colour = try village("measures: colour")
        #expect(try Command.run("inspect", colour.path, "p1").out.contains("colour only: no cover"))
        let all = try village("measures: all")
        #expect(!(try Command.run("inspect", all.path, "p1").out.contains("colour only")))
        let json = try Command.run("readings", colour.path, "--json").out
        let document = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
        let readings = try #require(document?["readings"] as? [[String: Any]])
        #expect(readings.count == 28)
        for reading in readings {
            #expect(reading["gcc"] is Double && reading["vegetationCover"] is NSNull)
            let reasons = try #require(reading["reason"] as? [String: String])
            #expect(reasons["vegetationCover"]?.contains("measures: colour") ?? false, "\(reasons)")
        }
    }

    @Test func aBuildingPlotIsRefused() throws {
        let site = VillageFolder.text.replacingOccurrences(
            of: "timestamp: auto", with: "timestamp: auto\n    measures: colour")
        let village = try VillageFolder(pictures: 2, site: site)
        let result = try Command.run("run", village.path)
        #expect(result.status == 2 && result.err.contains("site.yaml:15"), "\(result)")
        #expect(!village.contents.contains("plotwatch.sqlite"))
    }
}
