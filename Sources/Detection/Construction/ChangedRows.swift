import Pixels

/// The rows of two views side by side: where they differ in structure or in colour.
///
/// One row after the other goes through all comparisons while it is in the nearest cache.
struct ChangedRows {
    let structure: Structure
    let colour: Colour
    /// Whether a colour of the same hue counts as the same.
    let explainsVeil: Bool

    /// Limits of the comparison of structure.
    struct Structure {
        /// Relative contrast above which a window has structure.
        let flat: Float
        /// Correlation below which it is another.
        let changed: Float
    }

    /// Limits of the comparison of chromaticities, less what the white balance did.
    struct Colour {
        let red: Float, blue: Float
        let across: Float, along: Float
    }

    /// One row of a view.
    struct Row {
        let mean: UnsafePointer<Float>, deviation: UnsafePointer<Float>
        let redGreen: UnsafePointer<Float>, blueGreen: UnsafePointer<Float>
    }

    /// - Parameters:
    ///   - products: the means over the windows of the products of both luminances.
    ///   - differs: gets 1 where the views differ, 0 elsewhere.
    func write(
        _ now: Row, _ then: Row, products: UnsafePointer<Float>, count: Int, to differs: UnsafeMutablePointer<Float>
    ) {
        compareColours(now, then, count, differs)
        if explainsVeil { takeOffVeiled(now, then, count, differs) }
        compareStructure(now, then, products, count, differs)
    }

    /// 1 where the colour differs and both are bright enough to have one, else 0.
    private func compareColours(_ now: Row, _ then: Row, _ count: Int, _ out: UnsafeMutablePointer<Float>) {
        let (a, b, c, d) = (now.redGreen, then.redGreen, now.blueGreen, then.blueGreen)
        let (mean, earlier) = (now.mean, then.mean)
        var x = 0
        while x < count {
            let red = a[x] - b[x] - colour.red, blue = c[x] - d[x] - colour.blue
            // Daylight runs from (+, −) to (−, +) in (log R/G, log B/G).
            let across = abs(red + blue) * 0.70710678, along = abs(red - blue) * 0.70710678
            let differs: Float = across > colour.across || along > colour.along ? 1 : 0
            out[x] = min(mean[x], earlier[x]) > ChangeMap.darkest ? differs : 0
            x &+= 1
        }
    }

    /// 0 where both have a hue and it is the same.
    private func takeOffVeiled(_ now: Row, _ then: Row, _ count: Int, _ out: UnsafeMutablePointer<Float>) {
        let (a, b, c, d) = (now.redGreen, then.redGreen, now.blueGreen, then.blueGreen)
        var x = 0
        while x < count {
            let own = (a[x] * a[x] + c[x] * c[x]).squareRoot(), other = (b[x] * b[x] + d[x] * d[x]).squareRoot()
            let cosine = (a[x] * b[x] + c[x] * d[x]) / max(own * other, 1e-6)
            let isVeiled = min(own, other) > ChangeMap.hued && cosine > ChangeMap.sameHue
            out[x] = isVeiled ? 0 : out[x]
            x &+= 1
        }
    }

    /// 1 also where one of the two has structure and the other has not the same.
    private func compareStructure(
        _ now: Row, _ then: Row, _ products: UnsafePointer<Float>, _ count: Int, _ out: UnsafeMutablePointer<Float>
    ) {
        let (mean, earlier, deviation, other) = (now.mean, then.mean, now.deviation, then.deviation)
        var x = 0
        while x < count {
            let correlation = SceneView.correlation(
                products: products[x], means: (mean[x], earlier[x]), deviations: (deviation[x], other[x]))
            let contrast = max(
                SceneView.relativeContrast(deviation: deviation[x], mean: mean[x]),
                SceneView.relativeContrast(deviation: other[x], mean: earlier[x]))
            out[x] = contrast > structure.flat && correlation < structure.changed ? 1 : out[x]
            x &+= 1
        }
    }
}
