import Foundation
import Testing
import Village

@testable import Archive

private func time(_ text: String) throws -> Date { try #require(shanghai().instant(text)) }

@Test func theMostTrustedSourceDecides() throws {
    let sidecar = SidecarMeta(time: try time("2024-03-01T01:00:00"))
    let exif = ExifTime(dateTime: "2024:03:01 03:00:00")
    let named = "20240301_020000.jpg", inFolders = "c/2024-03-01/04-00-00.jpg", unnamed = "a.jpg"
    let modified = try time("2024-03-01T05:00:00")
    func check(_ path: String, _ sidecar: SidecarMeta?, _ exif: ExifTime?, _ hour: Int, _ source: TimeSource) throws {
        let found = try find(path, sidecar: sidecar, exif: exif, modified: modified)
        #expect(found.at == (try time("2024-03-01T0\(hour):00:00")) && found.source == source, "\(path): \(found)")
    }
    try check(named, sidecar, exif, 1, .sidecar)
    try check(named, SidecarMeta(exposure: 4), exif, 2, .name)
    try check(unnamed, nil, exif, 3, .exif)
    try check(inFolders, nil, exif, 3, .exif)
    try check(inFolders, nil, nil, 4, .folder)
    try check(unnamed, nil, nil, 5, .modification)
}

@Test func exifThatCannotBeTrueIsPassedOver() throws {
    let reset = ExifTime(dateTime: "1970:01:01 00:00:00")
    #expect(try find("c/2024-03-01/04-00-00.jpg", exif: reset).source == .folder)
    let found = try find("a.jpg", exif: reset)
    #expect(found.at == nil && found.problem?.contains("EXIF") == true)
}

/// Clocks without a battery start again where their maker's time begins, and count on from there.
@Test(arguments: ["20000101001000.jpg", "2000-11-30_12-00-00.jpg", "192.0.2.65_01_20000101000410278_TIMING.jpg"])
func aClockThatWasResetIsNoTime(name: String) throws {
    let found = try find("c/" + name, modified: try time("2024-03-01T05:00:00"))
    #expect(found.at == nil && found.problem?.contains("clock was not set") == true, "\(found)")
    let next = name.replacing("2000", with: "2001")
    #expect(try find("c/" + next, modified: try time("2024-03-01T05:00:00")).at != nil)
}

@Test func exifOffsetsAreHonoured() throws {
    let utc = try #require(ExifTime(dateTime: "2024:03:01 04:00:00", subSecond: "25", offset: "+00:00"))
    #expect(try find("a.jpg", exif: utc).at == time("2024-03-01T12:00:00.25"))
    #expect(ExifTime(dateTime: "2024:03:01 04:00:00\0", offset: "+08:00")?.offsetInSeconds == 28_800)
    #expect(ExifTime(dateTime: "2024:03:01 04:00:00", offset: "local")?.offsetInSeconds == nil)
    for text in [
        "", "0000:00:00 00:00:00", "    :  :     :  :  ", "2024:13:01 00:00:00", "2024:03:01", "2024:03:01 24:00:00",
        "x:y:z a:b:c",
    ] {
        #expect(ExifTime(dateTime: text) == nil, "\(text)")
    }
}

@Test func aWrittenTemplateIsTheNameAndNothingElseIsTried() throws {
    let rule = TimestampRule.pattern("{camera}/{yyyy}{MM}{dd}/{HH}{mm}")
    let exif = ExifTime(dateTime: "2024:03:01 03:00:00")
    let found = try find("x/cam/20240301/1405.jpg", rule: rule, exif: exif)
    #expect(
        found
            == FoundTime(
                at: try time("2024-03-01T14:05:00"), source: .folder, patternName: "{camera}/{yyyy}{MM}{dd}/{HH}{mm}",
                cameraID: "cam"))
    #expect(try find("cam_2024_03_01_120000.jpg", rule: rule, exif: exif).source == .exif)
    #expect(try find("cam_2024_03_01_120000.jpg", rule: .pattern("{broken"), exif: exif).source == .exif)
}

@Test func aFolderThatNamesADayBoundsTheModification() throws {
    let sameDay = try time("2024-03-01T15:30:00")
    for folder in ["c/2024-03-01", "20240301/x", "2024/03/01", "a/2024_03_01"] {
        #expect(
            try find("\(folder)/IMG1.jpg", modified: sameDay) == FoundTime(at: sameDay, source: .modification),
            "\(folder)")
        let copied = try find("\(folder)/IMG1.jpg", modified: now - 100)
        #expect(copied.at == (try time("2024-03-01T12:00:00")) && copied.source == .folder, "\(folder)")
    }
    #expect(try find("1969/01/01/IMG1.jpg").problem?.contains("folder") == true)
    #expect(try find("2024/13/01/IMG1.jpg").source == .modification)
}

@Test func phenoCamSidecarsAreRead() throws {
    let text = """
        agc=1
        balance=0
        exposure=44
        overlay_text=" harvardlph  -  NetCam SC IR  -  Fri Aug 25 2017 12:00:08 EST - UTC-5 \\r\\n Camera Temperature:  43.0\\r\\n Exposure: $e "
        """
    let meta = SidecarMeta(text: text)
    #expect(meta.exposure == 44 && meta.balance == 0)
    #expect(meta.time == SiteClock(timeZone: "-05:00")?.instant("2017-08-25T12:00:08"))
    #expect(SidecarMeta(text: text.replacingOccurrences(of: "\n", with: "\r\n")) == meta)
    #expect(SidecarMeta(text: "exposure=14") == SidecarMeta(exposure: 14))
    for nonsense in [
        "", "=", "exposure=x\nbalance", "overlay_text=\"Aug 35 2017 12:00:08 UTC-5\"",
        "overlay_text=Aug 25 2017 12:00:08", "overlay_text=Aug 25 2017 UTC",
        "overlay_text=Aug 25 201720240301120000 12:00:08 EST - UTC-5",
    ] {
        let read = SidecarMeta(text: nonsense)
        #expect(read.exposure == nil && read.balance == nil && read.time == nil, "\(nonsense)")
    }
    #expect(
        SidecarMeta.path(for: "a/b.c/d_1.jpg") == "a/b.c/d_1.meta" && SidecarMeta.path(for: "a/b.c/d") == "a/b.c/d.meta"
    )
}

@Test(.enabled(if: ProcessInfo.processInfo.environment["PLOTWATCH_DATA"] != nil, "PLOTWATCH_DATA is not set"))
func realPhenoCamSidecarsAgreeWithTheirNames() throws {
    let data = try #require(ProcessInfo.processInfo.environment["PLOTWATCH_DATA"]) + "/phenocam-vegindex"
    let reader = FileReader(archive: data)
    let first = SidecarMeta(
        text: String(
            decoding: try reader.read(path: "harvardlph/2017/08/harvardlph_2017_08_25_120008.meta").bytes, as: UTF8.self
        ))
    let named = try find("harvardlph_2017_08_25_120008.jpg", zone: "America/New_York")
    #expect(first.time == named.at && first.exposure == 44 && first.balance == 0)
    let second = SidecarMeta(
        text: String(
            decoding: try reader.read(path: "alligatorriver/2013/06/alligatorriver_IR_2013_06_01_120032.meta").bytes,
            as: UTF8.self))
    #expect(second == SidecarMeta(exposure: 14))
}
