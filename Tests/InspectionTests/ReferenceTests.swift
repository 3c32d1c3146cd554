import Decoding
import Foundation
import Inspection
import Pixels
import Storage
import TestKit
import Testing
import Village

/// What is measured is measured in the frame of a camera's reference picture.
@Suite struct ReferenceTests {
    let village: TestVillage

    init() throws { village = try TestVillage() }

    private func add(_ day: Int, _ change: (inout Scene.Moment) -> Void = { _ in }) throws -> String {
        var moment = Scene.Moment(noiseSeed: UInt64(day))
        change(&moment)
        return try village.write(
            try TestVillage.picture(village.scene, moment), to: TestVillage.path(day: day, hour: 12))
    }

    private func capture(_ path: String) throws -> Capture {
        try #require(try village.store().capture(camera: "cam", path: path))
    }

    @Test(arguments: [(7, 4), (-5, 3), (0, -6), (0, 0)]) func aNudgeIsFollowed(dx: Int, dy: Int) async throws {
        let first = try add(1)
        let nudged = try add(2) { $0.shift = (dx, dy) }
        try await village.run()
        let shift = try #require(try capture(nudged).shift)
        #expect(
            abs(shift.dx - Double(dx)) < 0.3 && abs(shift.dy - Double(dy)) < 0.3 && abs(shift.rotation) < 0.3,
            "\(shift)")
        #expect(try capture(nudged).quality == .ok)
        // The plot is the same ground in both.
        for plot in ["p1", "b1"] {
            let readings = try village.store().readings(Selection(plot: plot))
            let before = try #require(readings.first { $0.capture == first }?.value(.gcc))
            let after = try #require(readings.first { $0.capture == nudged }?.value(.gcc))
            #expect(abs(before - after) < 0.004, "\(plot): \(before), \(after)")
        }
    }

    /// What alignment cannot place is not measured as if it lay where the outlines were drawn.
    @Test(arguments: [Size(width: 160, height: 120), Size(width: 480, height: 360)], [99, 7] as [UInt64])
    func aCameraThatWasTurnedAwayIsMoved(size: Size, seed: UInt64) async throws {
        try village.write(try TestVillage.picture(Scene(size: size)), to: TestVillage.path(day: 1, hour: 12))
        let elsewhere = try village.write(
            try TestVillage.picture(Scene(size: size, seed: seed)), to: TestVillage.path(day: 2, hour: 12))
        try await village.run()
        let stored = try capture(elsewhere)
        let shares = try village.store().readings().filter { $0.capture == elsewhere }
            .compactMap { $0.value(.vegetationCover) }
        withKnownIssue(
            "where alignment is undecided the capture is measured as if it had not moved", isIntermittent: true
        ) {
            #expect(stored.quality == .moved, "score \(stored.measures["alignment"] ?? .nan)")
            #expect(shares.isEmpty)
        } when: {
            size.width < 320
        }
        #expect(stored.shift == nil)
    }

    @Test func anotherResolutionIsAccepted() async throws {
        _ = try add(1)
        let large = try village.write(
            try Encoder.jpeg(village.scene.picture(.init(noiseSeed: 2)).doubled, quality: 92),
            to: TestVillage.path(day: 2, hour: 12))
        let wide = try village.write(
            try TestVillage.picture(Scene(size: Size(width: 200, height: 90))), to: TestVillage.path(day: 3, hour: 12))
        try await village.run()
        #expect(try capture(large).quality == .ok)
        #expect(try capture(large).width == 320)
        #expect(try capture(wide).quality == .moved, "another shape shows another place")
        let readings = try village.store().readings(Selection(plot: "b1"))
        #expect(abs((readings[0].value(.gcc) ?? .nan) - (readings[1].value(.gcc) ?? .nan)) < 0.004)
    }

    @Test func aMissingReferenceStopsTheRunAndStoresNothing() async throws {
        _ = try add(1)
        village.site.cameras = [TestVillage.camera("cam", reference: "cam/gone.jpg")]
        await #expect { try await village.run() } throws: { error in
            guard let failure = error as? InspectionFailure else { return false }
            return failure.subject == "cam/gone.jpg" && failure.message.contains("reference")
                && failure.disposition == .stopRun
        }
        #expect(try village.store().captures().isEmpty)
    }

    @Test func aReferenceThatIsNoPictureStopsTheRun() async throws {
        _ = try add(1)
        let empty = try village.write([], to: "cam/reference.jpg")
        village.site.cameras = [TestVillage.camera("cam", reference: empty)]
        await #expect(throws: InspectionFailure.self) { try await village.run() }
        #expect(try village.store().captures().isEmpty)
    }

    @Test(arguments: [true, false]) func aReferenceThatTheArchiveForgotIsStillKnown(isNamed: Bool) async throws {
        let first = try add(1)
        if isNamed { village.site.cameras = [TestVillage.camera("cam", reference: first)] }
        try await village.run()
        try FileManager.default.removeItem(atPath: village.archive + "/" + first)
        let second = try add(2) { $0.shift = (3, 2) }
        let summary = try await village.run()
        #expect(summary.byQuality == [.ok: 1])
        #expect(try abs((capture(second).shift?.dx ?? .nan) - 3) < 0.3)
    }

    @Test func anotherReferenceNeedsAnotherCamera() async throws {
        let first = try add(1), second = try add(2)
        village.site.cameras = [TestVillage.camera("cam", reference: first)]
        try await village.run()
        let before = try village.dump()
        village.site.cameras = [TestVillage.camera("cam", reference: second)]
        _ = try add(3)
        await #expect(throws: InspectionFailure.self) { try await village.run() }
        #expect(try village.dump() == before)
    }

    @Test func theFirstUsableCaptureIsTheReference() async throws {
        _ = try add(1) { $0.exposure = 0.03 }
        try village.write([], to: TestVillage.path(day: 2, hour: 12))
        let third = try add(3)
        try await village.run()
        #expect(try ReferencePicture.stored(camera: "cam", in: village.store())?.path == third)
        #expect(try capture(TestVillage.path(day: 1, hour: 12)).quality == .dark)
    }

    // MARK: The site

    @Test func aPlotThatWasDrawnAnewHasTwoRows() async throws {
        village.site.plots = [
            TestVillage.plot(
                "p1", .orchard, crop: "citrus", x: 5, y: 5, width: 70, height: 30,
                valid: DayRange(until: Day("2024-05-03"))),
            TestVillage.plot(
                "p1", .orchard, crop: "citrus", x: 80, y: 60, width: 60, height: 50,
                valid: DayRange(from: Day("2024-05-04"))),
        ]
        for day in 1...6 { _ = try add(day) }
        try await village.run()
        let readings = try village.store().readings(Selection(plot: "p1"))
        #expect(readings.count == 6)
        #expect(readings.map { $0.statistics?.pixelCount } == [2100, 2100, 2100, 3000, 3000, 3000])
    }

    /// By any name that the crop has; what nobody knows counts as no crop.
    @Test func whatIsGrownIsKnownToTheMeasurement() async throws {
        let crops = ["citrus", "橘子", "Orange", nil, "kiwifruit", "ginkgo", "tea"]
        village.site.plots = crops.enumerated().map {
            TestVillage.plot("p\($0)", .orchard, crop: $1, x: 5, y: 5, width: 70, height: 60)
        }
        _ = try add(1)
        try await village.run()
        let cover = try village.store().readings().sorted { $0.plot < $1.plot }.map { $0.values[.vegetationCover] }
        #expect(cover.count == crops.count && cover.allSatisfy { if case .value? = $0 { true } else { false } })
        #expect(cover[1] == cover[0] && cover[2] == cover[0])
        #expect(cover[4] == cover[3] && cover[5] == cover[3])
        #expect(cover[3] != cover[0] && cover[6] != cover[0] && cover[6] != cover[3])
    }

    /// Both rows are the same orchard to those who work in it: one card a thing to do.
    @Test func aPlotThatWasDrawnAnewIsAdvisedOnce() async throws {
        let polygon = (x: 5.0, y: 5.0, width: 70.0, height: 30.0)
        func row(_ valid: DayRange) -> Plot {
            TestVillage.plot(
                "p1", .orchard, crop: "citrus", x: polygon.x, y: polygon.y, width: polygon.width,
                height: polygon.height, valid: valid)
        }
        try village.addSeason()
        village.site.plots = [row(DayRange())]
        try await village.run()
        let expected = try village.store().advice().map(\.id)
        try #require(!expected.isEmpty, "there is something to do in May")
        try village.forget()
        village.site.plots = [row(DayRange(until: Day("2024-05-07"))), row(DayRange(from: Day("2024-05-08")))]
        try await village.run()
        #expect(try village.store().advice().map(\.id) == expected)
    }

    @Test func aStoreOfAnotherSiteIsRefused() async throws {
        _ = try add(1)
        try await village.run()
        let before = try village.dump()
        village.site.id = "other"
        _ = try add(2)
        await #expect(throws: StoreError.self) { try await village.run() }
        #expect(try village.dump() == before)
    }

    @Test func aTinyPlotHasReasonsAndNoValues() async throws {
        village.site.plots = [TestVillage.plot("p1", .field, x: 5, y: 5, width: 7, height: 7)]
        _ = try add(1)
        try await village.run()
        let reading = try #require(try village.store().readings().first)
        #expect(reading.statistics == nil && !reading.values.isEmpty)
        #expect(
            reading.values.values.allSatisfy {
                if case .absent(let reason) = $0 { reason.contains("49 pixels") } else { false }
            })
    }
}

extension RGBImage {
    /// Each pixel four times.
    fileprivate var doubled: RGBImage {
        var result = RGBImage(
            width: 2 * width, height: 2 * height, bytes: [UInt8](repeating: 0, count: 12 * width * height))
        for y in 0..<result.height { for x in 0..<result.width { result[x, y] = self[x / 2, y / 2] } }
        return result
    }
}
