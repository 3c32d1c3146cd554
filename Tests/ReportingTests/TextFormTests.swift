import Foundation
import Testing
import Village

@testable import Reporting

@Suite("Numbers, CSV, GeoJSON")
struct TextFormTests {
    @Test(
        "numbers in fixed notation",
        arguments: [
            (0.0, 3, "0"), (-0.0, 2, "0"), (-0.0004, 3, "0"), (0.35, 6, "0.35"), (1.0 / 3, 4, "0.3333"),
            (12345.678, 1, "12345.7"),
            (-2.25, 2, "-2.25"), (0.05, 1, "0.1"), (99.996, 2, "100"), (1e20, 6, "1e+20"),
        ])
    func numbers(_ value: Double, _ decimals: Int, _ text: String) {
        #expect(DecimalText.text(value, decimals: decimals) == text)
    }

    @Test("a number survives being written and read, to its decimals")
    func numbersRoundTrip() throws {
        for index in -1000..<1000 {
            let value = Double(index) * 0.731_058_578_6
            let text = try #require(DecimalText.text(value, decimals: 6))
            let back = try #require(Double(text))
            #expect(abs(back - value) <= 0.5000001e-6, "\(value)")
            #expect(!text.hasSuffix("0") || !text.contains("."), "\(value)")
        }
    }

    /// RFC 4180, read back plainly.
    private func fields(_ text: String) -> [[String]] {
        var rows: [[String]] = [], row: [String] = [], field = "", quoted = false
        var scalars = Array(text.unicodeScalars)[...]
        while let scalar = scalars.popFirst() {
            if quoted {
                if scalar == "\"" {
                    if scalars.first == "\"" {
                        field.unicodeScalars.append(scalars.removeFirst())
                    } else {
                        quoted = false
                    }
                } else {
                    field.unicodeScalars.append(scalar)
                }
            } else if scalar == "\"" {
                quoted = true
            } else if scalar == "," {
                row.append(field)
                field = ""
            } else if scalar == "\r", scalars.first == "\n" {
                scalars.removeFirst()
                rows.append(row + [field])
                (row, field) = ([], "")
            } else {
                field.unicodeScalars.append(scalar)
            }
        }
        return rows
    }

    @Test("what is written is what is read")
    func roundTrip() {
        let table = CSVTable(columns: ["a", "b"])
        let texts = [
            "plain", "with, comma", "a \"quote\"", "two\r\nlines", "", "中文，逗号", " spaced ", "e\u{301}\"\u{301}",
        ]
        let text = table.header + texts.map { table.row([.text($0), .number(-1.5, decimals: 2)]) }.joined()
        #expect(text.hasPrefix("\u{FEFF}a,b\r\n"))
        let rows = fields(String(text.dropFirst()))
        #expect(rows.dropFirst().map { $0[0] } == texts)
        #expect(rows.dropFirst().allSatisfy { $0[1] == "-1.5" })
    }

    @Test(
        "text that a spreadsheet would run is made text", arguments: ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1"])
    func formulas(_ text: String) {
        let row = CSVTable(columns: ["a"]).row([.text(text)])
        #expect(fields(row) == [["'" + text]])
    }

    @Test("every document has as many fields in each line as in its head")
    func widths() {
        var hostile = Fixture.flags[0]
        hostile.explanation.zh = "a,\"b\"\r\n=c"
        var texts = [
            CSVDocuments.flags(Fixture.flags + [hostile], clock: Fixture.clock),
            CSVDocuments.advice(Fixture.advice, clock: Fixture.clock),
        ]
        var captures = ""
        CSVDocuments.captures(Fixture.unusable, clock: Fixture.clock) { captures += $0 }
        texts.append(captures)
        let reading = Reading(
            plot: "p", camera: "c", capture: "x", at: Fixture.at("2024-01-01"), quality: .dark, statistics: nil,
            values: [
                .gcc: .absent(reason: "dark, all of it"), .rcc: .absent(reason: "dark, all of it"), .exg: .value(-0.25),
            ])
        var readings = ""
        CSVDocuments.readings([reading], clock: Fixture.clock) { readings += $0 }
        texts.append(readings)
        for text in texts {
            let rows = fields(text)
            #expect(rows.count > 1)
            #expect(Set(rows.map(\.count)).count == 1)
        }
        let row = fields(readings)[1]
        #expect(row.last == "dark, all of it" && row[5] == "" && row[7] == "-0.25")
    }

    @Test("GeoJSON is a collection of unlocated features that say which frame their outlines are in")
    func geoJSON() throws {
        let contents = Fixture.contents()
        let text = GeoJSONDocument.plots(contents.plots, site: contents.site)
        let root = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(root["type"] as? String == "FeatureCollection" && root["crs"] == nil)
        let features = try #require(root["features"] as? [[String: Any]])
        #expect(features.count == contents.plots.count)
        for feature in features {
            #expect(feature["type"] as? String == "Feature" && feature["geometry"] is NSNull && feature["id"] is String)
            let properties = try #require(feature["properties"] as? [String: Any])
            let hasGround = !(properties["ground"] is NSNull)
            #expect(hasGround == (properties["camera"] as? String == "cam_street"))
            let note = try #require(properties["note"] as? String)
            #expect(note.contains(hasGround ? "metres" : "pixels"))
        }
        let ground = (features[4]["properties"] as? [String: Any])?["ground"] as? [[Double]]
        #expect(ground == [[0, 0], [8.25, 0], [8.25, 6], [0, 6]])
    }
}
