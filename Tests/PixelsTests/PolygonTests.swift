import Pixels
import Testing

@Suite struct PolygonTests {
    @Test func areaByTheShoelace() {
        #expect(Polygon([SIMD2(0, 0), SIMD2(4, 0), SIMD2(4, 3)]).area == 6)
        #expect(Polygon([SIMD2(4, 3), SIMD2(4, 0), SIMD2(0, 0)]).area == 6)
        #expect(Polygon([SIMD2(1, 1), SIMD2(2, 5)]).area == 0)
    }

    @Test func boundsAreWholePixels() {
        #expect(
            Polygon([SIMD2(0.2, -0.5), SIMD2(3.1, 2), SIMD2(1, 2.5)]).bounds == Region(x: 0, y: -1, width: 4, height: 4)
        )
        #expect(Polygon([]).bounds.isEmpty)
    }
}
