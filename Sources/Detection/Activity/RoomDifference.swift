import Analysis
import Pixels

/// Where a picture of a room shows something else than another picture of it, whatever the light does.
///
/// Three signs, each of which light does not give: texture of the other picture that is no longer there (zero-mean
/// normalised cross-correlation, which gain and offset leave as it is); a colour that differs from the smooth field of
/// light; a darkness deeper than a shadow.
public struct RoomDifference: Sendable {
    public struct Thresholds: Sendable, Equatable {
        /// Pixels.
        public var radius: Int
        /// Standard deviation of log luminance.
        public var texture: Float
        /// Variance of texture over that of noise.
        public var noise: Float
        /// Correlations.
        public var hidden: Float
        public var kept: Float
        /// Differences of logarithms.
        public var dark: Float
        public var warmth: Float
        public var tint: Float
        /// Grey levels.
        public var clipped: Float
        /// Share of a window's pixels that may be so.
        public var clippedShare: Float
    }

    /// Where any of the signs is.
    let mask: Mask
    let hidden: Mask
    /// Where texture is still there.
    let kept: Mask
    let dark: Mask
    let field: LightField
    /// The signs without specks.
    let solid: Mask

    init(of view: RoomView, from base: RoomView, _ t: Thresholds, parameters: RoomParameters) {
        let size = view.image.size, n = size.area
        let field = LightField(
            of: view, over: base, width: parameters.fieldWidth, residual: parameters.fieldResidual)
        let correlation = view.correlation(with: base)
        var hidden = [UInt8](repeating: 0, count: n), kept = hidden, dark = hidden, mask = hidden
        // What the field of light leaves, over three by three pixels, as noise is not.
        var warmth = view.logLuminance, tint = warmth, depth = warmth
        for i in 0..<n {
            let rest = (0..<3).map {
                view.logs[$0].samples[i] - base.logs[$0].samples[i] - field.channels[$0].samples[i]
            }
            warmth.samples[i] = rest[0] - rest[2]
            tint.samples[i] = rest[1] - (rest[0] + rest[2]) / 2
            depth.samples[i] = (rest[0] + rest[1] + rest[2]) / 3
        }
        warmth = warmth.boxMean(radius: 1)
        tint = tint.boxMean(radius: 1)
        depth = depth.boxMean(radius: 1)
        let textureVariance = t.texture * t.texture
        // Windows that reach beyond what the pictures show say nothing.
        let usable = view.valid.intersection(base.valid).eroded(by: .square(radius: t.radius))
        // Texture is lost in a window of which white has more than a part.
        let clipped = Plane<Float>(
            width: size.width, height: size.height,
            samples: (0..<n).map { Float(max(view.highest($0), base.highest($0))) >= t.clipped ? 1 : 0 })
        let clippedShare = clipped.boxMean(radius: t.radius)
        for i in 0..<n where usable.bytes[i] != 0 {
            let isClipped = clipped.samples[i] > 0 || clippedShare.samples[i] > t.clippedShare
            // Texture that noise of either picture would drown is not missed.
            let noise = t.noise * max(view.noise.samples[i], base.noise.samples[i])
            if base.variance.samples[i] > max(textureVariance, noise) {
                if correlation.samples[i] > t.kept { kept[i] = 255 }
                if correlation.samples[i] < t.hidden, !isClipped { hidden[i] = 255 }
            }
            if depth.samples[i] < -t.dark { dark[i] = 255 }
            mask[i] = hidden[i] | dark[i]
            if !isClipped {
                let trust = min(Float(min(view.lowest(i), base.lowest(i))) / parameters.reliableLevel, 1)
                if abs(warmth.samples[i]) * trust > t.warmth || abs(tint.samples[i]) * trust > t.tint { mask[i] = 255 }
            }
        }
        self.field = field
        self.mask = Mask(width: size.width, height: size.height, bytes: mask)
        solid = self.mask.opened(by: .square(radius: 1))
        self.hidden = Mask(width: size.width, height: size.height, bytes: hidden)
        self.kept = Mask(width: size.width, height: size.height, bytes: kept)
        self.dark = Mask(width: size.width, height: size.height, bytes: dark)
    }

    /// A piece of the signs that is big enough.
    struct Shape {
        var mask: Mask
        var box: Region
        var area: Int
        /// Its pixels among the signs.
        var signs: Int
    }

    /// The pieces that are big enough and not light, in order of their first pixel.
    ///
    /// - Parameter smallest: pixels.
    func shapes(smallest: Double, parameters: RoomParameters) -> [Shape] {
        let components = Components(of: solid.closed(by: .square(radius: 3)))
        return components.pieces.compactMap { piece -> Shape? in
            guard Double(piece.areaInPixels) >= smallest else { return nil }
            var keptCount = 0, hiddenCount = 0, darkCount = 0, signs = 0
            for y in piece.box.y..<piece.box.maxY {
                for x in piece.box.x..<piece.box.maxX where components.labels[x, y] == piece.label {
                    if kept[x, y] { keptCount += 1 }
                    if hidden[x, y] { hiddenCount += 1 }
                    if dark[x, y] { darkCount += 1 }
                    if solid[x, y] { signs += 1 }
                }
            }
            let isLight =
                Double(keptCount) > parameters.keptTimes * Double(hiddenCount)
                && Double(darkCount) < parameters.darkShare * Double(piece.areaInPixels)
            guard !isLight else { return nil }
            return Shape(mask: components.mask(of: piece), box: piece.box, area: piece.areaInPixels, signs: signs)
        }
    }
}
