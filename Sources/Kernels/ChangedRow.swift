/// Where two rows of one scene differ in a way that light does not explain: in colour, or in structure.
///
/// With r and b the differences of both rows' log ratios less what the white balance did: the colour differs where
/// |r + b| / √2 is above `across` or |r − b| / √2 above `along`, and both rows are brighter than `darkest`; not, where
/// `explainsVeil`, where both have a hue (a length of (log R/G, log B/G) above `hued`) and it is the same (a cosine above
/// `sameHue`). The structure differs where one of both has a deviation above `flat` · max(mean, 12) and the covariance
/// is below `correlation` · max(deviation, ½) · max(other deviation, ½).
///
/// - Exactness: bit-exact: every operation is rounded to `Float` by itself. Every set returns the same bytes.
public enum ChangedRow {
    /// One row of a view; every pointer holds as many floats as the row has pixels.
    public struct View {
        /// Of luminance, over a window.
        public let mean: UnsafePointer<Float>, deviation: UnsafePointer<Float>
        /// Log ratios.
        public let redGreen: UnsafePointer<Float>, blueGreen: UnsafePointer<Float>

        public init(
            mean: UnsafePointer<Float>, deviation: UnsafePointer<Float>, redGreen: UnsafePointer<Float>,
            blueGreen: UnsafePointer<Float>
        ) {
            self.mean = mean
            self.deviation = deviation
            self.redGreen = redGreen
            self.blueGreen = blueGreen
        }
    }

    /// What the formula calls by these names.
    public struct Limits: Sendable {
        public var flat: Float, correlation: Float
        /// What the white balance did to the log ratios.
        public var red: Float, blue: Float
        public var across: Float, along: Float
        public var darkest: Float, hued: Float, sameHue: Float
        public var explainsVeil: Bool

        public init(
            flat: Float, correlation: Float, red: Float, blue: Float, across: Float, along: Float, darkest: Float,
            hued: Float, sameHue: Float, explainsVeil: Bool
        ) {
            self.flat = flat
            self.correlation = correlation
            self.red = red
            self.blue = blue
            self.across = across
            self.along = along
            self.darkest = darkest
            self.hued = hued
            self.sameHue = sameHue
            self.explainsVeil = explainsVeil
        }

        /// As the vector versions read them.
        var lanes: [Float] {
            [
                flat, correlation, red, blue, across, along, darkest, hued * hued, sameHue * sameHue,
                explainsVeil ? 1 : 0,
            ]
        }
    }

    /// - Parameters:
    ///   - products: the means over the windows of the products of both luminances.
    ///   - out: gets 255 where the rows differ, 0 elsewhere.
    /// - Precondition: `products.count == out.count`; the limits but `red` and `blue` are not negative.
    /// - Complexity: O(n); one small allocation.
    public typealias Row =
        @Sendable (
            _ now: View, _ then: View, _ products: Span<Float>, _ limits: Limits, _ out: inout MutableSpan<UInt8>
        ) -> Void

    /// 1 / √2.
    static let diagonal: Float = 0.70710678

    static let reference: Row = { now, then, products, limits, out in
        precondition(products.count == out.count, "a product for every pixel")
        for i in out.indices {
            let mean = now.mean[i], earlier = then.mean[i], deviation = now.deviation[i], other = then.deviation[i]
            let a = now.redGreen[i], b = then.redGreen[i], c = now.blueGreen[i], d = then.blueGreen[i]
            let red = a - b - limits.red, blue = c - d - limits.blue
            let isOtherColour = abs(red + blue) * diagonal > limits.across || abs(red - blue) * diagonal > limits.along
            let isBright = min(mean, earlier) > limits.darkest
            let own = a * a + c * c, length = b * b + d * d, dot = a * b + c * d
            let isVeiled =
                limits.explainsVeil && min(own, length) > limits.hued * limits.hued && dot > 0
                && dot * dot > limits.sameHue * limits.sameHue * (own * length)
            let hasStructure =
                deviation > limits.flat * max(mean, 12) || other > limits.flat * max(earlier, 12)
            let covariance = products[i] - mean * earlier
            let isOther = covariance < limits.correlation * (max(deviation, 0.5) * max(other, 0.5))
            out[i] = isOtherColour && isBright && !isVeiled || hasStructure && isOther ? 255 : 0
        }
    }

    typealias Vector =
        @Sendable (
            _ now: [UnsafePointer<Float>], _ then: [UnsafePointer<Float>], _ products: UnsafePointer<Float>,
            _ limits: [Float], _ count: Int, _ out: UnsafeMutablePointer<UInt8>
        ) -> Void

    static func row(_ vector: @escaping Vector) -> Row {
        { now, then, products, limits, out in
            precondition(products.count == out.count, "a product for every pixel")
            out.withUnsafeMutableBufferPointer { out in
                products.withUnsafeBufferPointer { products in
                    guard let products = products.baseAddress, let first = out.baseAddress else { return }
                    vector(now.planes, then.planes, products, limits.lanes, out.count, first)
                }
            }
        }
    }
}

extension ChangedRow.View {
    /// As the vector versions read them.
    fileprivate var planes: [UnsafePointer<Float>] { [mean, deviation, redGreen, blueGreen] }
}
