/// A straight map from values to positions, with round tick values.
struct ChartScale {
    let low: Double
    let high: Double
    /// Positions of `low` and `high`.
    let start: Double
    let end: Double

    /// - Precondition: `low < high`.
    init(low: Double, high: Double, start: Double, end: Double) {
        precondition(low < high, "A scale needs an extent.")
        self.low = low
        self.high = high
        self.start = start
        self.end = end
    }

    func position(_ value: Double) -> Double { start + (value - low) / (high - low) * (end - start) }

    /// Widened to whole steps of 1, 2 or 5 times a power of ten so that at most `count` intervals fit.
    static func rounded(_ low: Double, _ high: Double, leastSpan: Double, count: Int) -> (
        low: Double, high: Double, step: Double
    ) {
        var low = low, high = high
        if high - low < leastSpan {
            let middle = (low + high) / 2
            low = middle - leastSpan / 2
            high = middle + leastSpan / 2
        }
        var power = 1e-6
        while true {
            for factor in [1.0, 2.0, 5.0] {
                let step = power * factor
                let from = (low / step + 1e-9).rounded(.down), until = (high / step - 1e-9).rounded(.up)
                if until - from <= Double(count) { return (from * step, until * step, step) }
            }
            power *= 10
        }
    }
}
