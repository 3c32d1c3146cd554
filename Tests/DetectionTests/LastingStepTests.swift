import Detection
import TestKit
import Testing

@Suite struct LastingStepTests {
    @Test(arguments: [
        // A plain step.
        ([0.02, 0.03, 0.01, 0.6, 0.62, 0.6], 3),
        // Works that grow: the heap counts.
        ([0.02, 0.01, 0.03, 0.02, 0.25, 0.27, 0.3, 0.7, 0.72, 0.71, 0.7, 0.7], 4),
        // Heap, foundation, walls.
        ([0.02, 0.03, 0.01, 0.02, 0.22, 0.24, 0.2, 0.23, 0.45, 0.44, 0.47, 0.8, 0.82, 0.79], 4),
        // Somebody before it, and somebody there before.
        ([0.02, 0.5, 0.01, 0.03, 0.02, 0.6, 0.62, 0.05, 0.6, 0.61, 0.63], 5),
        // Most of the beginning shows it already.
        ([0.7, 0.72, 0.02, 0.01, 0.03, 0.02], 2),
    ])
    func theFirstThatStays(values: [Double], index: Int) { #expect(LastingStep(values)?.index == index) }

    @Test(arguments: [
        [], [0.5], [0.1, 0.9], [0.1, 0.9, 0.9], [0.02, 0.05, 0.01, 0.04, 0.03, 0.02],
        // Light and leaves.
        [0.05, 0.15, 0.08, 0.12, 0.18, 0.2, 0.17, 0.19],
    ])
    func noStep(values: [Double]) { #expect(LastingStep(values) == nil) }

    /// Any step large against the noise is found where it is.
    @Test(arguments: 1...12 as ClosedRange<UInt64>) func amongNoise(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let count = Int.random(in: 12...80, using: &generator), at = Int.random(in: 3...(count - 4), using: &generator)
        let values = (0..<count).map { (i: Int) -> Double in
            (i < at ? 0.05 : 0.55) + Double.random(in: -0.03...0.03, using: &generator)
        }
        #expect(LastingStep(values)?.index == at, "seed \(seed)")
    }
}
