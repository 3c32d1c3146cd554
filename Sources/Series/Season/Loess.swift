import Foundation

/// Local regression of Cleveland and Grosse in one dimension: degree 2, tricube weights, fitted at the vertices of a
/// k-d tree and blended between them by cubics, as R's `loess` does by default.
///
/// - Exactness: fitted values, standard errors and trace agree with R 4.2.2 to 1e-9 of the data's range.
/// - Complexity: O(n) for a fit, whatever the span.
public struct Loess: Sendable {
    /// The share of the data that takes part in each local fit.
    public let span: Double
    /// At the data.
    public let fitted: [Double]
    /// The trace of the operator that turns data into fitted values.
    public let trace: Double
    /// First and second moment of the residuals' operator, interpolated as R does (`statistics = "approximate"`).
    public let firstDelta: Double
    public let secondDelta: Double
    /// Residual standard error.
    public let scale: Double

    private let x: [Double]
    private let weights: [Double]?
    private let tree: LoessTree
    private let locals: [LocalQuadratic]
    private let values: [Double]
    private let slopes: [Double]

    /// The equivalent number of parameters, δ₁ + 2·trace − n.
    public var equivalentParameters: Double { firstDelta + 2 * trace - Double(x.count) }

    /// - Parameters:
    ///   - x: ascending and all different.
    ///   - span: in 0…1.
    /// - Returns: `nil` where the span holds fewer than three data.
    public init?(x: [Double], y: [Double], weights: [Double]? = nil, span: Double) {
        precondition(
            x.count == y.count && (weights.map { $0.count == x.count } ?? true), "x, y and weights have one length")
        let n = x.count
        let count = min(n, Int(Double(n) * span + 1e-5))
        guard count >= 3 else { return nil }
        self.x = x
        self.weights = weights
        self.span = span
        tree = LoessTree(x, cellCount: Int(Double(n) * (span * LoessTree.cell)))
        locals = tree.vertices.map { LocalQuadratic(at: $0, x: x, weights: weights, count: count) }
        values = locals.map { $0.value(y) }
        slopes = locals.map { $0.slope(y) }

        var fitted: [Double] = []
        fitted.reserveCapacity(n)
        var trace = 0.0
        var squares = 0.0
        for i in 0..<n {
            let blend = tree.blend(at: x[i])
            let low = locals[blend.cell].share(of: i)
            let high = locals[blend.cell + 1].share(of: i)
            trace += blend.of(low.value, high.value, low.slope, high.slope)
            let value = blend.of(values[blend.cell], values[blend.cell + 1], slopes[blend.cell], slopes[blend.cell + 1])
            fitted.append(value)
            squares += (weights?[i] ?? 1) * (y[i] - value) * (y[i] - value)
        }
        self.fitted = fitted
        self.trace = trace
        (firstDelta, secondDelta) = LoessMoments.deltas(trace: trace, count: n)
        scale = (squares / firstDelta).squareRoot()
    }

    /// Value and standard error at a place; `nil` outside of the data.
    public func predict(_ place: Double) -> (value: Double, standardError: Double)? {
        guard let first = x.first, let last = x.last, place >= first, place <= last else { return nil }
        let blend = tree.blend(at: place)
        let (a, b) = (blend.cell, blend.cell + 1)
        let value = blend.of(values[a], values[b], slopes[a], slopes[b])
        var variance = 0.0
        let begin = min(locals[a].start, locals[b].start)
        let end = max(locals[a].start + locals[a].values.count, locals[b].start + locals[b].values.count)
        for i in begin..<end {
            let low = locals[a].share(of: i)
            let high = locals[b].share(of: i)
            let factor = blend.of(low.value, high.value, low.slope, high.slope)
            variance += factor * factor / (weights?[i] ?? 1)
        }
        return (value, scale * variance.squareRoot())
    }
}

/// The k-d tree of `Loess` in one dimension: cells between ascending vertices.
struct LoessTree {
    /// A cell is cut as long as it holds more than this share of the data in a span. Source: R's default.
    static let cell = 0.2
    /// The data's range is widened by this share at both ends. Source: Cleveland and Grosse.
    private static let margin = 0.005
    /// There are at most this many cells, or as many as data. Source: R.
    private static let leastCellLimit = 200

    let vertices: [Double]

