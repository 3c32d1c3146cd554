import Decoding
import Foundation
import Inspection
import Pixels
import Storage
import TestKit
import Testing
import Village

/// A camera that only looks for what is built raises the flags that it would raise if it measured everything.
@Suite struct ConstructionOnlyRunTests {
    let village: TestVillage
    /// So wide that captures are compared at a quarter.
    static let enlargement = 12

    init() throws {
        village = try TestVillage()
        let most = Double(Self.enlargement)
        village.site.plots = [
            TestVillage.plot(
                "p1", .orchard, crop: "citrus", x: 5 * most, y: 5 * most, width: 70 * most, height: 30 * most),
            TestVillage.plot("b1", .building, x: 40 * most, y: 36 * most, width: 100 * most, height: 80 * most),
        ]
        let small = TestVillage.size
        let size = Size(width: Self.enlargement * small.width, height: Self.enlargement * small.height)
        for number in 0..<20 {
            var moment = Scene.Moment(noiseSeed: UInt64(number + 1))
            moment.exposure = [1, 0.9, 1.05, 0.85][number % 4]
            if number >= 8 { moment.things = [Scene.Thing(TestVillage.box, .blueRoof)] }
            if number == 3 { moment.exposure = 0.05 }
            var picture = Self.enlarged(village.scene.picture(moment))
            // A veil of fog.
            if number == 17 {
                picture = RGBImage(
                    width: size.width, height: size.height, bytes: picture.bytes.map { 190 + $0 / 16 })
            }
            var bytes = try Encoder.jpeg(
                picture.bytes, size: size, components: 3,
                .init(
                    quality: 80, subsampling: Size(width: 2, height: number % 3 == 0 ? 1 : 2),
                    isProgressive: number == 11))
            if number == 5 { bytes = Array(bytes.prefix(bytes.count / 2)) }
            if number == 14 { bytes = try Encoder.png(picture) }
            if number == 16 { bytes = [] }
            try village.write(
                bytes, to: TestVillage.path(day: 1 + number / 2, hour: number % 2 == 0 ? 10 : 15))
        }
    }

    /// Every pixel as a square, so that edges stay edges.
    private static func enlarged(_ image: RGBImage) -> RGBImage {
        let width = enlargement * image.width, height = enlargement * image.height
        var bytes: [UInt8] = []
        bytes.reserveCapacity(3 * width * height)
        for y in 0..<height {
            let row = 3 * image.width * (y / enlargement)
            for x in 0..<width {
                let at = row + 3 * (x / enlargement)
                bytes += image.bytes[at..<at + 3]
            }
        }
        return RGBImage(width: width, height: height, bytes: bytes)
    }

    private func stored(
        _ measures: Camera.Measures
    ) async throws -> (captures: [Capture], readings: [Reading], flags: [Flag]) {
        village.site.cameras[0].measures = measures
        try village.forget()
        try await village.run()
        let store = try village.store()
        var captures: [Capture] = []
        try store.forEachCapture(Selection(camera: "cam")) { captures.append($0) }
        return (captures, try store.readings(), try store.flags())
    }

    @Test func flagsAndQualitiesAreThose() async throws {
        let all = try await stored(.all), works = try await stored(.construction)
        try #require(!all.flags.isEmpty && works.flags.count == all.flags.count, "\(all.flags) \(works.flags)")
        for (one, other) in zip(all.flags, works.flags) {
            #expect(one.plot == other.plot && one.kind == other.kind && one.status == other.status)
            #expect(one.stage == other.stage)
            // A look sooner or later.
            #expect(abs(one.firstSeen.timeIntervalSince(other.firstSeen)) <= 19 * 3600)
        }
        #expect(works.captures.count == all.captures.count)
        for (one, other) in zip(all.captures, works.captures) {
            #expect(one.path == other.path && one.at == other.at && one.sha256 == other.sha256)
            let isVeiled = [one, other].allSatisfy { $0.quality == .fog || $0.quality == .blur }
            #expect(one.quality == other.quality || isVeiled, "\(one.path): \(other.reason ?? "")")
            #expect(one.width == other.width && one.height == other.height)
            #expect((one.shift == nil) == (other.shift == nil))
            guard let a = one.shift, let b = other.shift, other.quality == .ok else { continue }
            #expect(abs(a.dx - b.dx) < 1 && abs(a.dy - b.dy) < 1 && abs(a.rotation - b.rotation) < 0.05, "\(one.path)")
        }
        #expect(Set(works.captures.map(\.quality)) == [.ok, .dark, .fog, .truncated, .corrupt])
    }

    @Test func nothingThatGrowsIsMeasured() async throws {
        let works = try await stored(.construction)
        #expect(works.readings.count > 30 && Set(works.readings.map(\.plot)) == ["p1", "b1"])
        for reading in works.readings {
            #expect(reading.statistics == nil)
            TestVillage.expectAbsent([.gcc, .vegetationCover, .bloom], in: reading, naming: "measures: construction")
        }
    }

    @Test func jobsDoNotMatter() async throws {
        village.site.cameras[0].measures = .construction
        let one = try await village.dump(jobs: 1)
        #expect(try await village.dump(jobs: 3) == one)
    }
}
