import Foundation
import Pixels
import TestKit
import Testing

@testable import Inference

@Suite struct DetectorOutputTests {
    private func object(_ x: Double, _ y: Double, _ confidence: Double, kind: Int = 0) -> DetectedObject {
        DetectedObject(x: x, y: y, width: 10, height: 10, kind: kind, confidence: confidence)
    }

    @Test func overlapIsIntersectionOverUnion() {
        #expect(object(0, 0, 1).overlap(with: object(0, 0, 1)) == 1)
        #expect(object(0, 0, 1).overlap(with: object(10, 0, 1)) == 0)
        #expect(abs(object(0, 0, 1).overlap(with: object(5, 0, 1)) - 50.0 / 150) < 1e-12)
    }

    @Test func theSurestOfOneClassStays() {
        let found = [object(0, 0, 0.5), object(1, 0, 0.9), object(2, 0, 0.7, kind: 1), object(30, 0, 0.4)]
        #expect(found.suppressed(overlap: 0.45) == [found[1], found[2], found[3]])
        #expect([DetectedObject]().suppressed(overlap: 0.45).isEmpty)
        // Nothing that stays overlaps anything that stays.
        var random = SeededGenerator(seed: 5)
        let many = (0..<200).map { _ in
            object(
                .random(in: 0..<60, using: &random), .random(in: 0..<60, using: &random),
                .random(in: 0..<1, using: &random))
        }
        let kept = many.suppressed(overlap: 0.3)
        for (k, a) in kept.enumerated() { for b in kept[..<k] { #expect(a.overlap(with: b) <= 0.3) } }
        for one in many { #expect(kept.contains { $0.overlap(with: one) > 0.3 && $0.confidence >= one.confidence }) }
    }

    @Test func everyLayoutGivesTheSameBox() {
        let byColumn: [Float] = [50, 60, 20, 10, 0.1, 0.8]
        let eight = DetectorOutput.objects(
            shape: [1, 6, 1], values: byColumn, layout: .yolov8, classes: 2, least: 0.2)
        let five = DetectorOutput.objects(
            shape: [1, 1, 7], values: [50, 60, 20, 10, 1, 0.1, 0.8], layout: .yolov5, classes: 2, least: 0.2)
        let boxes = DetectorOutput.objects(
            shape: [1, 1, 6], values: [40, 55, 60, 65, 0.8, 1], layout: .boxes, classes: 2, least: 0.2)
        #expect(eight?.count == 1 && eight == five && five == boxes)
        #expect(eight?.first?.x == 40 && eight?.first?.kind == 1)
    }

    @Test func numbersThatAreNoneGiveNoObject() {
        for bad in [Float.nan, .infinity, -5] {
            let values: [Float] = [50, 60, bad, 10, 0.9, 0]
            let found = DetectorOutput.objects(
                shape: [1, 6, 1], values: values, layout: .yolov8, classes: 2, least: 0.2)
            #expect(found == [])
        }
        let nan = DetectorOutput.objects(
            shape: [1, 1, 6], values: [0, 0, 9, 9, 0.9, .nan], layout: .boxes, classes: 2, least: 0.2)
        #expect(nan == [])
        let stranger = DetectorOutput.objects(
            shape: [1, 1, 6], values: [0, 0, 9, 9, 0.9, 7], layout: .boxes, classes: 2, least: 0.2)
        #expect(stranger == [])
    }

    @Test(arguments: [[1, 7, 1], [1, 6], [2, 3, 1], [1, 6, 2], []]) func anotherShapeIsNotRead(_ shape: [Int]) {
        let values = [Float](repeating: 0, count: 6)
        #expect(DetectorOutput.objects(shape: shape, values: values, layout: .yolov8, classes: 2, least: 0.2) == nil)
    }

    @Test func aBoxComesBackToItsPlace() {
        for size in [Size(width: 1280, height: 720), Size(width: 300, height: 900), Size(width: 7, height: 5)] {
            let letterbox = Letterbox(of: size, into: Size(width: 640, height: 640))
            // The whole content is the whole picture.
            let whole = DetectedObject(
                x: Double(letterbox.left), y: Double(letterbox.top), width: Double(letterbox.content.width),
                height: Double(letterbox.content.height), kind: 0, confidence: 1)
            let back = letterbox.picture(whole)
            #expect(abs(back.x) < 1e-9 && abs(back.y) < 1e-9)
            #expect(abs(back.width - Double(size.width)) < 1e-9 && abs(back.height - Double(size.height)) < 1e-9)
        }
    }

    @Test func anAbsentEngineIsTold() throws {
        let folder = try TemporaryFolder()
        #expect(throws: InferenceError.engineAbsent(folders: [folder.url.path, "/nowhere"])) {
            try InferenceEngine(folders: [folder.url.path, "/nowhere"])
        }
        let error = InferenceError.engineAbsent(folders: ["/nowhere"])
        #expect(error.message.contains("not installed") && error.remedy.contains("PLOTWATCH_OPENVINO"))
    }

    /// An engine stays loaded for the process.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["PLOTWATCH_OPENVINO"] == nil, "an engine is loaded already"))
    func aLibraryThatIsNoneIsTold() throws {
        let folder = try TemporaryFolder()
        try folder.write(Array("no library".utf8), to: "libopenvino_c.so.1")
        #expect {
            try InferenceEngine(folders: [folder.url.path])
        } throws: { error in
            if case InferenceError.engineUnusable = error { true } else { false }
        }
    }
}
