import Foundation
import Pixels
import Testing
import Village

@testable import Inspection

@Suite struct HeatMapTests {
    @Test func everyHourBelongsToOnePartOfTheDay() {
        let parts = (0..<24).map(DayPart.init(hour:))
        #expect(parts[4] == .night && parts[5] == .morning && parts[9] == .morning && parts[10] == .noon)
        #expect(parts[14] == .noon && parts[15] == .afternoon && parts[19] == .afternoon && parts[20] == .night)
        #expect(Set(parts) == Set(DayPart.allCases))
        #expect(DayPart(hour: -1) == .night && DayPart(hour: 24) == .night)
    }

    @Test func partsOfTheDayAreKeptApart() throws {
        var heat = HeatMap(frame: Size(width: 640, height: 360))
        heat.add([SIMD2(15, 15), SIMD2(15, 18)], in: .morning)
        heat.add([SIMD2(635, 355)], in: .afternoon)
        heat.add([], in: .night)
        #expect(heat.counts.reduce(0, +) == 3)
        #expect(heat.counts(in: .morning)[heat.width + 1] == 2 && heat.counts(in: .morning).reduce(0, +) == 2)
        #expect(heat.counts(in: .afternoon).last == 1)
        #expect(heat.middle(in: .noon) == nil && heat.middle(in: .night) == nil)
        let morning = try #require(heat.middle(in: .morning)), late = try #require(heat.middle(in: .afternoon))
        #expect(morning.x < 0.05 && morning.y < 0.05 && late.x > 0.95 && late.y > 0.95)
        // Beyond the frame is its edge.
        heat.add([SIMD2(-40, 9999)], in: .noon)
        #expect(heat.middle(in: .noon).map { $0.x < 0.05 && $0.y > 0.95 } == true)
        #expect(try JSONDecoder().decode(HeatMap.self, from: JSONEncoder().encode(heat)) == heat)
    }

    @Test func aStateWithoutPartsIsReadOn() throws {
        let old = #"{"cell":10,"counts":[0,5,0,0],"height":2,"width":2}"#
        var heat = try JSONDecoder().decode(HeatMap.self, from: Data(old.utf8))
        #expect(heat.middle(in: .morning) == nil && heat.counts(in: .night) == [0, 0, 0, 0])
        heat.add([SIMD2(1, 1)], in: .night)
        #expect(heat.counts == [1, 5, 0, 0] && heat.counts(in: .night) == [1, 0, 0, 0])
    }

    @Test func redIsWhereTheyStoodInThatPart() {
        var heat = HeatMap(frame: Size(width: 64, height: 64))
        for _ in 0..<20 { heat.add([SIMD2(10.5, 10.5)], in: .morning) }
        heat.add([SIMD2(50.5, 50.5)], in: .noon)
        let grey = RGBImage(width: 64, height: 64, bytes: [UInt8](repeating: 90, count: 3 * 64 * 64))
        func isRed(_ image: RGBImage, _ x: Int, _ y: Int) -> Bool { image[x, y].red > 130 && image[x, y].blue < 70 }
        let morning = heat.drawn(over: grey, in: .morning), noon = heat.drawn(over: grey, in: .noon)
        #expect(isRed(morning, 10, 10) && !isRed(morning, 50, 50))
        // Each part has a scale of its own.
        #expect(isRed(noon, 50, 50) && !isRed(noon, 10, 10))
        #expect(heat.drawn(over: grey, in: .night).bytes == grey.bytes)
    }
}
