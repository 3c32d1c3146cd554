import Pixels

/// The share of edge pixels around every pixel.
public struct EdgeDensity: Sendable {
    /// 0…1.
    public let density: Plane<Float>

    /// - Parameters:
    ///   - threshold: the least Scharr gradient, in grey levels a pixel, that makes an edge pixel.
    ///   - radius: half the window's side; the window is (2·radius + 1)².
    /// - Border: the window is cut off at the edge of the plane.
    public init(of plane: Plane<Float>, above threshold: Float, radius: Int) {
        var edges = Gradient(of: plane).magnitude
        for i in edges.samples.indices { edges.samples[i] = edges.samples[i] > threshold ? 1 : 0 }
        density = edges.boxMean(radius: radius)
    }
}
