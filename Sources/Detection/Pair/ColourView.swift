import Analysis
import Foundation
import Pixels

/// A picture in logarithms of brightness and colour, each less its median, so that exposure and white balance cancel.
struct ColourView: Sendable {
    /// log(Y + 12).
    let lightness: Plane<Float>
    /// log(R + 12) − log(G + 12).
    let redness: Plane<Float>
    /// log(B + 12) − log(G + 12).
    let blueness: Plane<Float>

    /// Standard deviation, in pixels, of the blur that takes sensor and JPEG noise off.
    static let blur: Float = 0.8
    /// Levels added before the logarithm, so that the noise of the dark stays small.
    static let offset: Float = 12

    var size: Size { lightness.size }

    init(of image: RGBImage) {
        let count = image.width * image.height
        let channels = (0..<3).map { channel in
            Plane<Float>(
                width: image.width, height: image.height,
                samples: [Float](unsafeUninitializedCapacity: count) { out, initialized in
                    for i in 0..<count { out[i] = Float(image.bytes[3 &* i &+ channel]) }
                    initialized = count
                }
            ).blurred(sigma: ColourView.blur)
        }
        var l = [Float](repeating: 0, count: count), r = l, b = l
        for i in 0..<count {
            let red = channels[0].samples[i], green = channels[1].samples[i], blue = channels[2].samples[i]
            l[i] = log(0.299 * red + 0.587 * green + 0.114 * blue + ColourView.offset)
            let g = log(green + ColourView.offset)
            r[i] = log(red + ColourView.offset) - g
            b[i] = log(blue + ColourView.offset) - g
        }
        lightness = ColourView.centred(l, image.size)
        redness = ColourView.centred(r, image.size)
        blueness = ColourView.centred(b, image.size)
    }

    private static func centred(_ samples: [Float], _ size: Size) -> Plane<Float> {
        var result = samples
        let step = max(1, samples.count / 40_000)
        let some = stride(from: 0, to: samples.count, by: step).map { samples[$0] }.sorted()
        if let median = some.isEmpty ? nil : some[some.count / 2] {
            for i in result.indices { result[i] -= median }
        }
        return Plane(width: size.width, height: size.height, samples: result)
    }
}
