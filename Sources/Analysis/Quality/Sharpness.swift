import Pixels

/// How abrupt the strongest edges of a picture are, in the direction in which they are least so.
///
/// The 99th percentile of luminance differences over two pixels, over that of differences over eight, for rows and for
/// columns;
/// the smaller counts, because motion blurs one direction only. Noise does not raise it as it raises a Laplacian: it is
/// not
/// among the strongest hundredth.
///
/// - Units: a ratio; about 0.45 to 0.95 for pictures in focus, 0.28 to 0.42 for blurred ones (docs/accuracy.md).
/// - Complexity: O(pixels), one pass; no allocation but the histograms.
public struct Sharpness: Sendable, Equatable {
    public let edgeRatio: Double

    /// `nil` for a picture smaller than 16 pixels either way, or without any edge.
    public init?(of plane: Plane<UInt8>) {
        guard plane.width >= 16, plane.height >= 16, let ratio = EdgeDistances(plane, 4..<plane.height - 4).ratio
        else { return nil }
        edgeRatio = ratio
    }

    /// The sharpness of a picture, and that of its rows from `row` on as a picture of their own, in one pass.
    ///
    /// - Precondition: `row` is a row of the plane.
    public static func whole(_ plane: Plane<UInt8>, below row: Int) -> (whole: Sharpness?, below: Sharpness?) {
        guard plane.width >= 16, plane.height >= 16, row >= 4, plane.height - row >= 16 else {
            return (Sharpness(of: plane), nil)
        }
        let above = EdgeDistances(plane, 4..<row + 4), below = EdgeDistances(plane, row + 4..<plane.height - 4)
        return (above.adding(below).ratio.map(Sharpness.init), below.ratio.map(Sharpness.init))
    }

    private init(_ ratio: Double) { edgeRatio = ratio }
}

/// How often each difference of luminance occurs: over two pixels and over eight, along the rows and down the columns.
private struct EdgeDistances {
    /// Four tables of 256.
    private var counts: [UInt32]

    init(_ plane: Plane<UInt8>, _ rows: Range<Int>) {
        let width = plane.width
        // Neighbours often differ by the same: every second column has tables of its own, so that none waits.
        var work = [UInt32](repeating: 0, count: 8 * 256)
        plane.samples.withUnsafeBufferPointer { p in
            work.withUnsafeMutableBufferPointer { work in
                func add(_ i: Int, _ table: Int) {
                    work[table &+ EdgeDistances.distance(p[i &- 1], p[i &+ 1])] &+= 1
                    work[table &+ 256 &+ EdgeDistances.distance(p[i &- 4], p[i &+ 4])] &+= 1
                    work[table &+ 512 &+ EdgeDistances.distance(p[i &- width], p[i &+ width])] &+= 1
                    work[table &+ 768 &+ EdgeDistances.distance(p[i &- 4 &* width], p[i &+ 4 &* width])] &+= 1
                }
                for y in rows {
                    var i = y * width + 4
                    let end = (y + 1) * width - 4
                    while i &+ 1 < end {
                        add(i, 0)
                        add(i &+ 1, 1024)
                        i &+= 2
                    }
                    if i < end { add(i, 0) }
                }
            }
        }
        counts = (0..<1024).map { work[$0] + work[1024 + $0] }
    }

    func adding(_ other: EdgeDistances) -> EdgeDistances {
        var sum = self
        for i in counts.indices { sum.counts[i] += other.counts[i] }
        return sum
    }

    /// The smaller of both directions' ratios; `nil` without edges.
    var ratio: Double? {
        [0, 512].compactMap { table -> Double? in
            let strongest = percentile99(table + 256)
            return strongest > 0 ? Double(percentile99(table)) / Double(strongest) : nil
        }.min()
    }

    @inline(__always) private static func distance(_ a: UInt8, _ b: UInt8) -> Int { Int(max(a, b) &- min(a, b)) }

    /// The least value that 99 of 100 do not exceed.
    private func percentile99(_ table: Int) -> Int {
        let bins = counts[table..<table + 256]
        let needed = (bins.reduce(0) { $0 + Int($1) } * 99 + 99) / 100
        var seen = 0
        for (value, count) in bins.enumerated() {
            seen += Int(count)
            if seen >= needed { return value }
        }
        return 255
    }
}
