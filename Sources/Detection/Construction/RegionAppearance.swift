import Foundation
import Pixels

/// Colour, light and texture of some pixels of a view.
struct RegionAppearance: Sendable {
    /// Chromaticity, see ``SceneView``.
    private(set) var red = MeanAndSpread()
    private(set) var blue = MeanAndSpread()
    /// Logarithm of luminance.
    private(set) var light = MeanAndSpread()
    /// Deviation over mean in the windows of ``SceneView``.
    private(set) var coarse = MeanAndSpread()
    /// Gradient over the mean of the window.
    private(set) var fine = MeanAndSpread()
    private var across: Float = 0
    private var along: Float = 0

    /// - Precondition: the pixel is not on the border.
    mutating func add(_ view: SceneView, at i: Int) {
        let step = view.step(at: i)
        red.add(view.redGreen.samples[i])
        blue.add(view.blueGreen.samples[i])
        light.add(log(view.luminance.samples[i] + RegionMeasures.darkness))
        coarse.add(view.deviation.samples[i] / max(view.mean.samples[i], SceneView.leastMean))
        fine.add(view.gradient(at: i))
        across += abs(step.x)
        along += abs(step.y)
    }

    /// Share of the brightness steps that run across: 1 where every edge is upright, ½ where there are as many level ones.
    var uprightShare: Float { across + along > 0 ? across / (across + along) : 0.5 }
}

/// Mean and standard deviation of what is added; 0 where nothing was.
struct MeanAndSpread: Sendable {
    private var count = 0.0
    private var sum = 0.0
    private var squares = 0.0

    mutating func add(_ value: Float) {
        count += 1
        sum += Double(value)
        squares += Double(value) * Double(value)
    }

    var mean: Float { count > 0 ? Float(sum / count) : 0 }

    var spread: Float {
        guard count > 0 else { return 0 }
        let mean = sum / count
        return Float(max(squares / count - mean * mean, 0).squareRoot())
    }
}
