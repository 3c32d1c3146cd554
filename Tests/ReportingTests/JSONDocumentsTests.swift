import Foundation
import Testing
import Village

@testable import Reporting

@Suite("JSON documents")
struct JSONDocumentsTests {
    private func parse(_ text: String) throws -> [String: Any] {
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(object["plotwatch"] as? String == "1")
        return object
    }

    private func collect(_ readings: [Reading]) -> String {
        var out = ""
        JSONDocuments.readings(readings, clock: Fixture.clock) { out += $0 }
        return out
    }

    private func reading(_ values: [Quantity: Measured], quality: Quality = .ok) -> Reading {
        Reading(
            plot: "p1", camera: "cam", capture: "cam/一 \"a\"\\.jpg", at: Fixture.at("2024-03-01"), quality: quality,
            statistics: nil,
            values: values)
    }

    @Test("flags have every member of the contract, and begin as it says")
    func flags() throws {
        let text = JSONDocuments.flags(Fixture.flags, cases: ["f-2024-001": "C1"], clock: Fixture.clock)
        #expect(text.hasPrefix(#"{"plotwatch":"1","kind":"flags","flags":["#))
        let flags = try #require(try parse(text)["flags"] as? [[String: Any]])
        #expect(flags.count == 3)
        let contract: Set = [
            "id", "plot", "camera", "household", "kind", "stage", "status", "firstSeen", "lastSeen", "confirmedAt",
            "box", "polygon",
            "areaInPixels", "areaInSquareMetres", "confidence", "evidence", "case",
        ]
        let added: Set = ["neighbours", "permit", "explanation", "stages", "reason", "decision", "withdrawn"]
        for flag in flags { #expect(Set(flag.keys) == contract.union(added)) }
        #expect(flags[0]["firstSeen"] as? String == "2024-04-03T07:30:00+08:00")
        #expect(flags[0]["case"] as? String == "C1")
        #expect(flags[0]["box"] as? [Int] == [352, 300, 150, 110])
        #expect(Set((flags[0]["evidence"] as? [String: Any] ?? [:]).keys) == ["before", "after", "mask"])
        #expect(flags[1]["areaInSquareMetres"] is NSNull)
        #expect((flags[1]["reason"] as? [String: String])?["areaInSquareMetres"]?.isEmpty == false)
        #expect((flags[0]["reason"] as? [String: String])?.isEmpty == true)
    }

    @Test("a reading has every member of the contract; what is null has a reason, and zero stays zero")
    func readings() throws {
        let values: [Quantity: Measured] = [
            .gcc: .value(0.4123456789), .rcc: .value(.nan), .bloom: .value(0),
            .canopyCover: .absent(reason: "grass below is as green"),
        ]
        let list = try #require(
            try parse(collect([reading(values), reading([:], quality: .dark)]))["readings"] as? [[String: Any]])
        let contract: Set = [
            "plot", "camera", "capture", "at", "quality", "gcc", "rcc", "exg", "vegetationCover", "canopyCover",
            "bloom", "ripeColour",
            "yellowing", "count", "countRange", "activity",
        ]
        for entry in list {
            #expect(Set(entry.keys) == contract.union(["clippedShare", "reason"]))
            let reasons = try #require(entry["reason"] as? [String: String])
            let absent = Set(entry.filter { $0.value is NSNull }.keys)
            #expect(absent == Set(reasons.keys))
            #expect(reasons.values.allSatisfy { !$0.isEmpty })
        }
        #expect(list[0]["gcc"] as? Double == 0.412346)
        #expect(list[0]["bloom"] as? Double == 0)
        #expect(list[0]["capture"] as? String == "cam/一 \"a\"\\.jpg")
        #expect((list[0]["reason"] as? [String: String])?["canopyCover"] == "grass below is as green")
        #expect((list[1]["reason"] as? [String: String])?["gcc"] == "the capture is dark")
    }

    @Test("a count keeps its range")
    func countRange() throws {
        let element = JSONDocuments.reading(
            reading([.count: .value(12), .countLow: .value(10), .countHigh: .value(15)]), clock: Fixture.clock)
        #expect(element.compact.contains(#""count":12,"countRange":[10,15]"#))
    }

