import Foundation
import Testing
import Village

@testable import Archive

/// 2026-11-01 00:00 UTC.
let now = Date(timeIntervalSince1970: 1_793_491_200)

func shanghai() throws -> SiteClock { try #require(SiteClock(timeZone: "Asia/Shanghai")) }

func find(
    _ path: String, rule: TimestampRule = .automatic, zone: String = "Asia/Shanghai", sidecar: SidecarMeta? = nil,
    exif: ExifTime? = nil,
    modified: Date = now - 3600
) throws -> FoundTime {
    let clock = try #require(SiteClock(timeZone: zone))
    return TimeFinder(rule: rule, clock: clock, now: now).time(
        path: path, sidecar: sidecar, exif: exif, modified: modified)
}

struct Example: CustomTestStringConvertible {
    var path: String
    var pattern: String
    /// In Shanghai.
    var at: String
    var camera: String?
    var source: TimeSource
    var testDescription: String { path }

    init(_ path: String, _ pattern: String, _ at: String, camera: String? = nil, source: TimeSource = .name) {
        self.path = path
        self.pattern = pattern
        self.at = at
        self.camera = camera
        self.source = source
    }
}

let examples: [Example] = [
    Example("harvard/2009/06/harvard_2009_06_30_120138.jpg", "PhenoCam", "2009-06-30T12:01:38", camera: "harvard"),
    Example(
        "alligatorriver/2013/06/alligatorriver_IR_2013_06_01_120032.jpg", "PhenoCam infrared", "2013-06-01T12:00:32",
        camera: "alligatorriver"),
    Example(
        "cam_orchard/2024/03/01/cam_orchard_2024_03_01_120000.jpg", "PhenoCam", "2024-03-01T12:00:00",
        camera: "cam_orchard"),
    Example(
        "192.168.1.65_01_20250905115636245_MOTION_DETECTION.jpg", "Hikvision", "2025-09-05T11:56:36.245",
        camera: "192.168.1.65"),
    Example(
        "192.168.1.65_01_20250905115636245_TIMING.jpg", "Hikvision", "2025-09-05T11:56:36.245", camera: "192.168.1.65"),
    Example(
        "村口_192.168.1.65_01_20250905115636245_TIMING.jpg", "Hikvision", "2025-09-05T11:56:36.245",
        camera: "村口_192.168.1.65"),
    Example("20260108141528320_J23TST_VEHICLE_DETECTION.jpg", "Hikvision ANPR", "2026-01-08T14:15:28.320"),
    Example(
        "gate/4K00A1B/2024-03-01/001/jpg/14/05/59[M][0@0][0].jpg", "Dahua", "2024-03-01T14:05:59", camera: "4K00A1B",
        source: .folder),
    Example(
        "gate/4K00A1B/2024-03-01/001/jpg/14/05.59[R][0@0][0].jpg", "Dahua, minute in the name", "2024-03-01T14:05:59",
        camera: "4K00A1B", source: .folder),
    Example("2024/03/01/Orchard_00_20240301140559.jpg", "Reolink", "2024-03-01T14:05:59", camera: "Orchard"),
    Example("01-20240301140559-snapshot.jpg", "Motion snapshot", "2024-03-01T14:05:59"),
    Example("1234-20240301140559-02.jpg", "Motion", "2024-03-01T14:05:59"),
    Example("2024/03/01/14/05/59-snapshot.jpg", "Motion 3.0 snapshot", "2024-03-01T14:05:59", source: .folder),
    Example("cam/2024/03/01/14/05/59-03.jpg", "Motion 3.0", "2024-03-01T14:05:59", source: .folder),
    Example("Camera1/2024-03-01/14-05-59.jpg", "motionEye", "2024-03-01T14:05:59", source: .folder),
    Example(
        "2024-03-01/06/front_door/05.59.mp4", "Frigate recording", "2024-03-01T14:05:59", camera: "front_door",
        source: .folder),
    Example(
        "front_door-1709273159.123456-abc123-clean.webp", "Frigate snapshot", "2024-03-01T14:05:59",
        camera: "front_door"),
    Example(
        "34020000001310000001022025081609220800000.jpg", "GB/T 28181", "2025-08-16T09:22:08",
        camera: "34020000001310000001"),
    Example("IMG_20241003_101523.jpg", "phone", "2024-10-03T10:15:23"),
    Example("IMG_20241003_101523_HDR~2.jpg", "phone", "2024-10-03T10:15:23"),
    Example("PXL_20241003_021523456.MP.jpg", "Pixel phone", "2024-10-03T10:15:23.456"),
    Example("mmexport1696300000000.jpg", "WeChat export", "2023-10-03T10:26:40"),
    Example("DJI_20240603101523_0001_D.JPG", "DJI", "2024-06-03T10:15:23"),
    Example("2024-03-01T12-00-00.jpg", "time in the name", "2024-03-01T12:00:00"),
    Example("后山_20240301_120000.jpg", "time in the name", "2024-03-01T12:00:00"),
    Example("x20240301120000y.png", "time in the name", "2024-03-01T12:00:00"),
    Example("Screenshot 2024-03-01 12.00.00.png", "time in the name", "2024-03-01T12:00:00"),
    Example("cam 7 2024_03_01-12_00_00_250.jpg", "time in the name", "2024-03-01T12:00:00"),
]

@Test func noKnownPatternIsLost() { #expect(KnownPatterns.all.count == KnownPatterns.count) }

@Test(arguments: examples)
func everyMakersNamesAreRead(example: Example) throws {
    let found = try find(example.path)
    let wanted = try #require(shanghai().instant(example.at))
    #expect(found.problem == nil)
    #expect(found.patternName == example.pattern)
    #expect(found.source == example.source)
    #expect(found.cameraID == example.camera)
    let at = try #require(found.at)
    #expect(abs(at.timeIntervalSince(wanted)) < 0.0015, "\(at.timeIntervalSince(wanted)) s")
}

/// A maker's name with one digit pair out of range is a fault, never another time.
@Test(arguments: [
    ("cam_2024_13_01_120000.jpg", "month 13"), ("cam_2024_02_30_120000.jpg", "day 30"),
    ("cam_2023_02_29_120000.jpg", "day 29"),
    ("192.168.1.65_01_20250905255636245_TIMING.jpg", "hour 25"),
    ("g/4K/2024-03-01/001/jpg/24/05/59[M][0@0][0].jpg", "hour 24"),
    ("Orchard_00_20240301146059.jpg", "minute 60"), ("34020000001310000001022025081609226100000.jpg", "second 61"),
    ("2024-00-01T12-00-00.jpg", "month 0"), ("IMG_20241032_101523.jpg", "day 32"), ("20241399_120000.jpg", "month 13"),
    ("cam_0000_00_00_000000.jpg", "month 0"),
])
func impossibleNamesGiveNoTimeAndSayWhy(path: String, part: String) throws {
    let found = try find(path, exif: path.contains("jpg/") ? nil : ExifTime(dateTime: "2024:03:01 12:00:00"))
    #expect(found.at == nil)
    #expect(try #require(found.problem).contains(part))
}

@Test(arguments: [
    "WechatIMG123.jpeg", "DJI_0001.JPG", "a.jpg", "12345678901234567_a.jpg", "IMG_1234.jpg", "120000.jpg",
    "cam_123456789012345678901234567890.jpg",
    "99991231_235959.jpg", "后山.jpg",
])
func namesWithoutATimeLeaveItToTheFile(path: String) throws {
    let modified = now - 86_400
    #expect(try find(path, modified: modified) == FoundTime(at: modified, source: .modification))
}

@Test func clocksThatWereNeverSetAreWrong() throws {
    for path in [
        "cam_1970_01_01_000012.jpg", "x_19991231_235959.jpg", "mmexport12.jpg", "cam_2026_11_03_120000.jpg",
        "cam_2099_01_01_000000.jpg",
    ] {
        let found = try find(path)
        #expect(found.at == nil && found.source == .name)
        #expect(try #require(found.problem).contains("clock"), "\(path)")
    }
    // 2026-11-02 07:00 in Shanghai is 23 hours ahead of `now`.
    #expect(try find("cam_2026_11_02_070000.jpg").problem == nil)
    #expect(try find("a.jpg", modified: Date(timeIntervalSince1970: 0)).problem?.contains("modification") == true)
}

@Test func phenoCamNamesAreStandardTimeAndOthersAreNot() throws {
    let winter = try #require(SiteClock(timeZone: "-05:00")?.instant("2024-07-01T12:00:00"))
    #expect(try find("harvard_2024_07_01_120000.jpg", zone: "America/New_York").at == winter)
    #expect(try find("20240701_120000.jpg", zone: "America/New_York").at == winter - 3600)
}
