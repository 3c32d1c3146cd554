import Pixels

/// How much a picture's log luminance varies by noise alone, by its level: dark pixels of a cheap camera vary most.
///
/// Immerkær's Laplacian (1996), with the median of its absolute values within each of eight bands of level instead of the
/// mean over all, so that edges don't count.
struct RoomNoise {
    /// Variance of log luminance in each band; 0 where the whole picture has too few pixels.
    let variances: [Float]

    private static let bands = 8
    /// Pixels from which a band's median is trusted.
    private static let least = 100
    /// Standard deviation over median absolute value of a normal distribution.
    private static let normal: Float = 1.4826

    /// - Parameter range: the lowest and highest log luminance there is.
    init(of plane: Plane<Float>, in valid: Mask, range: ClosedRange<Float>) {
        var values = [[Float]](repeating: [], count: RoomNoise.bands)
        for y in stride(from: 1, to: max(plane.height - 1, 1), by: 1) {
            for x in stride(from: 1, to: max(plane.width - 1, 1), by: 1) where valid[x, y] {
                let corners = plane[x - 1, y - 1] + plane[x + 1, y - 1] + plane[x - 1, y + 1] + plane[x + 1, y + 1]
                let sides = plane[x, y - 1] + plane[x, y + 1] + plane[x - 1, y] + plane[x + 1, y]
                let response = (4 * plane[x, y] - 2 * sides + corners) / 6
                values[RoomNoise.band(of: plane[x, y], in: range)].append(abs(response))
            }
        }
        var variances = values.map { band -> Float? in
            guard band.count > RoomNoise.least else { return nil }
            let deviation = RoomNoise.normal * band.sorted()[band.count / 2]
            return deviation * deviation
        }
        // A band without pixels enough has the noise of the nearest one below, else above.
        for k in variances.indices.dropFirst() where variances[k] == nil { variances[k] = variances[k - 1] }
        for k in variances.indices.dropLast().reversed() where variances[k] == nil { variances[k] = variances[k + 1] }
        self.variances = variances.map { $0 ?? 0 }
    }

    static func band(of level: Float, in range: ClosedRange<Float>) -> Int {
        let share = (level - range.lowerBound) / (range.upperBound - range.lowerBound)
        return min(max(Int(share * Float(bands)), 0), bands - 1)
    }
}
