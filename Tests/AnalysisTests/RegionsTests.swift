import Analysis
import Pixels
import Testing

@Suite struct RegionsTests {
    private func mask(_ rows: [String]) -> Mask {
        Mask(
            width: rows[0].utf8.count, height: rows.count,
            bytes: rows.flatMap { $0.utf8.map { $0 == UInt8(ascii: "#") ? 255 : 0 } })
    }

    @Test func diagonalNeighboursAreOnePiece() {
        let found = Components(of: mask(["#..#.", ".#...", "..#.#", "....#"]))
        #expect(found.pieces.map(\.areaInPixels) == [3, 1, 2])
        #expect(found.pieces[0].box == Region(x: 0, y: 0, width: 3, height: 3))
        #expect(found.pieces[0].centroid == SIMD2(1.5, 1.5))
        #expect(found.pieces[2].centroid == SIMD2(4.5, 3))
        #expect(found.labels[4, 3] == 3 && found.labels[1, 0] == 0)
    }

    /// Pieces by flood filling, the slow way.
    @Test(arguments: [60, 100, 130, 200]) func componentsAgainstFloodFill(share: Int) {
        var noise = Noise(seed: UInt64(share))
        let mask = noise.mask(37, 29, insideOutOf256: share), found = Components(of: mask)
        var seen = Set<Int>(), areas: [Int] = []
        for start in 0..<37 * 29 where mask.bytes[start] != 0 && !seen.contains(start) {
            var stack = [start], area = 0
            seen.insert(start)
            while let i = stack.popLast() {
                area += 1
                for dy in -1...1 {
                    for dx in -1...1 {
                        let x = i % 37 + dx, y = i / 37 + dy
                        if x >= 0, y >= 0, x < 37, y < 29, mask[x, y], seen.insert(y * 37 + x).inserted {
                            stack.append(y * 37 + x)
                        }
                    }
                }
            }
            areas.append(area)
        }
        #expect(found.pieces.map(\.areaInPixels) == areas)
        #expect(found.mask { _ in true } == mask)
    }

    @Test(arguments: [
        Neighbourhood.square(radius: 1), .square(radius: 4), .disc(radius: 1), .disc(radius: 3), .disc(radius: 0),
    ])
    func dilationAgainstItsDefinition(neighbourhood: Neighbourhood) {
        var noise = Noise(seed: 2)
        for (width, height) in [(19, 14), (1, 7), (8, 1), (0, 3)] {
            let mask = noise.mask(width, height, insideOutOf256: 12), grown = mask.dilated(by: neighbourhood)
            let r = neighbourhood.radius
            var isDisc = false
            if case .disc = neighbourhood { isDisc = true }
            for y in 0..<height {
                for x in 0..<width {
                    var expected = false
                    for v in max(0, y - r)...min(height - 1, y + r) {
                        for u in max(0, x - r)...min(width - 1, x + r)
                        where !isDisc || (u - x) * (u - x) + (v - y) * (v - y) <= r * r {
                            expected = expected || mask[u, v]
                        }
                    }
                    #expect(grown[x, y] == expected)
                }
            }
        }
    }

    @Test func openingAndClosingAreIdempotentAndOrdered() {
        var noise = Noise(seed: 6)
        let mask = noise.mask(40, 33, insideOutOf256: 150)
        for neighbourhood in [Neighbourhood.square(radius: 1), .disc(radius: 2)] {
            let opened = mask.opened(by: neighbourhood), closed = mask.closed(by: neighbourhood)
            #expect(opened.opened(by: neighbourhood) == opened && closed.closed(by: neighbourhood) == closed)
            #expect(opened.subtracting(mask).count == 0 && mask.subtracting(closed).count == 0)
        }
    }

    @Test func holesFillButBaysDoNot() {
        let ring = mask([".####.", ".#..#.", ".##.#.", "...##."])
        #expect(ring.holesFilled == mask([".####.", ".####.", ".####.", "...##."]))
        let bay = mask(["####", "#..#", "#..#", "#.##"])
        #expect(bay.holesFilled == bay)
    }

