import Foundation
import Testing
import Village

@testable import ConfigurationFiles

private let full = """
    site: daxi
    name: 大溪镇
    language: zh
    timezone: Asia/Shanghai
    location: {latitude: 28.84, longitude: 108.77, elevation: 520}
    archive: archive
    store: plotwatch.sqlite
    cameras:
      - id: cam_orchard
        name: 后山果园
        files: "cam_orchard/**/*.jpg"
        timestamp: auto
        reference: cam_orchard/2024/a.jpg
        ignore: [[0,0, 480,0, 480,40, 0,40]]
        ground: [{pixel: [102,430], metres: [0,0]}, {pixel: [600,430], metres: [20,0]}, {pixel: [620,200], metres: [20,30]}, {pixel: [120,190], metres: [0,30]}]
      - id: cam_street
        files: 'cam_street/*.{jpg,JPG}'
        timestamp: "{camera}_{yyyy}_{MM}_{dd}_{HH}{mm}{ss}"
    plots:
      - id: p1
        camera: cam_orchard
        kind: orchard
        crop: citrus
        household: h01
        polygon: [120,300, 640,280, 700,520, 90,540]
        valid: {from: 2024-01-01, until: 2024-12-31}
      - {id: p1, camera: cam_orchard, kind: orchard, mask: m.tif, valid: {from: 2025-01-01}}
      - {id: b3, camera: cam_street, kind: building, polygon: [[10, 20], [200.5, 20], [200, 180]]}
    permits:
      - {plot: b3, number: 乡字第2024-017号, from: 2024-05-01, until: 2024-12-31, polygon: [10,20, 100,20, 100,90]}
    households:   # a plot may name one that is not listed
      - {id: h01, name: 冉家, village: 平地坝村, group: 3}
    """

@Test func theContractsExampleIsReadWhole() throws {
    let folder = try SiteFolder()
    try folder.write(full, to: "site.yaml")
    let before = folder.contents
    let site = try SiteFile.load(path: folder.path)
    #expect(try SiteFile.load(path: folder.path + "/site.yaml") == site)
    #expect(folder.contents == before)
    #expect(site.id == "daxi" && site.name == "大溪镇" && site.language == .zh && site.timeZone == "Asia/Shanghai")
    #expect(site.location == Location(latitude: 28.84, longitude: 108.77, elevation: 520))
    #expect(
        site.folder == folder.path && site.archive == folder.path + "/archive"
            && site.store == folder.path + "/plotwatch.sqlite")
    let camera = try #require(site.camera("cam_orchard"))
    #expect(camera.name == "后山果园" && camera.files == "cam_orchard/**/*.jpg" && camera.timestamp == .automatic)
    #expect(camera.reference == "cam_orchard/2024/a.jpg")
    #expect(camera.ignore == [[SIMD2(0, 0), SIMD2(480, 0), SIMD2(480, 40), SIMD2(0, 40)]])
    #expect(camera.ground.count == 4 && camera.ground[2] == GroundPoint(pixel: SIMD2(620, 200), metres: SIMD2(20, 30)))
    let street = try #require(site.camera("cam_street"))
    #expect(street.name == "cam_street" && street.timestamp == .pattern("{camera}_{yyyy}_{MM}_{dd}_{HH}{mm}{ss}"))
    #expect(site.plots.map(\.id) == ["p1", "p1", "b3"])
    #expect(site.plots[0].shape == .polygon([SIMD2(120, 300), SIMD2(640, 280), SIMD2(700, 520), SIMD2(90, 540)]))
    #expect(
        site.plots[0].valid
            == DayRange(from: Day(year: 2024, month: 1, day: 1), until: Day(year: 2024, month: 12, day: 31)))
    #expect(site.plots[1].shape == .mask(path: folder.path + "/m.tif") && site.plots[1].crop == nil)
    #expect(site.plots[2].shape == .polygon([SIMD2(10, 20), SIMD2(200.5, 20), SIMD2(200, 180)]))
    #expect(site.permits.first?.number == "乡字第2024-017号" && site.permits.first?.polygon?.count == 3)
    #expect(site.households == [Household(id: "h01", name: "冉家", village: "平地坝村", group: "3")])
}

