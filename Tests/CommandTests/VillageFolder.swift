import Decoding
import Foundation
import Pixels
import TestKit

/// A folder with a site file and an archive of tiny pictures, as a village would have it.
final class VillageFolder: Sendable {
    let folder: TemporaryFolder
    var path: String { folder.url.path }
    var siteFile: String { path + "/site.yaml" }
    var store: String { path + "/plotwatch.sqlite" }

    /// Two pictures a day, a roof from the seventh day on; encoded once.
    private static let season = Result { () throws in
        let scene = Scene()
        return try (0..<RunTests.pictures).map { number -> [UInt8] in
            var moment = Scene.Moment(noiseSeed: UInt64(number + 1))
            moment.exposure = [1, 0.9, 1.05, 0.85][number % 4]
            if number >= 12 { moment.things = [Scene.Thing(Region(x: 60, y: 40, width: 40, height: 30), .blueRoof)] }
            return try Encoder.jpeg(scene.picture(moment), quality: 92)
        }
    }

    static let text = """
        site: daxi
        name: 大溪镇
        language: en
        timezone: Asia/Shanghai
        location: {latitude: 28.84, longitude: 108.77, elevation: 520}
        archive: archive
        store: plotwatch.sqlite
        cameras:
          - id: cam
            files: "cam/**/*.jpg"
            timestamp: auto
        plots:
          - {id: p1, camera: cam, kind: orchard, crop: citrus, household: h01, polygon: [5,5, 75,5, 75,35, 5,35]}
          - {id: b1, camera: cam, kind: building, household: h02, polygon: [40,36, 140,36, 140,116, 40,116]}
        households:
          - {id: h01, name: 冉家}
        """

    init(pictures: Int = 28, site: String = VillageFolder.text) throws {
        folder = try TemporaryFolder()
        let season = try VillageFolder.season.get()
        for number in 0..<pictures { try write(season[number], to: VillageFolder.picture(number)) }
        try Data(site.utf8).write(to: URL(fileURLWithPath: siteFile))
    }

    /// Of May, June and July.
    static func picture(_ number: Int) -> String {
        let day = number / 2, hour = number % 2 == 0 ? 10 : 15
        let (month, before) = day < 31 ? (5, 0) : day < 61 ? (6, 31) : (7, 61)
        return String(format: "archive/cam/cam_2024_%02d_%02d_%02d0000.jpg", month, 1 + day - before, hour)
    }

    /// Written long ago, so that nothing passes for an upload in progress.
    func write(_ bytes: [UInt8], to name: String) throws {
        let url = try folder.write(bytes, to: name)
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1_717_000_000)], ofItemAtPath: url.path)
    }

    /// Every file and folder below.
    var contents: [String] { (FileManager.default.subpaths(atPath: path) ?? []).sorted() }

    func dump() throws -> [String] { try StoreDump.rows(of: store) }

    func forget() throws {
        for name in contents where name.hasPrefix("plotwatch.") {
            try? FileManager.default.removeItem(atPath: path + "/" + name)
        }
    }
}
