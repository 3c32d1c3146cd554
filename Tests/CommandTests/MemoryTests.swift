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

    private static func village(captures: Int, measures: String = "all") throws -> VillageFolder {
        let site = """
            site: large
            name: large
            language: en
            timezone: Asia/Shanghai
            location: {latitude: 28.84, longitude: 108.77, elevation: 520}
            archive: archive
            store: plotwatch.sqlite
            cameras:
              - {id: cam, files: "cam/**/*.jpg", timestamp: auto, measures: \(measures)}
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

    private static func spent(captures: Int, measures: String = "all") throws -> Spent {
        let village = try village(captures: captures, measures: measures)
        let spent = try Spent.running(["run", village.path, "--jobs", "1"], environment: ["PATH": "/usr/bin:/bin"])
        try #require(spent.status == 0)
        return spent
    }

    /// Each decoded picture would be 675 pages. What is left is what construction remembers, until its memory is full.
    @Test(.enabled(if: PictureMemory.keep(), "the allocator is not glibc's"))
    func furtherCapturesTakeNoPicturesOfMemory() throws {
        let few = try MemoryTests.spent(captures: 20), many = try MemoryTests.spent(captures: 50)
        let pages = (many.pages - few.pages) / 30
        #expect(pages < MemoryTests.picturePages / 8, "\(pages) pages a capture")
    }

    /// Where nothing is remembered, thirty captures take what one row in the store may.
    @Test(.enabled(if: PictureMemory.keep(), "the allocator is not glibc's"), arguments: ["colour", "means"])
    func furtherCapturesOfColourAloneTakeNoMemory(measures: String) throws {
        let few = try MemoryTests.spent(captures: 20, measures: measures)
        let many = try MemoryTests.spent(captures: 50, measures: measures)
        #expect(many.pages - few.pages < 150, "\(few.pages) pages, then \(many.pages)")
    }
}