    @Test("no list is too short: an empty document parses", arguments: [0, 1, 2, 3])
    func streamed(_ count: Int) throws {
        let text = collect((0..<count).map { _ in reading([:]) })
        #expect((try parse(text)["readings"] as? [Any])?.count == count)
    }

    @Test("readings are handed over one at a time and an error of the sink comes through")
    func sink() throws {
        struct Full: Error {}
        var pieces = 0
        let endless = sequence(state: ()) { _ in Optional(self.reading([:])) }
        #expect(throws: Full.self) {
            try JSONDocuments.readings(endless, clock: Fixture.clock) { (_: String) throws(Full) in
                pieces += 1
                if pieces == 5 { throw Full() }
            }
        }
        #expect(pieces == 5)
    }

    @Test("numbers that are not finite never appear, whatever they stand in")
    func notFinite() throws {
        for bad in [Double.nan, .infinity, -.infinity] {
            let values = Dictionary(uniqueKeysWithValues: Quantity.allCases.map { ($0, Measured.value(bad)) })
            var flag = Fixture.flags[0]
            flag.confidence = bad
            flag.areaInSquareMetres = bad
            flag.polygon = [.init(bad, 1)]
            var capture = Capture(
                camera: "c", path: "p", shift: .init(dx: bad, dy: 0, rotation: bad), solarElevation: bad)
            capture.measures = ["sharpness": bad]
            var text = collect([reading(values)]) + JSONDocuments.flags([flag], clock: Fixture.clock)
            JSONDocuments.captures([capture], clock: Fixture.clock) { text += $0 }
            text += JSONDocuments.compare(
                .init(
                    samePlace: nil,
                    alignment: .init(model: .affine, inliers: 1, errorInPixels: bad, matrix: [bad, 0, 0]),
                    changedShare: bad,
                    regions: []))
            text +=
                CSVDocuments.row(reading(values), clock: Fixture.clock)
                + CSVDocuments.flags([flag], clock: Fixture.clock)
            #expect(!text.localizedCaseInsensitiveContains("nan,") && !text.contains("inf") && !text.contains("nan]"))
            let lines = text.split(separator: "\n").filter { $0.hasPrefix("{\"plotwatch\"") && $0.hasSuffix("}") }
            for line in lines { _ = try parse(String(line)) }
        }
    }

    @Test("captures carry quality, shift and a reason")
    func captures() throws {
        var text = ""
        let shifted = Capture(
            camera: "c", path: "a.jpg", at: Fixture.at("2024-05-01"), shift: .init(dx: 1.5, dy: -2.25, rotation: 0.01))
        JSONDocuments.captures([shifted] + Fixture.unusable.suffix(3), clock: Fixture.clock) { text += $0 }
        let list = try #require(try parse(text)["captures"] as? [[String: Any]])
        #expect(list[0]["shift"] as? [String: Double] == ["dx": 1.5, "dy": -2.25, "rotation": 0.01])
        #expect(list[0]["reason"] is NSNull)
        #expect(list[2]["at"] is NSNull && list[2]["reason"] as? String == "the file is empty")
        #expect(
            list[3]["quality"] as? String == "wrongClock" && list[3]["reason"] as? String == "the capture is wrongClock"
        )
    }

    @Test("compare says true, false or null, and why")
    func compare() throws {
        let region = ComparisonResult.ChangedRegion(
            box: [1, 2, 3, 4], polygon: [.init(1, 2), .init(4, 2), .init(4, 6)], areaInPixels: 9, kind: "structure",
            confidence: 0.5)
        let whole = try parse(
            JSONDocuments.compare(
                .init(
                    samePlace: true,
                    alignment: .init(
                        model: .homography, inliers: 80, errorInPixels: 0.4, matrix: [1, 0, 2.5, 0, 1, -3, 0, 0, 1]),
                    changedShare: 0.0123456789,
                    regions: [region])))
        #expect(
            Set(whole.keys) == ["plotwatch", "kind", "samePlace", "alignment", "changedShare", "regions", "reason"])
        let alignment = try #require(whole["alignment"] as? [String: Any])
        #expect(Set(alignment.keys) == ["model", "inliers", "errorInPixels", "matrix"])
        #expect(alignment["matrix"] as? [[Double]] == [[1, 0, 2.5], [0, 1, -3], [0, 0, 1]])
        let keys = ((whole["regions"] as? [[String: Any]])?.first ?? [:]).keys
        #expect(Set(keys) == ["box", "polygon", "areaInPixels", "kind", "confidence"])
        #expect(whole["samePlace"] as? Bool == true && whole["reason"] is NSNull)
        let unknown = try parse(
            JSONDocuments.compare(.init(samePlace: nil, alignment: nil, changedShare: nil, regions: [])))
        #expect(unknown["samePlace"] is NSNull && (unknown["reason"] as? String)?.isEmpty == false)
    }

    @Test("advice is written in both languages, and equal input gives equal bytes")
    func advice() throws {
        let text = JSONDocuments.advice(Fixture.advice, clock: Fixture.clock)
        let cards = try #require(try parse(text)["advice"] as? [[String: Any]])
        #expect(cards.count == 4)
        for card in cards {
            for name in ["title", "seen", "action"] {
                #expect(Set((card[name] as? [String: String] ?? [:]).keys) == ["zh", "en"])
            }
        }
        #expect(
            cards[0]["confirmedLocally"] as? Bool == false && cards[0]["source"] as? String == Fixture.advice[0].source)
        #expect(text == JSONDocuments.advice(Fixture.advice, clock: Fixture.clock))
        for (card, own) in zip(cards, Fixture.advice) {
            let radio = try #require(card["radio"] as? [String: String]),
                sms = try #require(card["sms"] as? [String: String])
            for language in Language.allCases {
                let spoken = try #require(radio[language.rawValue]), sent = try #require(sms[language.rawValue])
                #expect(spoken.count <= 200 && sent.utf16.count <= 70)
                #expect(spoken.contains(own.title.text(in: language)) && !sent.isEmpty)
            }
        }
        let called = JSONDocuments.advice(Fixture.advice, clock: Fixture.clock) { _ in "冉家" }
        #expect(called.contains(#""radio":{"zh":"冉家："#))
        #expect(!text.contains("\\/"))
    }

    @Test("check, inspect and run parse and say their kind")
    func commands() throws {
        let contents = Fixture.contents()
        let inspection = PlotInspection(
            at: contents.generatedAt, plot: contents.plots[2], flags: Fixture.flags, advice: Fixture.advice,
            captures: Fixture.unusable)
        let inspect = try parse(JSONDocuments.inspect(inspection, clock: Fixture.clock))
        #expect(inspect["kind"] as? String == "inspect" && inspect["plot"] as? String == "p3")
        #expect((inspect["series"] as? [[String: Any]])?.count == contents.plots[2].series.count)
        #expect(inspect["animals"] is NSNull)
        #expect((inspect["reason"] as? [String: Any])?["animals"] is String)
        var pen = inspection
        pen.animals = .init(capture: "a.jpg", at: contents.generatedAt, boxes: [[1, 2, 3, 4], [5, 6, 7, 8]])
        let seen = try parse(JSONDocuments.inspect(pen, clock: Fixture.clock))["animals"] as? [String: Any]
        #expect(seen?["boxes"] as? [[Int]] == [[1, 2, 3, 4], [5, 6, 7, 8]] && seen?["capture"] as? String == "a.jpg")
        let check = try parse(
            JSONDocuments.check(
                .init(
                    site: "daxi", captures: ["c": [.ok: 2, .fog: 1]],
                    findings: [.init(severity: .error, code: "silent", message: .init(zh: "无", en: "none"))],
                    kernels: "v3")))
        #expect(
            check["kind"] as? String == "check"
                && (check["findings"] as? [[String: Any]])?.first?["code"] as? String == "silent")
        let start = Fixture.at("2024-07-01")
        let run = try parse(
            JSONDocuments.run(
                .init(
                    site: "daxi", startedAt: start, finishedAt: start + 2.25, toolVersion: "1", kernels: "v3",
                    camerasVisited: 1,
                    capturesFound: 9, capturesNew: 3, quality: [.ok: 2, .dark: 1], readings: 6, flagsRaised: 0,
                    flagsOpen: 1, advice: 2),
                clock: Fixture.clock))
        #expect(run["seconds"] as? Double == 2.3 && run["unusable"] as? Int == 1)
    }
}
