import Foundation
import Pixels
import TestKit
import Testing

@testable import Analysis

/// The pieces that fruit is measured with, against slow or known answers.
@Suite struct FruitShapeTests {
    @Test(arguments: [(1, 1), (7, 5), (23, 31), (40, 9)], [true, false])
    func distancesAreThoseOfAllPairs(size: (width: Int, height: Int), borderIsEdge: Bool) {
        let (width, height) = size, frame = borderIsEdge ? 1 : 0
        var random = SeededGenerator(seed: UInt64(width * 100 + height))
        var mask = Mask(width: width, height: height, inside: false)
        for i in mask.bytes.indices { mask.bytes[i] = Int.random(in: 0..<8, using: &random) > 0 ? 255 : 0 }
        mask[0, height - 1] = false
        let distance = Plane<Float>(distanceInside: mask, borderIsEdge: borderIsEdge)
        for y in 0..<height {
            for x in 0..<width {
                var nearest = Double.infinity
                for v in -frame..<height + frame {
                    for u in -frame..<width + frame {
                        let isOutside = u < 0 || v < 0 || u >= width || v >= height || !mask[u, v]
                        guard isOutside else { continue }
                        nearest = min(nearest, Double((u - x) * (u - x) + (v - y) * (v - y)).squareRoot())
                    }
                }
                #expect(abs(Double(distance[x, y]) - nearest) < 1e-4, "(\(x), \(y)) of \(width) × \(height)")
            }
        }
    }

    @Test func aMaskWithoutAnyEdgeIsFarFromOne() {
        let full = Mask(width: 9, height: 4, inside: true)
        #expect(Plane<Float>(distanceInside: full, borderIsEdge: false).samples.allSatisfy { $0 == 1e6 })
    }

