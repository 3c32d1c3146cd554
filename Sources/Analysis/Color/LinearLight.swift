import Pixels

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Levels of a file as light, by the sRGB curve (IEC 61966-2-1): the blur of a lens halves light, not levels, so edges lie
/// where light is half.
public enum LinearLight {
    /// Light of each level, 0…1.
    public static let ofLevel: [Float] = (0...255).map { level in
        let v = Float(level) / 255
        return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4)
    }

    /// The light of an image at a point, bilinear between pixel centres; the edge is repeated outside.
    public static func sampled(_ image: RGBImage, at point: SIMD2<Double>) -> SIMD3<Float> {
        let x = min(max(point.x - 0.5, 0), Double(image.width - 1)),
            y = min(max(point.y - 0.5, 0), Double(image.height - 1))
        let x0 = min(Int(x), max(image.width - 2, 0)), y0 = min(Int(y), max(image.height - 2, 0))
        let x1 = min(x0 + 1, image.width - 1), y1 = min(y0 + 1, image.height - 1)
        let fx = Float(x - Double(x0)), fy = Float(y - Double(y0))
        func light(_ x: Int, _ y: Int) -> SIMD3<Float> {
            let i = 3 * (y * image.width + x)
            return SIMD3(
                ofLevel[Int(image.bytes[i])], ofLevel[Int(image.bytes[i + 1])], ofLevel[Int(image.bytes[i + 2])])
        }
        let top = light(x0, y0) * (1 - fx) + light(x1, y0) * fx
        let bottom = light(x0, y1) * (1 - fx) + light(x1, y1) * fx
        return top * (1 - fy) + bottom * fy
    }
}
