import Decoding
import Foundation
import Pixels
import TestKit
import Testing

/// After the first captures a run lives on the memory that it has.
@Suite struct MemoryTests {
    /// Of 1280 × 720: decoded, one alone is 675 pages of 4 KiB.
    private static let size = Size(width: 1280, height: 720)
    private static let picturePages = 3 * 1280 * 720 / 4096

    private static func village(captures: Int) throws -> VillageFolder {
        let site = """
            site: large
            name: large
            language: en
            timezone: Asia/Shanghai
            location: {latitude: 28.84, longitude: 108.77, elevation: 520}
            archive: archive
            store: plotwatch.sqlite
            cameras:
              - {id: cam, files: "cam/**/*.jpg", timestamp: auto}
            plots:
              - {id: p1, camera: cam, kind: field, polygon: [100,300, 1100,300, 1200,700, 60,700]}
            """
        let village = try VillageFolder(pictures: 0, site: site)
        for number in 0..<captures {
            try village.write(season.get()[number % 4], to: VillageFolder.picture(number))
        }
        return village
    }

    /// Four exposures of one scene.
    private static let season = Result { () throws in
        let scene = Scene(size: size)
        return try [1, 0.92, 1.06, 0.88].enumerated().map { number, exposure -> [UInt8] in
            var moment = Scene.Moment(noiseSeed: UInt64(number + 1))
            moment.exposure = exposure
            return try Encoder.jpeg(scene.picture(moment), quality: 90)
        }
    }

    /// Each decoded picture would be 675 pages. What is left is what construction remembers, until its memory is full.
    @Test(.enabled(if: PictureMemory.keep(), "the allocator is not glibc's"))
    func furtherCapturesTakeNoPicturesOfMemory() throws {
        func spent(_ captures: Int) throws -> Spent {
            let village = try MemoryTests.village(captures: captures)
            return try Spent.running(["run", village.path, "--jobs", "1"], environment: ["PATH": "/usr/bin:/bin"])
        }
        let few = try spent(20), many = try spent(50)
        #expect(few.status == 0 && many.status == 0)
        let pages = (many.pages - few.pages) / 30
        #expect(pages < MemoryTests.picturePages / 8, "\(pages) pages a capture")
    }
}
