import Testing
import Village

@Suite struct PatrolRecordTests {
    @Test func aPlotHoldsWhatLiesWithinItsRing() {
        // An L: the notch at the top right is outside.
        let ring = [[0.0, 0], [2, 0], [2, 1], [1, 1], [1, 2], [0, 2], [0, 0]]
        let plot = MappedPlot(id: "p", ring: ring)
        for (x, y) in [(0.5, 0.5), (1.5, 0.5), (0.5, 1.5)] { #expect(plot.holds(longitude: x, latitude: y)) }
        for (x, y) in [(1.5, 1.5), (-0.1, 1), (2.1, 0.5), (0.5, -0.1), (0.5, 2.1)] {
            #expect(!plot.holds(longitude: x, latitude: y))
        }
        #expect(!MappedPlot(id: "p", ring: []).holds(longitude: 0, latitude: 0))
    }

    @Test func onlyWhatLooksBuiltAndIsLargeEnoughIsAPlaceToLookAt() {
        func part(_ area: Int, _ kind: String) -> PictureChange.Part {
            .init(box: [0, 0, 1, 1], areaInPixels: area, kind: kind, confidence: 1)
        }
        var change = PictureChange(
            samePlace: true, changedShare: 0.1,
            parts: [part(9000, "structure"), part(9000, "soil"), part(2000, "structure"), part(1999, "structure")],
            pixels: 1_000_000, matrix: nil, reason: nil)
        #expect(change.structures.map(\.areaInPixels) == [9000, 2000])
        change.pixels = nil
        #expect(change.structures.count == 3)
        #expect(
            PictureChange(samePlace: false, changedShare: 0, parts: [], matrix: nil, reason: "x").changedShare == nil)
    }
}
