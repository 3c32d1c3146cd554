import Decoding
import Inspection
import Pixels
import Storage
import TestKit
import Testing
import Village

/// A camera whose colours alone are measured gives the colours that it would give if everything were.
@Suite struct ColourRunTests {
    let village: TestVillage

    init() throws {
        village = try TestVillage()
        village.site.plots = [
            TestVillage.plot("p1", .orchard, crop: "citrus", x: 15, y: 25, width: 70, height: 30),
            TestVillage.plot(
                "f1", .field, x: 60, y: 41, width: 83, height: 50,
                valid: DayRange(from: Day(year: 2024, month: 5, day: 3), until: nil)),
        ]
        try village.addSeason()
        // Of other sizes, and a copy.
        let large = try Encoder.jpeg(
            village.scene.picture(.init(noiseSeed: 90)).resized(to: Size(width: 320, height: 240)), quality: 92)
        try village.write(large, to: TestVillage.path(day: 20, hour: 10))
        let small = try Encoder.jpeg(
            village.scene.picture(.init(noiseSeed: 92)).resized(to: Size(width: 120, height: 90)), quality: 92)
        try village.write(small, to: TestVillage.path(day: 20, hour: 15))
        let last = try TestVillage.picture(village.scene, .init(noiseSeed: 91))
        try village.write(last, to: TestVillage.path(day: 21, hour: 10))
        try village.write(last, to: TestVillage.path(day: 21, hour: 15))
    }

    private func stored(
        _ measures: Camera.Measures, in village: TestVillage? = nil
    ) async throws -> (captures: [Capture], readings: [Reading]) {
        let village = village ?? self.village
        village.site.cameras[0].measures = measures
        try village.forget()
        try await village.run()
        let store = try village.store()
        var captures: [Capture] = []
        try store.forEachCapture(Selection(camera: "cam")) { captures.append($0) }
        return (captures, try store.readings())
    }

    @Test func coloursAreTheSameToTheLastBit() async throws {
        let all = try await stored(.all), colour = try await stored(.colour)
        #expect(all.readings.count > 40 && colour.readings.count == all.readings.count)
        for (one, other) in zip(all.readings, colour.readings) {
            #expect(one.plot == other.plot && one.capture == other.capture && one.at == other.at)
            #expect(one.statistics != nil && one.statistics == other.statistics, "\(one.capture)")
            guard other.quality == .ok else { continue }
            for quantity in [Quantity.gcc, .rcc, .exg, .clippedShare] {
                #expect(one.values[quantity] == other.values[quantity], "\(quantity) of \(one.capture)")
            }
        }
        for (one, other) in zip(all.captures, colour.captures) {
            #expect(one.path == other.path && one.at == other.at && one.sha256 == other.sha256)
            #expect(one.width == other.width && one.height == other.height)
            let isAlike = [one.quality, other.quality]
            #expect(isAlike[0] == isAlike[1], "\(one.path)")
        }
        #expect(Set(colour.captures.map(\.quality)) == [.ok, .dark, .truncated, .corrupt, .frozen])
    }

    /// A roof rises in the season: a camera that measures everything raises a flag of it in a field.
    @Test func nothingElseIsClaimed() async throws {
        let colour = try await stored(.colour)
        #expect(try village.store().flags().isEmpty)
        for reading in colour.readings where reading.quality == .ok {
            TestVillage.expectAbsent(
                [.vegetationCover, .canopyCover, .bloom, .ripeColour, .yellowing], in: reading,
                naming: "measures: colour")
        }
        #expect(colour.captures.allSatisfy { $0.shift == nil })
        let bright = try #require(colour.captures.first { $0.quality == .ok }?.measures["brightness"])
        let dark = try #require(colour.captures.first { $0.quality == .dark }?.measures["brightness"])
        #expect(bright > 150 && dark < 60)
    }

    @Test func jobsDoNotMatter() async throws {
        village.site.cameras[0].measures = .colour
        let one = try await village.dump(jobs: 1)
        #expect(try await village.dump(jobs: 3) == one)
    }

    /// Plots that all lie outside the picture leave nothing to decode.
    @Test func withoutAPixelOfAPlotThePictureIsLookedAtInFull() async throws {
        village.site.plots = [TestVillage.plot("p1", .orchard, x: 500, y: 500, width: 70, height: 30)]
        let colour = try await stored(.colour)
        #expect(colour.captures.count { $0.quality == .ok } > 20)
        for reading in colour.readings { #expect(reading.statistics == nil) }
    }

    enum Ground: CaseIterable { case even, besideRed, clipped }

    /// Means of blocks stand for a plot where they do on the camera's reference; where what lies beside it is of another
    /// colour, or single pixels are clipped, its pixels are measured.
    @Test(arguments: Ground.allCases) func meansAreWithinTheirBound(ground: Ground) async throws {
        let village = try TestVillage()
        let size = Size(width: 640, height: 480)
        village.site.plots = [TestVillage.plot("f1", .field, x: 83, y: 61, width: 401, height: 301)]
        for day in 1...6 {
            let bytes = (0..<size.area).flatMap { i -> [UInt8] in
                let x = i % size.width, y = i / size.width
                let pattern = x / 5 * 37 + y / 7 * 23
                if ground == .besideRed, !(83..<484).contains(x) { return [UInt8(150 + pattern % 43), 20, 20] }
                let level = ground == .clipped ? 60 + pattern % 89 + day : 70 + pattern % 43 + day
                return (ground == .clipped ? [level, level + 20, level - 40] : [level, level * 5 / 4, level * 3 / 5])
                    .map { UInt8($0) }
            }
            let file = try Encoder.jpeg(bytes, size: size, components: 3, .init(quality: 90))
            try village.write(file, to: TestVillage.path(day: day, hour: 10))
        }
        let colour = try await stored(.colour, in: village), means = try await stored(.means, in: village)
        #expect(means.readings.count == 6 && colour.readings.count == 6)
        for (exact, mean) in zip(colour.readings, means.readings) {
            #expect(mean.quality == exact.quality && mean.statistics == nil && exact.statistics != nil)
            guard case .value(let a)? = exact.values[.gcc], case .value(let b)? = mean.values[.gcc] else {
                Issue.record("no gcc of \(exact.capture)")
                continue
            }
            #expect(abs(a - b) <= 0.0002, "\(a) \(b)")
            #expect((a == b) == (ground != .even), "\(a) \(b)")
            guard case .absent(let reason)? = mean.values[.clippedShare] else {
                Issue.record("clipped pixels are not counted")
                continue
            }
            #expect(reason.contains("measures: means"))
        }
        #expect(zip(colour.captures, means.captures).allSatisfy { $0.quality == $1.quality && $0.at == $1.at })
    }
}
