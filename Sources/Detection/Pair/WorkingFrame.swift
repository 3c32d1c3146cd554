import Analysis
import Pixels

/// Two pictures in the frame of the first, reduced to the size at which they are compared.
struct WorkingFrame: Sendable {
    let before: RGBImage
    /// Where the second has no content, the first: nothing changed there that could be known.
    let after: RGBImage
    /// Where the second has content.
    let valid: Mask
    /// Pixels of the first picture per pixel of this frame.
    let scale: SIMD2<Double>

    var size: Size { before.size }

    /// - Parameters:
    ///   - good: the parts of the first and the second picture that may be believed.
    ///   - columns: greatest width.
    init(before: RGBImage, after: RGBImage, good: (before: Region, after: Region), homography: Homography, columns: Int)
    {
        let warp = Warp(of: after, by: homography, size: before.size)
        let width = min(before.width, columns)
        let size =
            width == before.width
            ? before.size : Size(width: width, height: max(1, before.height * width / before.width))
        var known = warp.valid
        let isWhole = good.before == Region(before.size) && good.after == Region(after.size)
        var filled = warp.image
        for y in 0..<before.height {
            for x in 0..<before.width {
                let i = y &* before.width &+ x
                if !isWhole, known.bytes[i] != 0 {
                    let seen = homography.point(SIMD2(Double(x) + 0.5, Double(y) + 0.5))
                    if !good.before.holds(SIMD2(Double(x), Double(y))) || !good.after.holds(seen) { known.bytes[i] = 0 }
                }
                guard known.bytes[i] == 0 else { continue }
                for k in 3 * i..<3 * i + 3 { filled.bytes[k] = before.bytes[k] }
            }
        }
        self.before = size == before.size ? before : before.resized(to: size)
        self.after = size == before.size ? filled : filled.resized(to: size)
        scale = SIMD2(
            Double(before.width) / Double(size.width), Double(before.height) / Double(size.height))
        var valid = Mask(width: size.width, height: size.height, inside: false)
        for y in 0..<size.height {
            for x in 0..<size.width {
                let fullX = min(Int((Double(x) + 0.5) * scale.x), before.width - 1)
                let fullY = min(Int((Double(y) + 0.5) * scale.y), before.height - 1)
                valid.bytes[y * size.width + x] = known.bytes[fullY * before.width + fullX]
            }
        }
        self.valid = valid
    }

    /// An outline of the first picture in this frame.
    func reduced(_ polygon: Polygon) -> Polygon { Polygon(polygon.vertices.map { $0 / scale }) }

    /// An outline of this frame in the first picture.
    func enlarged(_ polygon: Polygon) -> Polygon { Polygon(polygon.vertices.map { $0 * scale }) }
}

extension Region {
    fileprivate func holds(_ point: SIMD2<Double>) -> Bool {
        point.x >= Double(x) && point.y >= Double(y) && point.x < Double(maxX) && point.y < Double(maxY)
    }
}
