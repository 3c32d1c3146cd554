import Foundation
import Pixels
import TestKit
import Testing

@testable import Inference

/// The installed engine; not part of the project.
private let folders = (ProcessInfo.processInfo.environment["PLOTWATCH_OPENVINO"] ?? "").split(separator: ":").map(
    String.init)

/// The engine itself, with networks written here.
@Suite(.enabled(if: !folders.isEmpty, "PLOTWATCH_OPENVINO names no engine")) struct ObjectDetectorTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func card(
        _ layout: DetectorCard.Layout, classes: [String] = ["hen", "duck"], counted: Set<String> = ["hen"]
    )
        throws -> DetectorCard
    {
        let sketch: ONNXSketch.Layout =
            switch layout {
            case .yolov8: .yolov8
            case .yolov5: .yolov5
            case .boxes: .boxes
            }
        let path = try folder.write(ONNXSketch.network(sketch), to: "red.onnx").path
        return DetectorCard(
            path: path, sha256: "", width: ONNXSketch.side, height: ONNXSketch.side, layout: layout, classes: classes,
            counted: counted, confidence: 0.5, range: 0.3...0.8, overlap: 0.45)
    }

    /// Grey with red squares of 32 × 32 at cells of 4 × 4.
    private func picture(width: Int, height: Int, red: [(Int, Int)]) -> RGBImage {
        var image = RGBImage(width: width, height: height, bytes: [UInt8](repeating: 90, count: 3 * width * height))
        for (column, row) in red {
            for y in row * 32..<(row + 1) * 32 {
                for x in column * 32..<(column + 1) * 32 { image[x, y] = (250, 10, 10) }
            }
        }
        return image
    }

    private func halved(_ image: RGBImage) -> RGBImage {
        var result = RGBImage(
            width: image.width / 2, height: image.height / 2,
            bytes: [UInt8](repeating: 0, count: 3 * (image.width / 2) * (image.height / 2)))
        for y in 0..<result.height { for x in 0..<result.width { result[x, y] = image[2 * x, 2 * y] } }
        return result
    }

    @Test(arguments: DetectorCard.Layout.allCases) func findsWhatTheNetworkSees(_ layout: DetectorCard.Layout) throws {
        let detector = try ObjectDetector(card: card(layout), engine: InferenceEngine(folders: folders))
        // 128 × 96 lies in 64 × 64 as 64 × 48, 8 rows below the top: half a cell.
        let image = picture(width: 128, height: 128, red: [(1, 2), (3, 0)])
        let letterbox = detector.letterbox(for: image.size)
        #expect(letterbox.content == Size(width: 64, height: 64))
        let found = try detector.objects(in: halved(image), letterbox: letterbox).sorted { $0.x < $1.x }
        #expect(found.count == 2)
        for (object, (column, row)) in zip(found, [(1, 2), (3, 0)]) {
            // The middle of the square; a box of 20 pixels is 40 in the picture.
            #expect(abs(object.x + object.width / 2 - Double(column * 32 + 16)) < 0.01)
            #expect(abs(object.y + object.height / 2 - Double(row * 32 + 16)) < 0.01)
            #expect(abs(object.width - 40) < 0.01 && abs(object.height - 40) < 0.01)
            #expect(abs(object.confidence - 240.0 / 255) < 0.001)
            #expect(object.kind == 0)
        }
    }

    @Test func aPictureOfAnotherShapeIsPutInTheMiddle() throws {
        let detector = try ObjectDetector(card: card(.yolov8), engine: InferenceEngine(folders: folders))
        let image = picture(width: 128, height: 64, red: [(2, 1)])
        let letterbox = detector.letterbox(for: image.size)
        #expect(letterbox.content == Size(width: 64, height: 32))
        let found = try detector.objects(in: halved(image), letterbox: letterbox)
        #expect(found.count == 1)
        #expect(abs((found.first.map { $0.y + $0.height / 2 } ?? 0) - 48) < 0.01)
        #expect(
            try detector.objects(in: halved(picture(width: 128, height: 64, red: [])), letterbox: letterbox).isEmpty)
    }

    @Test func whatDoesNotCountIsLeftOut() throws {
        let detector = try ObjectDetector(
            card: card(.yolov8, counted: ["duck"]), engine: InferenceEngine(folders: folders))
        let image = picture(width: 128, height: 128, red: [(1, 1)])
        #expect(try detector.objects(in: halved(image), letterbox: detector.letterbox(for: image.size)).isEmpty)
    }

    @Test func aCardThatDoesNotFitIsTold() throws {
        let engine = try InferenceEngine(folders: folders)
        #expect(!engine.version.isEmpty)
        var wide = try card(.yolov8)
        wide.width = 96
        #expect(throws: InferenceError.self) { try ObjectDetector(card: wide, engine: engine) }
        // Three classes where the network writes two.
        let more = try ObjectDetector(card: card(.yolov8, classes: ["hen", "duck", "goose"]), engine: engine)
        let image = picture(width: 64, height: 64, red: [])
        #expect {
            try more.objects(in: image, letterbox: more.letterbox(for: image.size))
        } throws: { error in
            if case InferenceError.wrongShape(_, "output", [1, 6, 16], "1 × 7 × n") = error { true } else { false }
        }
    }

    @Test func noModelIsTaken() throws {
        let engine = try InferenceEngine(folders: folders)
        var broken = try card(.yolov8)
        let whole = ONNXSketch.network(.yolov8)
        for length in [0, 1, 60, whole.count / 2] {
            broken.path = try folder.write(Array(whole.prefix(length)), to: "broken\(length).onnx").path
            #expect(throws: InferenceError.self) { try ObjectDetector(card: broken, engine: engine) }
        }
        broken.path = folder.url.path + "/missing.onnx"
        #expect(throws: InferenceError.self) { try ObjectDetector(card: broken, engine: engine) }
    }
}
