import Foundation
import Testing
import Village

@testable import ConfigurationFiles

@Suite struct SiteEditTests {
    let folder: SiteFolder
    static let head = """
        site: a
        timezone: UTC
        archive: archive
        cameras:
          - {id: c, files: "cam_orchard/**/*.jpg"}

        """
    static let drawn: Outline = [SIMD2(1, 2), SIMD2(30.26, 4), SIMD2(5, 60)]

    init() throws { folder = try SiteFolder() }

    private func edit(_ text: String) throws -> SiteEdit {
        try folder.write(text, to: "site.yaml")
        return try SiteEdit(path: folder.path)
    }

    /// Spellings of one polygon, and what stands there afterwards.
    @Test(arguments: [
        ("polygon: [0,0, 9,0, 9,9]", "polygon: [1,2, 30.3,4, 5,60]"),
        ("polygon: [0,0, 9,0, 9,9]   # kept", "polygon: [1,2, 30.3,4, 5,60]   # kept"),
        ("polygon:   [[0,0], [9,0], [9,9]]", "polygon:   [[1,2], [30.3,4], [5,60]]"),
        ("polygon: [0,0,   # corner ]\n      9,0, 9,9]  # kept", "polygon: [1,2, 30.3,4, 5,60]  # kept"),
        ("polygon:\n      - [0,0]\n      - [9,0]\n      - [9,9]", "polygon:\n        [[1,2], [30.3,4], [5,60]]"),
        (
            "polygon:\n    - 0\n    - 0\n    - 9\n    - 0\n    - 9\n    - 9\n    # kept",
            "polygon:\n      [1,2, 30.3,4, 5,60]\n    # kept"
        ),
    ])
    func onlyTheNumbersChange(before: String, after: String) throws {
        func text(_ polygon: String) -> String {
            SiteEditTests.head
                + "plots:\n  # 果园\n  - id: p1  # kept [1]\n    camera: c\n    \(polygon)\n    kind: field\n"
                + "  - {id: p2, camera: c, kind: yard, polygon: [0,0, 5,0, 5,5]}\n# end\n"
        }
        let edit = try edit(text(before))
        let edited = try edit.text(replacingPolygonOf: 0, with: Self.drawn)
        #expect(edited == text(after))
        try edit.save(edited)
        let site = try SiteFile.load(path: folder.path)
        #expect(site.plots[0].shape == .polygon([SIMD2(1, 2), SIMD2(30.3, 4), SIMD2(5, 60)]))
        #expect(site.plots[1] == edit.site.plots[1])
    }

    @Test func flowMappingsQuotesAndChineseAreFollowed() throws {
        let text =
            Self.head
            + "plots: [{id: p1, camera: c, kind: field, household: \"h]1\", polygon: [0,0, 9,0, 9,9]}]\nname: '村]'\n"
        let fixed = text.replacingOccurrences(of: "\"h]1\"", with: "h1")
        let edited = try edit(fixed).text(replacingPolygonOf: 0, with: Self.drawn)
        #expect(edited == fixed.replacingOccurrences(of: "[0,0, 9,0, 9,9]", with: "[1,2, 30.3,4, 5,60]"))
        let wide =
            "name: 大溪镇\n" + Self.head
            + "households: [{id: h1, name: \"果园🍊 ] }\"}]\nplots:\n  - {household: h1, id: p1, camera: c, "
            + "kind: field, polygon: [0,0, 9,0, 9,9]} # 🍊\n"
        let editedWide = try edit(wide).text(replacingPolygonOf: 0, with: Self.drawn)
        #expect(editedWide == wide.replacingOccurrences(of: "[0,0, 9,0, 9,9]", with: "[1,2, 30.3,4, 5,60]"))
    }

    @Test func lineEndsAndByteOrderMarkStay() throws {
        let text =
            "\u{FEFF}"
            + (Self.head + "plots:\n  - {id: p1, camera: c, kind: field, polygon: [0,0, 9,0, 9,9]}\n")
            .replacingOccurrences(of: "\n", with: "\r\n")
        let edit = try edit(text)
        try edit.save(edit.text(replacingPolygonOf: 0, with: Self.drawn))
        let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/site.yaml"))
        let expected = text.replacingOccurrences(of: "[0,0, 9,0, 9,9]", with: "[1,2, 30.3,4, 5,60]")
        #expect(bytes == Data(expected.utf8))
    }

    @Test func theRowOfAMovedCameraIsTheOneThatChanges() throws {
        let text =
            Self.head + "plots:\n"
            + "  - {id: p1, camera: c, kind: field, polygon: [0,0, 9,0, 9,9], valid: {until: 2024-05-01}}\n"
            + "  - {id: p1, camera: c, kind: field, polygon: [0,0, 9,0, 9,9], valid: {from: 2024-05-02}}\n"
        let edit = try edit(text)
        try edit.save(edit.text(replacingPolygonOf: 1, with: Self.drawn))
        let site = try SiteFile.load(path: folder.path)
        #expect(site.plots[0] == edit.site.plots[0] && site.plots[1].shape != edit.site.plots[1].shape)
    }

    @Test func aMaskIsNotReplaced() throws {
        let edit = try edit(Self.head + "plots:\n  - {id: p1, camera: c, kind: field, mask: m.png}\n")
        #expect(throws: ConfigurationError.self) { try edit.text(replacingPolygonOf: 0, with: Self.drawn) }
    }

