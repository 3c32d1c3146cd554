import Foundation
import TestKit
import Testing
import Village

@testable import Storage

@Suite struct RoundTripTests {
    let file: StoreFile

    init() throws { file = try StoreFile() }

    private func channel(_ value: Double) -> ChannelStatistics {
        ChannelStatistics(mean: value, deviation: 0, quantiles: [Double](repeating: value, count: 7))
    }

    @Test func whatIsNoNumberStaysSo() throws {
        let store = try file.open()
        var capture = Capture.sample()
        capture.measures = ["sharpness": .nan, "contrast": .infinity, "low": -.infinity, "zero": -0.0]
        var reading = Reading.sample(of: capture, [.gcc: .value(1.0 / 3), .bloom: .absent(reason: "太暗")])
        reading.statistics = ColorStatistics(
            red: channel(0.1), green: channel(254.99999999999997), blue: channel(.leastNonzeroMagnitude),
            redGreenCorrelation: .nan,
            greenBlueCorrelation: -1, blueRedCorrelation: .nan, pixelCount: 64)
        try store.commit(Batch(captures: [capture], readings: [reading]))

        let stored = try #require(try store.captures().first)
        #expect(stored.measures["sharpness"]?.isNaN == true)
        #expect(stored.measures["contrast"] == .infinity && stored.measures["low"] == -.infinity)
        let statistics = try #require(try store.readings().first?.statistics)
        #expect(statistics.redGreenCorrelation.isNaN && statistics.blueRedCorrelation.isNaN)
        #expect(statistics.greenBlueCorrelation == -1)
        #expect(statistics.red == reading.statistics?.red && statistics.blue == reading.statistics?.blue)
        #expect(statistics.green.mean.bitPattern == reading.statistics?.green.mean.bitPattern)
        #expect(try store.readings().first?.values == reading.values)
    }

    /// The fast way to the values gives what the readings hold, bit by bit.
    @Test func measurementsAreTheReadingsValues() throws {
        let store = try file.open()
        var generator = SeededGenerator(seed: 9)
        var captures: [Capture] = [], readings: [Reading] = []
        for number in 0..<40 {
            let at = 1_700_000_000 + 60 * Double(number)
            let capture = Capture.sample("a/\(number).jpg", at: at, sha256: "\(number)")
            captures.append(capture)
            var values: [Quantity: Measured] = [:]
            for quantity in Quantity.allCases {
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: values[quantity] = .absent(reason: "too \"dark\"")
                case 1: values[quantity] = .value([0, 1, -0.0, 1e-300].randomElement(using: &generator) ?? 0)
                case 2: values[quantity] = .value(Double.random(in: -1...1, using: &generator))
                default: break
                }
            }
            readings.append(Reading.sample(of: capture, values))
        }
        try store.commit(Batch(captures: captures, readings: readings))
        var found: [Measurements] = []
        try store.forEachMeasurement { found.append($0) }
        let expected = try store.readings().map { reading in
            Measurements(
                at: reading.at, capture: reading.capture,
                values: reading.values.keys.reduce(into: [:]) { $0[$1] = reading.value($1) })
        }
        #expect(found.count == 40 && found == expected)
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func everyFactComesBackAsItWas(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let store = try file.open()
        var captures: [Capture] = []
        var readings: [Reading] = []
        for number in 0..<60 {
            func maybe<Value>(_ value: Value) -> Value? { Bool.random(using: &generator) ? value : nil }
            func double() -> Double { Double.random(in: -1e6...1e6, using: &generator) }
            let at = 1_700_000_000 + Double(number) * 1800.125
            var capture = Capture.sample("相机/\(number) '\"%_.jpg", at: at, sha256: "\(number)")
            capture.timeSource = maybe(TimeSource.allCases.randomElement(using: &generator) ?? .name)
            (capture.width, capture.height) = (maybe(1920), maybe(1080))
            capture.quality = Quality.allCases.randomElement(using: &generator) ?? .ok
            capture.reason = maybe("原因 \(number)\n\t\"x")
            capture.shift = maybe(Shift(dx: double(), dy: double(), rotation: double()))
            (capture.solarElevation, capture.exposure, capture.automaticWhiteBalance) = (
                maybe(double()), maybe(33), maybe(1)
            )
            capture.location = maybe(Location(latitude: double(), longitude: double(), elevation: double()))
            capture.measures = ["a": double(), "b": double()]
            captures.append(capture)
            for plot in ["p1", "p2"] {
                var reading = Reading.sample(plot, of: capture, [:])
                for quantity in Quantity.allCases {
                    reading.values[quantity] =
                        Bool.random(using: &generator) ? .value(double()) : .absent(reason: "r\(number)")
                }
                readings.append(reading)
            }
        }
        try store.commit(
            Batch(captures: captures.shuffled(using: &generator), readings: readings.shuffled(using: &generator)))
        #expect(try store.captures() == captures, "seed \(seed)")
        #expect(try store.readings(Selection(plot: "p1")) == readings.filter { $0.plot == "p1" }, "seed \(seed)")
        #expect(try file.open(.read).captures() == captures)
    }

    @Test func selections() throws {
        let store = try file.open()
        let captures = (0..<10).map { Capture.sample("c\($0).jpg", at: Double($0) * 100, sha256: "\($0)") }
        var timeless = Capture.sample("z.jpg", at: nil, sha256: nil)
        timeless.quality = .corrupt
        try store.commit(Batch(captures: captures + [timeless], readings: captures.map { Reading.sample(of: $0) }))
        let since = Date(timeIntervalSince1970: 300), until = Date(timeIntervalSince1970: 600)
        #expect(
            try store.captures(Selection(since: since, until: until)).map(\.path) == ["c3.jpg", "c4.jpg", "c5.jpg"])
        #expect(
            try store.readings(Selection(camera: "cam", plot: "p1", since: since, until: until, quality: .ok)).count
                == 3)
        #expect(try store.readings(Selection(quality: .fog)).isEmpty)
        #expect(try store.captures().first?.path == "z.jpg", "without a time first")
        #expect(try store.lastCapture(camera: "cam")?.path == "c9.jpg")
        #expect(try store.qualityCounts(camera: "cam") == [.ok: 10, .corrupt: 1])
        #expect(try store.capture(camera: "cam", sha256: "4")?.path == "c4.jpg")
    }

    @Test func thousandsOfPathsAreAskedForInParts() throws {
        let store = try file.open()
        let paths = (0..<1203).map { "cam/\($0).jpg" }
        try store.commit(Batch(captures: stride(from: 0, to: 1203, by: 2).map { Capture.sample(paths[$0]) }))
        let known = try store.knownPaths(camera: "cam", among: paths)
        #expect(known.count == 602)
        #expect(known[Array("cam/1202.jpg".utf8)] == .read)
        #expect(known[Array("cam/1.jpg".utf8)] == nil)
        #expect(try store.knownPaths(camera: "cam", among: []).isEmpty)
        #expect(try store.knownPaths(camera: "other", among: paths).isEmpty)
    }
}
