import ConfigurationFiles
import Foundation
import Inspection
import Pixels
import Storage
import TestKit
import Testing
import Village

/// A pen whose animals a detector of the user's own counts.
@Suite struct DetectorTests {
    /// The installed engine; not part of the project.
    static let engine = (ProcessInfo.processInfo.environment["PLOTWATCH_OPENVINO"] ?? "").split(separator: ":").map(
        String.init)

    let village: TestVillage

    init() throws {
        village = try TestVillage()
        village.site.plots = [TestVillage.plot("f1", .poultry, x: 10, y: 10, width: 140, height: 100)]
        village.site.plots[0].pen.detector = "red"
    }

    /// The network of ``ONNXSketch`` with a card, in the village's own folder.
    private func models(_ change: (String) -> String = { $0 }) throws -> Models {
        let bytes = ONNXSketch.network(.yolov8)
        try village.folder.write(bytes, to: "models/detectors/red.onnx")
        // SHA-256 is the archive's business: a wrong one is told with the right one.
        let card = """
            file: red.onnx
            sha256: \(try sum())
            input: [64, 64]
            layout: yolov8
            classes: [hen, duck]
            count: [hen]
            confidence: 0.3
            range: [0.2, 0.6]
            """
        try village.folder.write(Array(change(card).utf8), to: "models/detectors/red.yaml")
        let shipped = try TestVillage.models.get()
        return try Models(folder: shipped.folder, own: village.folder.url.path + "/models")
    }

    private func sum() throws -> String {
        let process = Process(), output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["sha256sum", village.folder.url.path + "/models/detectors/red.onnx"]
        process.standardOutput = output
        try process.run()
        let told = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return String(told.prefix(64))
    }

    private func addPictures() throws {
        for number in 0..<3 {
            var moment = Scene.Moment(noiseSeed: UInt64(number + 1))
            if number > 0 {
                moment.things = [Scene.Thing(Region(x: 50, y: 35, width: 64, height: 56), .plain(250, 10, 10))]
            }
            try village.write(
                try TestVillage.picture(village.scene, moment), to: TestVillage.path(day: 1 + number, hour: 10))
        }
    }

    @Test func withoutTheEngineNothingIsCountedAndTheReasonSaysSo() async throws {
        try addPictures()
        try await village.run(models: models())
        let readings = try village.store().readings()
        #expect(readings.count == 3)
        for reading in readings {
            guard case .absent(let reason)? = reading.values[.count] else {
                Issue.record("counted without an engine")
                continue
            }
            #expect(reason.contains("not installed") && reason.contains("red"))
        }
    }

    @Test(.enabled(if: !engine.isEmpty, "PLOTWATCH_OPENVINO names no engine"))
    func theEnginesCountIsTheReading() async throws {
        try addPictures()
        try await village.run(models: models(), engineFolders: Self.engine)
        let readings = try village.store().readings().sorted { $0.at < $1.at }
        #expect(readings.map { $0.value(.count) == 0 } == [true, false, false])
        #expect(readings.allSatisfy { ($0.value(.countLow) ?? 9) <= ($0.value(.countHigh) ?? 0) })
        let seen = try #require(try SeenAnimals.stored(camera: "cam", plot: "f1", in: village.store()))
        #expect(seen.capture == readings.last?.capture && !seen.boxes.isEmpty)
        // The square lies between 50 and 114, 35 and 91.
        #expect(seen.boxes.allSatisfy { $0.x < 114 && $0.maxX > 50 && $0.y < 91 && $0.maxY > 35 })
    }

    @Test(arguments: [
        ("sha256: ", "sha256: 0", "another SHA-256"), ("input: [64, 64]", "input: [64]", "\"input\" is no size"),
        ("layout: yolov8", "layout: yolo8", "yolov8"), ("count: [hen]", "count: [goose]", "none of the classes"),
        ("range: [0.2, 0.6]", "range: [0.4, 0.6]", "does not hold the confidence"),
        ("file: red.onnx", "file: ../red.onnx", "detectors/red.yaml"), ("file: red.onnx", "", "\"file\" is missing"),
    ]) func aWrongCardStopsTheRun(_ fault: (right: String, wrong: String, told: String)) async throws {
        try addPictures()
        let models = try models { $0.replacing(fault.right, with: fault.wrong) }
        await #expect {
            try await village.run(models: models)
        } throws: { error in
            String(describing: error).contains(fault.told)
        }
    }

    @Test func aMissingCardIsTold() async throws {
        try addPictures()
        village.site.plots[0].pen.detector = "geese"
        await #expect {
            try await village.run()
        } throws: { error in
            String(describing: error).contains("no card of the detector \"geese\"")
        }
    }
}

@Suite struct SeenAnimalsTests {
    @Test func boxesAreDrawnWhereTheyAre() {
        let plain = RGBImage(width: 40, height: 30, bytes: [UInt8](repeating: 10, count: 3 * 40 * 30))
        let boxes = [Region(x: 20, y: 20, width: 20, height: 10), Region(x: -8, y: 50, width: 200, height: 30)]
        let seen = SeenAnimals(capture: "a.jpg", at: Date(timeIntervalSince1970: 0), boxes: boxes)
        let drawn = seen.drawn(over: plain, frame: Size(width: 80, height: 60))
        #expect(drawn[10, 10].red > 200 && drawn[20, 15].red > 200 && drawn[15, 12].red == 10)
        #expect(drawn[0, 25].red > 200 && drawn[39, 29].red > 200 && drawn[5, 5].red == 10)
    }
}