    @Test func whatHangsTogetherWithAMarkerIsReached() {
        let paths = mask(["##..#", ".#.##", "....#", "#####"])
        #expect(
            paths.reconstructed(from: mask(["#....", ".....", ".....", "....."]))
                == mask(["##...", ".#...", ".....", "....."]))
        #expect(
            paths.reconstructed(from: mask([".....", ".....", ".....", "#...."]))
                == mask(["....#", "...##", "....#", "#####"]))
        #expect(paths.reconstructed(from: paths.inverted).count == 0 && paths.reconstructed(from: paths) == paths)
        // Touching at a corner is not hanging together.
        let corner = mask(["#.", ".#"])
        #expect(corner.reconstructed(from: mask(["#.", ".."])) == mask(["#.", ".."]))
        let nothing = Mask(width: 0, height: 0, bytes: [])
        #expect(nothing.reconstructed(from: nothing).count == 0)
    }

    @Test func onlySmallHolesFillUpToAnArea() {
        let two = mask(["########", "#.##...#", "########"])
        #expect(two.holesFilled(upTo: 0) == two)
        #expect(two.holesFilled(upTo: 2) == mask(["########", "####...#", "########"]))
        #expect(two.holesFilled(upTo: 3) == two.holesFilled)
    }

    @Test(arguments: UInt64(1)...6) func fillingHolesGrowsWithTheArea(seed: UInt64) {
        var noise = Noise(seed: seed)
        let mask = noise.mask(37, 29, insideOutOf256: 160)
        var before = mask
        for area in [0, 1, 2, 5, 1073] {
            let filled = mask.holesFilled(upTo: area)
            #expect(before.subtracting(filled).count == 0 && filled.subtracting(mask.holesFilled).count == 0)
            before = filled
        }
        #expect(before == mask.holesFilled)
    }

    @Test func outlineOfASquareHasFourCorners() throws {
        let outline = try #require(Polygon(outlining: mask(["....", ".##.", ".##.", "...."])))
        #expect(Set(outline.vertices) == [SIMD2(1, 1), SIMD2(3, 1), SIMD2(3, 3), SIMD2(1, 3)] && outline.area == 4)
        #expect(Polygon(outlining: mask(["..", ".."])) == nil)
        #expect(try #require(Polygon(outlining: mask(["#"]))).area == 1)
    }

    @Test(arguments: 1...24) func fillingTheOutlineGivesThePieceBack(seed: Int) {
        var noise = Noise(seed: UInt64(seed))
        let components = Components(of: noise.mask(15, 12, insideOutOf256: 40 + 8 * seed))
        for piece in components.pieces {
            let own = components.mask(of: piece)
            let filled = Mask(filling: Polygon(outlining: piece, of: components), size: own.size)
            #expect(own.subtracting(filled).count == 0, "every pixel is inside its outline")
            #expect(filled == own.holesFilled, "seed \(seed), piece \(piece)")
        }
    }

    @Test func simplifiedOutlineStaysClose() throws {
        let disc = Mask(width: 101, height: 101, inside: false)
        var round = disc
        for y in 0..<101 {
            for x in 0..<101 where (x - 50) * (x - 50) + (y - 50) * (y - 50) <= 1600 { round[x, y] = true }
        }
        let full = try #require(Polygon(outlining: round)),
            simple = try #require(Polygon(outlining: round, tolerance: 1.5))
        #expect(simple.vertices.count < 32 && full.vertices.count > 100)
        #expect(abs(simple.area - full.area) < 0.03 * full.area)
    }

    @Test func groundPlaneMeasuresARectangleSeenAslant() throws {
        let truth = Homography([0.02, 0.003, -3, 0.001, 0.05, -8, 0.00002, 0.0009, 1])
        let back = try #require(truth.inverse)
        let metres = [SIMD2(0.0, 0.0), SIMD2(10, 0), SIMD2(10, 6), SIMD2(0, 6), SIMD2(4, 3)]
        let ground = try #require(GroundPlane(pixels: metres.map(back.point), metres: metres))
        #expect(ground.errorInMetres < 1e-6)
        let outline = Polygon([SIMD2(2.0, 1.0), SIMD2(8, 1), SIMD2(8, 5), SIMD2(2, 5)].map(back.point))
        #expect(abs(try #require(ground.areaInSquareMetres(of: outline)) - 24) < 1e-6)
        let pixels = Mask(filling: outline, size: Size(width: 900, height: 400))
        #expect(abs(try #require(ground.areaInSquareMetres(of: pixels)) - 24) < 0.3)
    }

    /// A house of 5 × 6 m and 3 m height at its corner, from 8 m above the ground; its eave reaches out over a yard that
    /// lies far behind.
    @Test func anEaveMeasuresNoGround() throws {
        func seen(_ x: Double, _ y: Double, _ z: Double) -> SIMD2<Double> {
            SIMD2(800 * x / y + 320, 800 * (8 - z) / y + 100)
        }
        let corners = [SIMD2(0.0, 16.0), SIMD2(12, 16), SIMD2(14, 40), SIMD2(-4, 40)]
        let ground = try #require(GroundPlane(pixels: corners.map { seen($0.x, $0.y, 0) }, metres: corners))
        let size = Size(width: 960, height: 500)
        let front = Polygon([seen(6, 20, 0), seen(11, 20, 0), seen(11, 20, 3), seen(6, 20, 3)])
        let side = Polygon([seen(6, 20, 0), seen(6, 26, 0), seen(6, 26, 3), seen(6, 20, 3)])
        let eave = Polygon([seen(6, 20, 3), seen(14, 20, 3), seen(14, 20, 3.4), seen(6, 20, 3.4)])
        let walls = Mask(filling: front, size: size).union(Mask(filling: side, size: size))
        let bare = try #require(ground.footprintInSquareMetres(of: walls))
        #expect(bare > 0.6 * 30 && bare < 1.2 * 30, "\(bare) m²")
        let house = walls.union(Mask(filling: eave, size: size))
        let roofed = try #require(ground.footprintInSquareMetres(of: house))
        #expect(abs(roofed - bare) < 0.05 * bare, "\(roofed) m², without the eave \(bare) m²")
    }

    @Test func threePointsOnALineFixNoGround() {
        let line = [SIMD2(0.0, 0.0), SIMD2(5, 5), SIMD2(10, 10), SIMD2(3, 9)]
        #expect(GroundPlane(pixels: line, metres: line.map { $0 * 2 }) == nil)
        #expect(GroundPlane(pixels: Array(line.prefix(3)), metres: Array(line.prefix(3))) == nil)
    }
}