    @Test func aSystemOfEquationsIsSolvedAndASingularOneRefused() throws {
        let matrix = [0.0, 2, 1, 3, -1, 4, 1, 1, 1], x = [1.5, -2, 0.25]
        let right = (0..<3).map { row in (0..<3).reduce(0) { $0 + matrix[3 * row + $1] * x[$1] } }
        let found = try #require(LinearSystem.solution(matrix, right))
        for k in 0..<3 { #expect(abs(found[k] - x[k]) < 1e-12) }
        #expect(LinearSystem.solution([1, 2, 2, 4], [1, 2]) == nil)
        #expect(LinearSystem.solution([], []) == [])
    }

    @Test(arguments: [0.0, 0.7, 1.57, 2.36, 2.9]) func anEllipseIsFoundFromHalfItsOutlineAmongWrongPoints(angle: Double)
        throws
    {
        let truth = Ellipse(centre: SIMD2(101.25, 87.5), axes: SIMD2(52, 44), angle: angle)
        var random = SeededGenerator(seed: 5)
        var points: [SIMD2<Double>] = []
        for k in 0..<200 where k < 110 || k % 2 == 0 {
            let t = 2 * Double.pi * Double(k) / 200
            points.append(truth.centre + truth.radius(toward: t) * SIMD2(cos(t), sin(t)))
        }
        for _ in 0..<15 {
            let away = Double.random(in: 20...36, using: &random), t = Double.random(in: 0...6.2, using: &random)
            points.append(truth.centre + away * SIMD2(cos(t), sin(t)))
        }
        let start = Ellipse(centre: SIMD2(99, 90), axes: SIMD2(50, 47), angle: 0)
        let found = try #require(Ellipse(through: points, from: start, tolerance: 1.5))
        for k in 0..<60 {
            let t = Double(k) * 0.1
            let edge = truth.centre + truth.radius(toward: t) * SIMD2(cos(t), sin(t))
            #expect(abs(found.excess(edge)) < 0.05, "angle \(angle): \(found)")
        }
        #expect(Ellipse(through: Array(points.prefix(7)), from: start, tolerance: 1.5) == nil)
    }

    @Test func closingFillsNarrowDarkThingsOnly() {
        var plane = Plane<Float>(width: 60, height: 40, repeating: 1)
        for y in 18..<21 { for x in 10..<13 { plane[x, y] = 0.2 } }
        for y in 5..<35 { for x in 30..<55 { plane[x, y] = 0.4 } }
        let whole = Mask(width: 60, height: 40, inside: true)
        let closed = plane.closed(radius: 3, within: whole)
        #expect(closed[11, 19] == 1)
        #expect(closed[42, 20] == 0.4)
        for i in plane.samples.indices { #expect(closed.samples[i] >= plane.samples[i]) }
        #expect(closed.closed(radius: 3, within: whole) == closed)
        #expect(plane.closed(radius: 3, within: Mask(width: 60, height: 40, inside: false)) == plane)
    }

    @Test func closingLeavesSlopesAndWhatIsOpenToTheBorder() {
        var plane = Plane<Float>(width: 40, height: 30, repeating: 0)
        for y in 0..<30 { for x in 0..<40 { plane[x, y] = Float(x) } }
        var part = Mask(width: 40, height: 30, inside: false)
        for y in 3..<27 { for x in 5..<35 { part[x, y] = true } }
        let whole = Mask(width: 40, height: 30, inside: true)
        #expect(plane.closed(radius: 6, within: part) == plane)
        #expect(plane.closed(radius: 6, within: whole) == plane)
        for y in 8..<22 { for x in 33..<35 { plane[x, y] = 0 } }
        plane[20, 15] = 0
        let closed = plane.closed(radius: 6, within: part)
        #expect(closed[34, 15] == 0 && closed[20, 15] > 10)
    }

    @Test func blocksOfOnePhotographAgreeAndOthersDoNot() throws {
        var random = SeededGenerator(seed: 9)
        func noise() -> Plane<UInt8> {
            Plane(
                width: 160, height: 120, samples: (0..<160 * 120).map { _ in UInt8.random(in: 0...255, using: &random) }
            )
        }
        let first = noise(), other = noise(), valid = Mask(width: 160, height: 120, inside: true)
        let brighter = Plane(width: 160, height: 120, samples: first.samples.map { $0 / 2 + 90 })
        func share(_ second: Plane<UInt8>) -> Double? {
            BlockAgreement(of: first, and: second, valid: valid, side: 20, reach: 1, contrast: 5).share(from: 0.95)
        }
        #expect(share(first) == 1)
        #expect(share(brighter) == 1)
        #expect(share(other) == 0)
        let flat = Plane<UInt8>(width: 160, height: 120, repeating: 7)
        #expect(
            BlockAgreement(of: flat, and: flat, valid: valid, side: 20, reach: 1, contrast: 5).share(from: 0.5) == nil)
    }

    @Test func whatMovesAsAWholeAgreesAndChanceFindsDoNot() throws {
        let (width, height, reach) = (200, 160, 12)
        var random = SeededGenerator(seed: 31)
        func smooth() -> Plane<UInt8> {
            // Patches of 4 × 4 pixels.
            let coarse = (0..<2000).map { _ in UInt8.random(in: 0...255, using: &random) }
            return Plane(
                width: width, height: height,
                samples: (0..<width * height).map { coarse[$0 / width / 4 * 50 + $0 % width / 4] })
        }
        let first = smooth(), valid = Mask(width: width, height: height, inside: true)
        // From a step aside: what is near, on the left, has moved by 9 pixels, what is far by 2.
        var aside = first
        for y in 0..<height {
            for x in 0..<width { aside[x, y] = first[min(x + (x < width / 2 ? 9 : 2), width - 1), y] }
        }
        func share(_ second: Plane<UInt8>) -> Double? {
            BlockAgreement(of: first, and: second, valid: valid, side: 16, step: 8, reach: reach, contrast: 5)
                .coherentShare(from: 0.75, tolerance: 2.5)
        }
        #expect(try #require(share(first)) == 1)
        #expect(try #require(share(aside)) > 0.7)
        #expect(try #require(share(smooth())) < 0.2)
        #expect(share(Plane(width: width, height: height, repeating: 7)) == 0)
    }
}
