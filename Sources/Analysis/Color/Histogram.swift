import Pixels

/// How often each grey level 0…255 occurs.
public struct Histogram: Sendable, Equatable {
    public var bins: [Int]

    public init(_ bins: some Sequence<UInt32>) {
        self.bins = bins.map(Int.init)
        precondition(self.bins.count == 256, "a histogram has 256 bins")
    }

    /// Of the whole plane, or of the part inside `mask`.
    public init(of plane: Plane<UInt8>, inside mask: Mask? = nil) {
        precondition(mask.map { $0.size == plane.size } ?? true, "plane and mask of one size")
        bins = [Int](repeating: 0, count: 256)
        if let mask {
            for i in plane.samples.indices where mask.bytes[i] != 0 { bins[Int(plane.samples[i])] += 1 }
        } else {
            for sample in plane.samples { bins[Int(sample)] += 1 }
        }
    }

    public var count: Int { bins.reduce(0, +) }

    public var mean: Double? {
        let n = count
        return n == 0 ? nil : Double(bins.enumerated().reduce(0) { $0 + $1.offset * $1.element }) / Double(n)
    }

    /// The quantile at `probability`, by linear interpolation between order statistics (type 7 of R, numpy's
    /// default).
    ///
    /// - Precondition: `count > 0`; `probability` lies in 0…1.
    public func quantile(_ probability: Double) -> Double {
        let n = count
        precondition(n > 0 && (0...1).contains(probability), "a quantile needs samples and a probability in 0…1")
        let position = Double(n - 1) * probability
        let rank = Int(position)
        let low = Double(value(atRank: rank)), high = Double(value(atRank: min(rank + 1, n - 1)))
        return low + (high - low) * (position - Double(rank))
    }

    private func value(atRank rank: Int) -> Int {
        var seen = 0
        for (level, count) in bins.enumerated() {
            seen += count
            if seen > rank { return level }
        }
        return 255
    }

    /// How well one threshold splits the levels in two, by Otsu's criterion.
    public struct Split: Sendable, Equatable {
        /// Levels above this belong to the upper class.
        public var threshold: Int
        /// Between-class variance over total variance, 0…1: how much of the spread the split explains.
        public var separability: Double
        public var lowerMean: Double
        public var upperMean: Double
        /// Share of the samples in the upper class.
        public var upperShare: Double
    }

    /// The threshold that maximises the between-class variance (Otsu 1979); `nil` where all samples have one level.
    ///
    /// - Note: it splits whatever it is given, also a single hump: look at `separability` and at the distance of the
    ///   means.
    public var otsu: Split? {
        let n = Double(count)
        guard n > 0, let mean else { return nil }
        let total =
            bins.enumerated().reduce(0.0) {
                $0 + Double($1.element) * (Double($1.offset) - mean) * (Double($1.offset) - mean)
            } / n
        guard total > 0 else { return nil }
        let whole = mean * n
        var best: Split?
        var below = 0.0, sum = 0.0
        for level in 0..<255 {
            below += Double(bins[level])
            sum += Double(level) * Double(bins[level])
            guard below > 0, below < n else { continue }
            let low = sum / below, high = (whole - sum) / (n - below)
            let between = below / n * (1 - below / n) * (high - low) * (high - low) / total
            if between > (best?.separability ?? 0) + 1e-12 {
                best = Split(
                    threshold: level, separability: between, lowerMean: low, upperMean: high, upperShare: 1 - below / n)
            }
        }
        return best
    }
}
