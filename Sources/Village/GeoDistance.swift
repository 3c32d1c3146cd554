import Foundation

/// Distances on the ground.
public enum GeoDistance {
    /// Metres on a sphere of the Earth's mean radius (haversine); within 0.5 % of the ellipsoid.
    public static func metres(latitude a: Double, longitude b: Double, latitude c: Double, longitude d: Double)
        -> Double
    {
        let rad = Double.pi / 180
        let up = sin((c - a) * rad / 2), across = sin((d - b) * rad / 2)
        let h = up * up + cos(a * rad) * cos(c * rad) * across * across
        return 2 * 6_371_008.8 * asin(min(1, h.squareRoot()))
    }
}
