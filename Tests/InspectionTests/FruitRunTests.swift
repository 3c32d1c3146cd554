import Decoding
import Foundation
import Inspection
import Pixels
import Storage
import TestKit
import Testing
import Village

/// Plots of kind `fruit` through the whole run, on rendered trays.
@Suite struct FruitRunTests {
    let drops: DropFolder
    private var village: TestVillage { drops.village }

    init() throws {
        drops = try DropFolder()
        drops.village.site.plots = [Self.table("t1", scale: .square(millimetres: 40))]
    }

    private static func table(_ id: String, scale: FruitSettings.Scale?) -> Plot {
        var plot = TestVillage.plot(id, .fruit, crop: "citrus", x: 0, y: 0, width: 1440, height: 1080)
        plot.fruit = FruitSettings(table: "danling-qingjian", scale: scale)
        return plot
    }

    private func add(_ bytes: [UInt8], day: Int, hour: Int) throws {
        try village.write(bytes, to: TestVillage.path(day: day, hour: hour))
    }

    /// Encoded anew, a little darker, as a minute later: another file of the same tray.
    private static func later(_ bytes: [UInt8]) throws -> [UInt8] {
        var image = try Decoder().rgb(bytes).content
        for k in image.bytes.indices { image.bytes[k] = UInt8(Int(image.bytes[k]) * 97 / 100) }
        // The focal length in the file says how near the fruit is.
        let head = bytes.prefix(2) + bytes[2..<(4 + Int(bytes[4]) * 256 + Int(bytes[5]))]
        return Array(head) + (try Encoder.jpeg(image, quality: 88)).dropFirst(2)
    }

    @Test func eachFruitIsGradedAndCountedOnce() async throws {
        let first = try DropFolder.bytes("fruit/archive/tray_00.jpg")
        let second = try DropFolder.bytes("fruit/archive/tray_02.jpg")
        try add(first, day: 1, hour: 9)
        try add(try Self.later(first), day: 1, hour: 10)
        try add(second, day: 1, hour: 11)
        // White paper again, and a picture that shows nothing.
        try add(
            try Encoder.jpeg(
                RGBImage(width: 1440, height: 1080, bytes: [UInt8](repeating: 4, count: 1440 * 1080 * 3)), quality: 80),
            day: 1, hour: 12)
        try add(try DropFolder.bytes("fruit/archive/tray_01.jpg"), day: 2, hour: 9)
        let summary = try await village.run()
        #expect(summary.byQuality == [.ok: 4, .dark: 1], "\(summary)")
        let readings = try village.store().readings()
        let counts = readings.compactMap { $0.value(.count) }
        #expect(counts == [11, 11, 14, 14])
        #expect(readings.compactMap { $0.value(.newFruit) } == [11, 0, 14, 14])
        for reading in readings.prefix(3) {
            let mean = try #require(reading.value(.diameterMean)), least = try #require(reading.value(.diameterLeast))
            let greatest = try #require(reading.value(.diameterGreatest))
            #expect(least < mean && mean < greatest && least > 55 && greatest < 110)
            #expect(abs(reading.classShares.values.reduce(0, +) - 1) < 1e-9)
            #expect(reading.value(.colourShare) != nil && reading.value(.spottedShare) != nil)
            #expect(reading.statistics == nil && reading.value(.vegetationCover) == nil, "a table has no plants")
        }
        let dark = try #require(readings.first { $0.quality == .dark })
        #expect(dark.classShares.isEmpty)
        #expect(dark.values[.count] == .absent(reason: "the capture is dark"))
        // A coin lies there on the second day, not the square that the site file names.
        let coin = try #require(readings.last)
        guard case .absent(let reason)? = coin.values[.diameterMean] else {
            Issue.record("\(coin)")
            return
        }
        #expect(reason.contains("marker was not found"))
        let lots = try FruitLot.stored(
            of: village.site.plots[0], in: village.store(), clock: #require(SiteClock(timeZone: "Asia/Shanghai")))
        #expect(lots.map(\.fruit.count) == [25, 14] && lots.map(\.trays.count) == [3, 1])
        #expect(summary.newFlags == 0, "fruit is nobody's building")
    }

    @Test func anyJobsAndAnyCutGiveTheSameStore() async throws {
        let tray = try DropFolder.bytes("fruit/archive/tray_00.jpg")
        for hour in 8...12 { try add(hour % 2 == 0 ? tray : try Self.later(tray), day: 1, hour: hour) }
        try add(try DropFolder.bytes("fruit/archive/tray_03.jpg"), day: 2, hour: 8)
        let found = try await drops.dumps(cutAfter: 2)
        #expect(found.runs > 1 && found.parallel == found.expected && found.resumed == found.expected)
    }

    @Test func aPlotWithItsOwnEdgesHoldsOnlyItsFruit() async throws {
        let tray = try DropFolder.bytes("fruit/archive/tray_00.jpg")
        try add(tray, day: 1, hour: 9)
        try await village.run()
        let whole = try #require(try village.store().readings().first?.value(.count))
        try village.forget()
        village.site.plots = ["left": 0.0, "right": 720.0].sorted { $0.key < $1.key }.map { id, x in
            var plot = TestVillage.plot(id, .fruit, x: x, y: 0, width: 720, height: 1080)
            plot.fruit = FruitSettings(scale: .pixelsPerMillimetre(1.6))
            return plot
        }
        try await village.run()
        let halves = try village.store().readings()
        let counted = halves.compactMap { $0.value(.count) }.reduce(0, +)
        #expect(halves.count == 2 && counted <= whole && counted >= whole - 6, "those on the line are cut")
        #expect(halves.allSatisfy { ($0.value(.countHigh) ?? 0) >= ($0.value(.count) ?? 0) })
    }

    @Test func anUnknownTableIsToldBeforeAnythingIsStored() async throws {
        try add(try DropFolder.bytes("fruit/archive/tray_00.jpg"), day: 1, hour: 9)
        drops.village.site.plots[0].fruit.table = "none"
        await #expect { try await village.run() } throws: { error in
            let failure = error as? InspectionFailure
            return failure?.stage == .configuring && failure?.message.contains("danling-qingjian") == true
        }
        #expect(try village.store().captures().isEmpty)
    }
}