    /// How the vertices of a cell make up the value at a place in it: cubic Hermite.
    struct Blend {
        var cell: Int
        private var low: Double
        private var high: Double
        private var lowSlope: Double
        private var highSlope: Double

        init(cell: Int, h: Double, width: Double) {
            self.cell = cell
            low = (1 - h) * (1 - h) * (1 + 2 * h)
            high = h * h * (3 - 2 * h)
            lowSlope = h * (1 - h) * (1 - h) * width
            highSlope = h * h * (h - 1) * width
        }

        func of(_ low: Double, _ high: Double, _ lowSlope: Double, _ highSlope: Double) -> Double {
            self.low * low + self.high * high + self.lowSlope * lowSlope + self.highSlope * highSlope
        }
    }

    /// - Parameter cellCount: cells with no more data are not cut.
    init(_ x: [Double], cellCount: Int) {
        let first = x[0]
        let last = x[x.count - 1]
        let widening = Self.margin * max(last - first, 1e-10 * max(abs(first), abs(last)) + 1e-30)
        var vertices = [first - widening, last + widening]
        // Breadth first, because the limit on cells meets the last ones.
        var queue = [(low: 0, high: x.count - 1, left: first - widening, right: last + widening)]
        let limit = max(x.count, Self.leastCellLimit)
        var next = 0
        while next < queue.count {
            let cell = queue[next]
            next += 1
            guard cell.high - cell.low + 1 > cellCount, queue.count + 2 <= limit else { continue }
            // The middle counted from 1, rounded down.
            let middle = (cell.low + cell.high + 2) / 2 - 1
            guard x[middle] != cell.left, x[middle] != cell.right else { continue }
            vertices.append(x[middle])
            queue.append((cell.low, middle, cell.left, x[middle]))
            queue.append((middle + 1, cell.high, x[middle], cell.right))
        }
        self.vertices = vertices.sorted()
    }

    func blend(at place: Double) -> Blend {
        // A place on a vertex belongs to the cell below it.
        var low = 0
        var high = vertices.count - 2
        while low < high {
            let middle = (low + high) / 2
            if place <= vertices[middle + 1] { high = middle } else { low = middle + 1 }
        }
        let width = vertices[low + 1] - vertices[low]
        return Blend(cell: low, h: (place - vertices[low]) / width, width: width)
    }
}

/// The approximation of the residual operator's moments from the trace.
enum LoessMoments {
    /// Parameters of a quadratic in one dimension.
    private static let parameters = 3.0
    /// Source: Cleveland, Grosse and Shyu, the constants for degree 2 in one dimension (netlib a/dloess, `ehg141`).
    private static let first = (0.1611761, 0.3091323, 0.4401023)
    private static let second = (0.2075670, 0.2822574, 0.2369957)
    /// Place, value and slope of the correction's vertices (netlib a/dloess, `ehg176`).
    private static let correction: [(Double, Double, Double)] = [
        (-0.005, -9.0572e-2, 4.4844), (0.1204, 9.5807e-2, -0.7978), (0.2017, 2.6152e-2, -0.7286),
        (0.2815, -3.1926e-2, -0.4457),
        (0.3705, -5.3718e-2, -0.3495), (0.4536, -6.4170e-2, 3.2813e-2), (0.5591, -5.8387e-2, 0.1611),
        (0.7132, -2.0636e-2, 0.3350),
        (0.8751, 4.0172e-2, -4.1032e-2), (1.005, -1.0856e-2, -0.7736),
    ]

    static func deltas(trace: Double, count n: Int) -> (Double, Double) {
        let corner = (parameters / Double(n)).squareRoot()
        let z = min(1, max(0, ((parameters / trace).squareRoot() - corner) / (1 - corner)))
        let factor = exp(corrected(z))
        let delta = { (c: (Double, Double, Double)) in
            Double(n) - trace * exp(c.0 * pow(z, c.1) * pow(1 - z, c.2) * factor)
        }
        return (delta(first), delta(second))
    }

    private static func corrected(_ z: Double) -> Double {
        let index = (correction.firstIndex { z <= $0.0 } ?? correction.count - 1) - 1
        let (a, b) = (correction[max(0, index)], correction[max(0, index) + 1])
        let blend = LoessTree.Blend(cell: 0, h: (z - a.0) / (b.0 - a.0), width: b.0 - a.0)
        return blend.of(a.1, b.1, a.2, b.2)
    }
}