    @Test(arguments: [
        [SIMD2(0.0, 0)], [SIMD2(0.0, 0), SIMD2(5, 5), SIMD2(9, 9)], [], [SIMD2(0, 0), SIMD2(1e9, 0), SIMD2(0, 1)],
    ])
    func aRefusedOutlineLeavesTheFile(outline: Outline) throws {
        let text = Self.head + "plots:\n  - {id: p1, camera: c, kind: field, polygon: [0,0, 9,0, 9,9]}\n"
        let edit = try edit(text)
        #expect(throws: ConfigurationError.self) { try edit.text(replacingPolygonOf: 0, with: outline) }
        #expect(try String(contentsOfFile: folder.path + "/site.yaml", encoding: .utf8) == text)
    }

    @Test func aFileThatChangedMeanwhileIsNotWritten() throws {
        let text = Self.head + "plots:\n  - {id: p1, camera: c, kind: field, polygon: [0,0, 9,0, 9,9]}\n"
        let edit = try edit(text)
        let edited = try edit.text(replacingPolygonOf: 0, with: Self.drawn)
        try folder.write(text + "# more\n", to: "site.yaml")
        #expect(throws: ConfigurationError.self) { try edit.save(edited) }
        #expect(try String(contentsOfFile: folder.path + "/site.yaml", encoding: .utf8) == text + "# more\n")
    }

    @Test func permissionsAndLinksStay() throws {
        let text = Self.head + "plots:\n  - {id: p1, camera: c, kind: field, polygon: [0,0, 9,0, 9,9]}\n"
        try folder.write(text, to: "real.yaml")
        let real = folder.path + "/real.yaml", link = folder.path + "/site.yaml"
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: real)
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "real.yaml")
        let edit = try SiteEdit(path: folder.path)
        try edit.save(edit.text(replacingPolygonOf: 0, with: Self.drawn))
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "real.yaml")
        #expect(try FileManager.default.attributesOfItem(atPath: real)[.posixPermissions] as? Int == 0o640)
        #expect(try SiteFile.load(path: folder.path).plots[0].shape != edit.site.plots[0].shape)
    }

    // MARK: A plot more

    /// Where plots may stand, and what stands there with one more.
    @Test(arguments: [
        (
            "plots:\n  - {id: p1, camera: c, kind: field, polygon: [0,0, 9,0, 9,9]}\n# end\n",
            "plots:\n  - {id: p1, camera: c, kind: field, polygon: [0,0, 9,0, 9,9]}\n  - id: n\n    camera: c\n"
                + "    kind: orchard\n    crop: tea\n    polygon: [1,2, 30.3,4, 5,60]\n# end\n"
        ),
        (
            "plots:\n- id: p1\n  camera: c\n  kind: field\n  polygon: [0,0,\n    9,0, 9,9] # x\n\nname: a\n",
            "plots:\n- id: p1\n  camera: c\n  kind: field\n  polygon: [0,0,\n    9,0, 9,9] # x\n- id: n\n  camera: c\n"
                + "  kind: orchard\n  crop: tea\n  polygon: [1,2, 30.3,4, 5,60]\n\nname: a\n"
        ),
        (
            "plots: []\nname: a\n",
            "plots: [{id: n, camera: c, kind: orchard, crop: tea, polygon: [1,2, 30.3,4, 5,60]}]\nname: a\n"
        ),
        (
            "plots: [{id: p1, camera: c, kind: field, polygon: [0,0, 9,0, 9,9]} ]\n",
            "plots: [{id: p1, camera: c, kind: field, polygon: [0,0, 9,0, 9,9]}, {id: n, camera: c, kind: orchard, "
                + "crop: tea, polygon: [1,2, 30.3,4, 5,60]} ]\n"
        ),
        (
            "name: a",
            "name: a\nplots:\n  - id: n\n    camera: c\n    kind: orchard\n    crop: tea\n"
                + "    polygon: [1,2, 30.3,4, 5,60]\n"
        ),
        (
            "plots:   # none yet\nname: a\n",
            "plots:   # none yet\n  - id: n\n    camera: c\n    kind: orchard\n    crop: tea\n"
                + "    polygon: [1,2, 30.3,4, 5,60]\nname: a\n"
        ),
    ])
    func aPlotIsAddedInTheFilesOwnManner(before: String, after: String) throws {
        let edit = try edit(Self.head + before)
        let plot = Plot(
            id: "n", camera: "c", kind: .orchard, crop: "tea", household: nil, shape: .polygon(Self.drawn),
            valid: DayRange())
        #expect(try edit.text(adding: plot) == Self.head + after)
    }

    @Test(arguments: ["p1", "null", "~", "a: b", "x, y: z", ""]) func aFaultyPlotIsRefused(id: String) throws {
        let edit = try edit(Self.head + "plots:\n  - {id: p1, camera: c, kind: field, polygon: [0,0, 9,0, 9,9]}\n")
        let plot = Plot(
            id: id, camera: "c", kind: .field, crop: nil, household: nil, shape: .polygon(Self.drawn),
            valid: DayRange())
        #expect(throws: ConfigurationError.self) { try edit.text(adding: plot) }
    }

    @Test func aTextThatCannotBeFollowedIsLeftAlone() throws {
        // A block scalar that looks like plots, and a document end: whatever the insertion makes of it, the check holds.
        let text = Self.head + "plots:\n  - {id: p1, camera: c, kind: field, polygon: [0,0, 9,0, 9,9]}\n...\n"
        let edit = try edit(text)
        let plot = Plot(
            id: "n", camera: "c", kind: .field, crop: nil, household: nil, shape: .polygon(Self.drawn),
            valid: DayRange())
        let edited = try? edit.text(adding: plot)
        if let edited {
            try edit.save(edited)
            #expect(try SiteFile.load(path: folder.path).plots.count == 2)
        }
    }
}