@Test func leftOutFieldsHaveTheContractsDefaults() throws {
    let folder = try SiteFolder()
    try folder.write("site: a\ntimezone: '+08:00'\ncameras:\n- {id: c, files: 'c/*'}\n", to: "site.yml")
    let site = try SiteFile.load(path: folder.path)
    #expect(site.name == "a" && site.language == .zh && site.location == nil && site.timeZone == "+08:00")
    #expect(site.archive == folder.path + "/archive" && site.store == folder.path + "/plotwatch.sqlite")
    #expect(
        site.cameras == [
            Camera(id: "c", name: "c", files: "c/*", timestamp: .automatic, reference: nil, ignore: [], ground: [])
        ])
    #expect(site.plots.isEmpty && site.permits.isEmpty && site.households.isEmpty)
}

@Test func windowsLineEndsAndAByteOrderMarkDoNotMatter() throws {
    let folder = try SiteFolder()
    try folder.write(full, to: "site.yaml")
    let site = try SiteFile.load(path: folder.path)
    try folder.write(
        bytes: [0xEF, 0xBB, 0xBF] + Array(full.replacingOccurrences(of: "\n", with: "\r\n").utf8), to: "site.yaml")
    #expect(try SiteFile.load(path: folder.path) == site)
}

@Test func namesThatYAMLTakesForOtherTypesStayTexts() throws {
    let folder = try SiteFolder()
    try folder.write(
        "site: 2024\ntimezone: UTC\nname: 1.50\ncameras:\n- {id: no, files: '*', name: 2024-01-01}\nhouseholds:\n- {id: 007, group: 0x10}\n",
        to: "site.yaml")
    let site = try SiteFile.load(path: folder.path)
    #expect(
        site.id == "2024" && site.name == "1.50" && site.cameras.first?.id == "no"
            && site.cameras.first?.name == "2024-01-01")
    #expect(site.households == [Household(id: "007", name: nil, village: nil, group: "0x10")])
}

/// A change to the full example and the faults that must come of it: line and a part of message or remedy.
struct Wrong: CustomTestStringConvertible {
    var name: String
    var replace: String
    var with: String
    var faults: [(line: Int, part: String)]
    var testDescription: String { name }

    init(_ name: String, _ replace: String, _ with: String, _ faults: (Int, String)...) {
        self.name = name
        self.replace = replace
        self.with = with
        self.faults = faults.map { (line: $0.0, part: $0.1) }
    }
}

