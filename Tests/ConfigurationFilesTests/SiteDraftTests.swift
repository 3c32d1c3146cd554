import Foundation
import Testing
import Village

@testable import ConfigurationFiles

@Test func aDraftIsValidAsItStands() throws {
    let folder = try SiteFolder()
    let cameras = [
        FoundCamera(
            id: "cam_orchard", files: "cam_orchard/**/*.jpg", sample: "cam_orchard/2024/a.jpg", width: 1296,
            height: 960, timeRule: Bilingual(zh: "文件名", en: "PhenoCam"),
            pictureCount: 24, first: Date(timeIntervalSince1970: 1_709_265_600),
            last: Date(timeIntervalSince1970: 1_711_857_600)),
        FoundCamera(
            id: "后山\"果园\\", files: "后山 \"x\"/*.jpg", sample: nil, width: 1, height: 0,
            timeRule: Bilingual(zh: "a\nb: c", en: "a\nb: c"),
            pictureCount: 0, first: nil, last: nil),
        FoundCamera(
            id: "后山", files: "*.jpg", sample: nil, width: 640, height: 480, timeRule: nil, pictureCount: 1, first: nil,
            last: nil),
        FoundCamera(
            id: "cam_orchard", files: "{a,b}/*.jpg", sample: nil, width: 640, height: 480, timeRule: nil,
            pictureCount: 1, first: nil, last: nil),
    ]
    let draft = SiteDraft(id: "大溪", name: "大溪 # 镇", timeZone: "Asia/Shanghai", archive: "archive", cameras: cameras)
    try folder.write(draft.text(), to: "site.yaml")
    let site = try SiteFile.load(path: folder.path)
    #expect(site.id == "da_xi" && site.name == "大溪 # 镇")
    #expect(site.cameras.map(\.id) == ["cam_orchard", "hou_shan_guo_yuan_", "hou_shan", "cam_orchard_2"])
    #expect(site.cameras.map(\.name) == cameras.map(\.id))
    #expect(site.cameras.map(\.files) == cameras.map(\.files))
    #expect(site.cameras[0].reference == "cam_orchard/2024/a.jpg")
    #expect(site.plots.map(\.camera) == site.cameras.map(\.id))
    #expect(site.plots[0].shape == .polygon([SIMD2(324, 240), SIMD2(972, 240), SIMD2(972, 720), SIMD2(324, 720)]))
    #expect(draft.text().contains("2024-03-01T12:00:00+08:00"))
    #expect(draft.text().contains("摄像头"))
}

@Test func aDraftWithoutCamerasSaysSoWhenRead() throws {
    let folder = try SiteFolder()
    try folder.write(SiteDraft(id: "a", timeZone: "UTC", archive: "archive", cameras: []).text(), to: "site.yaml")
    let error = #expect(throws: ConfigurationError.self) { _ = try SiteFile.load(path: folder.path) }
    #expect(try #require(error).faults.count == 1)
}
