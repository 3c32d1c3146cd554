import Archive
import Decoding
import Foundation
import Pixels
import TestKit
import Village

extension FuzzTarget {
    private static let picture = Result { try JPEGSamples.files(width: 8, height: 8)[0] }

    /// The body of an EXIF segment, put into a good picture.
    static let exif = FuzzTarget(
        name: "exif", longest: 2048,
        words: ["II*\u{0}", "MM\u{0}*", "ASCII\u{0}\u{0}\u{0}", "2024:03:01 12:00:00", "+08:00"], seeds: { exifSeeds() }
    ) { bytes in
        guard let jpeg = try? picture.get() else { preconditionFailure("no picture to begin with") }
        let body = Array("Exif\0\0".utf8) + bytes
        let length = body.count + 2
        let file = [0xFF, 0xD8, 0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 255)] + body + jpeg.dropFirst(2)
        guard let header = try? Decoder().header(of: file) else { preconditionFailure("EXIF cost the picture") }
        guard let exif = header.exif else { return true }
        for place in [exif.gps].compactMap({ $0 }) {
            promise(abs(place.latitude) <= 90 && abs(place.longitude) <= 180, "no place on Earth: \(place)")
        }
        for time in [exif.dateTime, exif.dateTimeOriginal].compactMap({ $0 }) {
            promise((1...12).contains(time.month) && (1...31).contains(time.day), "no day: \(time)")
        }
        return true
    }

    private static func exifSeeds() -> [[UInt8]] {
        [false, true].map { isBigEndian in
            var sketch = TIFFSketch(isBigEndian: isBigEndian)
            sketch.text(0x010F, "Acme")
            sketch.short(274, 6)
            sketch.text(0x0132, "2016:02:29 23:59:59")
            sketch.text(0x9003, "2015:04:30 12:31:37", in: .camera)
            sketch.text(0x9291, "042", in: .camera)
            sketch.text(0x9011, "+08:00", in: .camera)
            sketch.rational(0x829A, (1, 250), in: .camera)
            sketch.short(0x8827, 400, in: .camera)
            sketch.text(1, "S", in: .place)
            sketch.rational(2, (28, 1), (50, 1), (2_400, 100), in: .place)
            sketch.text(3, "E", in: .place)
            sketch.rational(4, (108, 1), (46, 1), (12, 1), in: .place)
            sketch.rational(7, (4, 1), (31, 1), (37, 1), in: .place)
            sketch.text(29, "2015:04:30", in: .place)
            return sketch.bytes()
        }
    }

    /// A template, a pattern for paths, a path and a sidecar, parted by line feeds.
    static let names = FuzzTarget(
        name: "names", longest: 600,
        words: NamePattern.fieldNames.map { "{\($0)}" } + ["**", "/", "[!a-z]", "20240301120000", "_IR_", "-snapshot"],
        seeds: { nameSeeds() }
    ) { bytes in
        let parts = bytes.split(separator: 10, maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4 else { return false }
        let text = parts.map { String(decoding: $0, as: UTF8.self) }
        let pattern = try? NamePattern(text[0])
        let sidecar = SidecarMeta(text: text[3])
        let now = Date(timeIntervalSince1970: 1_780_000_000)
        guard let clock = SiteClock(timeZone: "Asia/Shanghai") else { preconditionFailure("no clock") }
        for rule in [TimestampRule.automatic, .pattern(text[0])] {
            let finder = TimeFinder(rule: rule, clock: clock, now: now)
            for given in [nil, sidecar] {
                let found = finder.time(path: text[2], sidecar: given, modified: now)
                promise((found.at == nil) == (found.problem != nil), "neither a time nor a reason: \(found)")
                guard let at = found.at else { continue }
                promise(at <= now.addingTimeInterval(TimeFinder.toleratedLead), "a time in the future: \(at)")
            }
        }
        if let pattern { promise(pattern == (try? NamePattern(pattern.template)), "another pattern of the same words") }
        let glob = PathGlob(text[1])
        if glob.matches(text[2]) {
            promise(!text[2].split(separator: "/").isEmpty, "a path without a name matches")
        }
        _ = SidecarMeta.path(for: text[2])
        _ = clock.instant(text[2])
        return true
    }

    private static func nameSeeds() -> [[UInt8]] {
        let paths = [
            "cam/harvard_2024_03_01_120000.jpg", "cam/20240301/20240301120000123_TIMING.jpg",
            "2024-03-01/12-00-00.jpg", "IMG_20240301_120000.jpg", "1709265600.12-x.jpg", "mmexport1709265600000.jpg",
        ]
        let sidecar =
            "exposure=44\nbalance=0\noverlay_text=\"harvard - NetCam SC - Fri Aug 25 2017 12:00:08 EST - UTC-5\"\n"
        let templates = KnownPatterns.all.map(\.expression) + ["{camera}_{yyyy}_{MM}_{dd}_{HH}{mm}{ss}"]
        return templates.enumerated().map { number, template in
            Array("\(template)\ncam/**/*.{jpg,png}\n\(paths[number % paths.count])\n\(sidecar)".utf8)
        }
    }
}