private let wrongs: [Wrong] = [
    Wrong("id with a space", "site: daxi", "site: da xi", (1, "\"da xi\"")),
    Wrong("id in Chinese", "site: daxi", "site: 大溪", (1, "digits")),
    Wrong("no id", "site: daxi\n", "\n", (2, "\"site\" is missing")),
    Wrong("empty id", "site: daxi", "site:", (1, "\"site\" is missing")),
    Wrong("unknown key", "language: zh", "langauge: zh", (3, "did you mean \"language\"")),
    Wrong("language", "language: zh", "language: fr", (3, "zh, en")),
    Wrong("no time zone", "timezone: Asia/Shanghai\n", "\n", (1, "\"timezone\" is missing")),
    Wrong("time zone misspelt", "Asia/Shanghai", "Asia/Shangai", (4, "Asia/Shanghai")),
    Wrong("latitude", "latitude: 28.84", "latitude: 98.84", (5, "-90 to 90")),
    Wrong("exchanged", "latitude: 28.84, longitude: 108.77", "latitude: 108.77, longitude: 28.84", (5, "exchanged")),
    Wrong("longitude not a number", "108.77", "108.77E", (5, "must be a number")),
    Wrong("longitude infinite", "108.77", ".inf", (5, "must be a number")),
    Wrong("no archive", "archive: archive", "archive: pictures", (6, "does not exist")),
    Wrong("archive is a file", "archive: archive", "archive: m.png", (6, "no folder")),
    Wrong("store in no folder", "plotwatch.sqlite", "x/y.sqlite", (7, "folder of the store")),
    Wrong("store is a folder", "plotwatch.sqlite", "archive", (7, "is a folder")),
    Wrong(
        "camera twice", "id: cam_street", "id: cam_orchard", (16, "first in line 9"), (28, "no camera \"cam_street\"")),
    Wrong("glob leaves the archive", "\"cam_orchard/**/*.jpg\"", "\"../*.jpg\"", (11, "leaves the archive")),
    Wrong("glob with backslash", "\"cam_orchard/**/*.jpg\"", "'cam\\*.jpg'", (11, "backslash")),
    Wrong("glob bracket", "*.{jpg,JPG}", "*.{jpg", (17, "not closed")),
    Wrong("template field", "{yyyy}_{MM}", "{year}_{MM}", (18, "{year}")),
    Wrong("template without date", "_{yyyy}_{MM}_{dd}_", "_", (18, "no date")),
    Wrong("template brace", "{camera}_{yyyy}", "{camera_{yyyy}", (18, "{name}")),
    Wrong("reference missing", "cam_orchard/2024/a.jpg", "cam_orchard/b.jpg", (13, "does not exist")),
    Wrong(
        "reference beside the site", "reference: cam_orchard/2024/a.jpg", "reference: m.png",
        (13, "relative to the archive")),
    Wrong("ground of three", ", {pixel: [120,190], metres: [0,30]}]", "]", (15, "at least 4")),
    Wrong("ground in a line", "{pixel: [620,200],", "{pixel: [351,430],", (15, "in one line")),
    Wrong("ground without metres", ", metres: [0,30]}", "}", (15, "no \"metres\"")),
    Wrong("unknown camera", "    camera: cam_orchard", "    camera: cam_orchid", (21, "did you mean \"cam_orchard\"")),
    Wrong("kind", "kind: building", "kind: house", (28, "orchard, field")),
    Wrong(
        "colour of a building", "    files: 'cam_street/*.{jpg,JPG}'", "    files: '*.jpg'\n    measures: colour",
        (29, "orchard or field")),
    Wrong("measures", "    timestamp: auto", "    measures: trees", (12, "all, colour, means, growth")),
    Wrong("odd polygon", "90,540]", "90]", (25, "odd count")),
    Wrong("two corners", "[120,300, 640,280, 700,520, 90,540]", "[120,300, 640,280]", (25, "2 corners")),
    Wrong("flat polygon", "[120,300, 640,280, 700,520, 90,540]", "[0,0, 10,10, 20,20]", (25, "encloses nothing")),
    Wrong("nan in a polygon", "120,300, 640", "120,.nan, 640", (25, "polygon[1]")),
    Wrong("pair of three", "[200.5, 20]", "[200.5, 20, 1]", (28, "[x,y]")),
    Wrong("mask and polygon", "mask: m.tif,", "mask: m.tif, polygon: [0,0, 1,0, 1,1],", (27, "keep one")),
    Wrong("neither", "mask: m.tif, ", "", (27, "neither polygon nor mask")),
    Wrong("mask missing", "m.tif", "n.tif", (27, "does not exist")),
    Wrong("mask type", "m.tif", "m.bmp", (27, "neither PNG nor TIFF")),
    Wrong("valid overlaps", "2025-01-01", "2024-12-31", (27, "first in line 20")),
    Wrong(
        "valid backwards", "until: 2024-12-31}\n  - {id: p1", "until: 2023-12-31}\n  - {id: p1",
        (26, "before it begins")),
    Wrong("no such day", "from: 2024-01-01", "from: 2024-02-30", (26, "2024-02-30")),
    Wrong("permit's plot", "{plot: b3", "{plot: b9", (30, "did you mean \"b3\"")),
    Wrong("permit backwards", "from: 2024-05-01", "from: 2025-05-01", (30, "exchange")),
    Wrong("permit without number", "number: 乡字第2024-017号, ", "", (30, "no \"number\"")),
    Wrong("household twice", "group: 3}", "group: 3}\n  - {id: h01}", (33, "first in line 32")),
    Wrong(
        "a list is no group", "location: {latitude: 28.84, longitude: 108.77, elevation: 520}",
        "location: [28.84, 108.77]", (5, "is a list")),
    Wrong("key twice", "    kind: orchard", "    kind: orchard\n    kind: field", (23, "first in line 22")),
    Wrong(
        "key three times", "name: 大溪镇", "name: 大溪镇\nname: b\nname: c", (3, "first in line 2"), (4, "first in line 2")),
    Wrong("tab", "    kind: orchard", "\t    kind: orchard", (22, "spaces")),
    Wrong("alias", "\"cam_orchard/**/*.jpg\"", "*.jpg", (11, "in quotes")),
    Wrong("anchor", "[[0,0, 480,0, 480,40, 0,40]]", "&box [[0,0, 480,0, 480,40, 0,40]]", (14, "anchor")),
    Wrong("bracket not closed", "elevation: 520}", "elevation: 520", (6, "not YAML")),
    Wrong("full-width colon", "timezone: Asia", "timezone：Asia", (4, "full-width")),
    Wrong("second document", "plots:", "---\nplots:", (19, "second")),
]

