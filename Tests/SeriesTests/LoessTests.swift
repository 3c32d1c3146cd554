import Foundation
import Testing

@testable import Series

@Suite struct LoessTests {
    @Test(arguments: LoessReferences.fits) func agreesWithR(reference: LoessReferences.Fit) throws {
        let weights = reference.isWeighted ? LoessReferences.x.indices.map { $0 % 4 == 3 ? 0.001 : 1 } : nil
        let fit = try #require(
            Loess(x: LoessReferences.x, y: LoessReferences.y, weights: weights, span: reference.span))
        #expect(abs(fit.trace - reference.trace) < 1e-7)
        #expect(abs(fit.equivalentParameters - reference.equivalentParameters) < 1e-7)
        #expect(abs(fit.firstDelta - reference.firstDelta) < 1e-7)
        #expect(abs(fit.secondDelta - reference.secondDelta) < 1e-7)
        #expect(abs(fit.scale - reference.scale) < 1e-10)
        for (place, (value, error)) in zip(LoessReferences.places, zip(reference.values, reference.errors)) {
            let found = try #require(fit.predict(place))
            #expect(abs(found.value - value) < 1e-10, "at \(place)")
            #expect(abs(found.standardError - error) < 1e-10, "at \(place)")
        }
        #expect(fit.predict(2.9) == nil && fit.predict(400.1) == nil)
    }

    @Test func theCriterionAndTheBestSpanAreThoseOfR() throws {
        for (span, expected) in zip(Loess.candidates, LoessReferences.criteria) where span >= 0.05 {
            let fit = try #require(Loess(x: LoessReferences.x, y: LoessReferences.y, span: span))
            #expect(abs(try #require(fit.criterion(LoessReferences.y)) - expected) < 1e-6, "span \(span)")
        }
        #expect(Loess.bestSpan(x: LoessReferences.x, y: LoessReferences.y) == LoessReferences.bestSpan)
    }

    @Test func quadraticsAreFittedExactly() throws {
        let x = (0..<60).map { Double($0) + ($0 % 3 == 0 ? 0.3 : 0) }
        let y = x.map { 2 - 0.3 * $0 + 0.01 * $0 * $0 }
        for span in [0.1, 0.35, 1] {
            let fit = try #require(Loess(x: x, y: y, span: span))
            // Only the vertices are exact for a quadratic; a cubic blend of exact values and slopes is exact as well.
            for (a, b) in zip(fit.fitted, y) { #expect(abs(a - b) < 1e-9) }
        }
    }

    @Test func tooFewDataForTheSpanGiveNoFit() {
        #expect(Loess(x: [1, 2, 3, 4, 5], y: [1, 2, 3, 4, 5], span: 0.5) == nil)
        #expect(Loess.bestSpan(x: [1, 2], y: [1, 2]) == nil)
    }
}
