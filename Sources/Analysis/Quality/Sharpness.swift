import Pixels

/// How sharp a picture is, by two measures that stay put when the light only scales.
public struct Sharpness: Sendable, Equatable {
    /// Variance of the 4-neighbour Laplacian over the variance of the levels; 0 for a flat plane.
    public let laplacianVariance: Double
    /// Power between neighbouring pixels over power at four times the distance, 0…1 and above for noise: blur lowers
    /// it whatever is shown.
    ///
    /// mean (I(x) − I(x+1))² / mean (I(x) − I(x+4))², both axes.
    public let fineToCoarse: Double

    /// - Complexity: O(pixels); no allocation.
    public init(of plane: Plane<UInt8>) {
        let width = plane.width, height = plane.height
        guard width > 8, height > 8 else {
            laplacianVariance = 0
            fineToCoarse = 0
            return
        }
        var sum = 0, squares = 0, laplacians = 0, laplacianSquares = 0, fine = 0, coarse = 0
        plane.samples.withUnsafeBufferPointer { p in
            for y in 1..<height - 4 {
                var i = y * width + 1
                let end = y * width + width - 4
                while i < end {
                    let here = Int(p[i]), right = Int(p[i &+ 1]), below = Int(p[i &+ width])
                    let laplacian = Int(p[i &- 1]) &+ right &+ Int(p[i &- width]) &+ below &- 4 &* here
                    let across = here &- Int(p[i &+ 4]), down = here &- Int(p[i &+ 4 &* width])
                    sum &+= here
                    squares &+= here &* here
                    laplacians &+= laplacian
                    laplacianSquares &+= laplacian &* laplacian
                    fine &+= (here &- right) &* (here &- right) &+ (here &- below) &* (here &- below)
                    coarse &+= across &* across &+ down &* down
                    i &+= 1
                }
            }
        }
        let n = Double((height - 5) * (width - 5))
        let variance = Double(squares) / n - Double(sum) / n * Double(sum) / n
        let ofLaplacian = Double(laplacianSquares) / n - Double(laplacians) / n * Double(laplacians) / n
        laplacianVariance = variance > 0 ? ofLaplacian / variance : 0
        fineToCoarse = coarse > 0 ? Double(fine) / Double(coarse) : 0
    }
}