@Test(arguments: wrongs)
func aWrongSiteFileIsRefusedWithLineAndRemedy(wrong: Wrong) throws {
    let folder = try SiteFolder()
    let range = try #require(full.range(of: wrong.replace), "the example has no \(wrong.replace)")
    try folder.write(full.replacingCharacters(in: range, with: wrong.with), to: "site.yaml")
    let before = folder.contents
    let error = #expect(throws: ConfigurationError.self) { _ = try SiteFile.load(path: folder.path) }
    let faults = try #require(error).faults
    #expect(faults.map(\.line) == wrong.faults.map(\.line), "\(faults)")
    for (fault, wanted) in zip(faults, wrong.faults) {
        #expect(fault.description.contains(wanted.part), "\(fault)")
        #expect(fault.file == folder.path + "/site.yaml" && !fault.message.isEmpty && !fault.remedy.isEmpty)
        for text in [fault.wrong, fault.right] {
            #expect(text.zh.contains { ("\u{4E00}"..."\u{9FFF}").contains($0) }, "no Chinese: \(text)")
        }
    }
    #expect(folder.contents == before)
}

@Test func allFaultsAreToldTogetherInTheOrderOfLines() throws {
    let folder = try SiteFolder()
    var text = full
    let independent = [
        "id with a space", "language", "latitude", "no archive", "glob with backslash", "template field", "kind",
        "odd polygon", "permit backwards", "key twice",
    ]
    var expected: [Int] = []
    for wrong in wrongs where independent.contains(wrong.name) {
        let range = try #require(text.range(of: wrong.replace))
        text.replaceSubrange(range, with: wrong.with)
        // "key twice" adds a line, which moves what stands below it.
        expected += wrong.faults.map {
            $0.line + (["kind", "odd polygon", "permit backwards"].contains(wrong.name) ? 1 : 0)
        }
    }
    try folder.write(text, to: "site.yaml")
    let error = #expect(throws: ConfigurationError.self) { _ = try SiteFile.load(path: folder.path) }
    let faults = try #require(error).faults
    #expect(faults.map(\.line) == expected.sorted(), "\(faults)")
    #expect(try #require(error).description.split(separator: "\n").count == independent.count)
}

@Test func whatIsNoFileIsRefused() throws {
    let folder = try SiteFolder()
    func refusal(_ path: String) throws -> String {
        let error = #expect(throws: ConfigurationError.self) { _ = try SiteFile.load(path: path) }
        return try #require(error).description
    }
    #expect(try refusal(folder.path).contains("no site.yaml"))
    #expect(try refusal(folder.path + "/none.yaml").contains("no such file"))
    for (bytes, part) in [
        ([], "empty"), (Array("- 1\n".utf8), "group of keys"), ([0x61, 0x3A, 0x20, 0x00], "site.yaml:"),
        ([0xFF, 0xFE, 0x61, 0x00], "UTF-16"),
        (Array("site: a\nname: ".utf8) + [0xB4, 0xF3, 0xCF, 0xAA], "site.yaml:2: the text is not UTF-8"),
        (Array(repeating: UInt8(ascii: "["), count: 100_000), "brackets"),
        (Array(repeating: Array("- ".utf8), count: 20_000).flatMap { $0 }, "site.yaml:"),
        (Array(repeating: UInt8(ascii: "#"), count: 5 << 20), "larger"),
    ] as [([UInt8], String)] {
        try folder.write(bytes: bytes, to: "site.yaml")
        #expect(try refusal(folder.path).contains(part))
    }
    let bomb = (1...9).map {
        "a\($0): &a\($0) [" + Array(repeating: $0 == 1 ? "x" : "*a\($0 - 1)", count: 9).joined(separator: ",") + "]"
    }
    try folder.write(bomb.joined(separator: "\n"), to: "site.yaml")
    #expect(try refusal(folder.path).contains("anchor"))
    mkfifo(folder.path + "/pipe.yaml", 0o600)
    #expect(try refusal(folder.path + "/pipe.yaml").contains("no file"))
}

/// Cut anywhere, the file is read or refused with faults; nothing else happens.
@Test func everyCutOfTheFileIsHandled() throws {
    let bytes = Array(full.utf8)
    for end in stride(from: 0, to: bytes.count, by: 3) {
        let text = String(decoding: bytes[..<end], as: UTF8.self)
        do {
            let document = try Document(text: text, file: "site.yaml")
            _ = SiteReader(folder: "/", crops: nil).site(from: document.root)
            try document.finish()
        } catch {
            #expect(!error.faults.isEmpty && error.faults.allSatisfy { $0.line >= 1 && $0.line <= 35 }, "cut at \(end)")
        }
    }
}

@Test func unknownCropsAreNamed() throws {
    let folder = try SiteFolder()
    try folder.write(full, to: "site.yaml")
    _ = try SiteFile.load(path: folder.path, crops: ["citrus", "tea"])
    let error = #expect(throws: ConfigurationError.self) {
        _ = try SiteFile.load(path: folder.path, crops: ["citrus_maxima", "citrum"])
    }
    #expect(
        try #require(error).description.contains(
            "site.yaml:23: there is no crop file \"citrus\" – did you mean \"citrum\"?"))
}

/// Line numbers are those of the editor, whatever ends the lines.
@Test func faultsOfWindowsFilesHaveTheRightLines() throws {
    func line(_ text: String) throws -> Int? {
        let error = #expect(throws: ConfigurationError.self) { _ = try Document(text: text, file: "f") }
        return try #require(error).faults.first?.line
    }
    #expect(try line("a: 1\r\nb: 2\r\nc: \"x\\dz\"\r\n") == 3)
    #expect(try line("a: 1\r\n\tb: 2\r\n") == 2)
    #expect(try line("a: 1\nb: \"open\nc: 2\nd: 3\n") == 2)
}

@Test func everyPartOfAHouseholdIsChecked() throws {
    let folder = try SiteFolder()
    let households = "households:\n- {group: [1],\n  nam: x}\n"
    try folder.write("site: a\ntimezone: UTC\ncameras: [{id: c, files: x}]\n" + households, to: "site.yaml")
    let error = #expect(throws: ConfigurationError.self) { _ = try SiteFile.load(path: folder.path) }
    #expect(try #require(error).faults.map(\.line) == [5, 5, 6])
}
