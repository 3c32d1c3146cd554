import Analysis
import Foundation
import Pixels

/// The pixels of one fruit, with their colour and how they face the camera.
struct SkinPatch {
    let box: Region
    /// Pixels that are judged.
    let mask: Mask
    /// Their indices in the box.
    let inside: [Int]
    /// Degrees, 0…360, of balanced sRGB levels.
    private(set) var hue: [Double]
    /// 0…1.
    private(set) var saturation: [Double]
    /// 0…1, the greatest of the three levels.
    private(set) var value: [Double]
    /// Cosine of the skin's slant, 0…1.
    private(set) var facing: [Double]
    /// Place on the fruit in radii.
    private var places: [SIMD2<Double>]
    /// Light, red and green.
    private var red: [Float]
    private var green: [Float]

    init(
        _ image: RGBImage, box: Region, outline: Ellipse, isOwn: (Int, Int) -> Bool, balance: SIMD3<Float>, rim: Double
    ) {
        self.box = box
        let count = box.area
        var mask = Mask(width: box.width, height: box.height, inside: false)
        hue = [Double](repeating: 0, count: count)
        saturation = hue
        value = hue
        facing = hue
        places = [SIMD2<Double>](repeating: .zero, count: count)
        red = [Float](repeating: 0, count: count)
        green = red
        var inside: [Int] = []
        let rim = min(rim, 1 - SkinPatch.edge / max(SkinPatch.edge, min(outline.axes.x, outline.axes.y)))
        for y in 0..<box.height {
            for x in 0..<box.width {
                let place = outline.unit(SIMD2(Double(box.x + x) + 0.5, Double(box.y + y) + 0.5))
                let square = (place * place).sum()
                guard square < rim * rim, isOwn(box.x + x, box.y + y) else { continue }
                let i = y * box.width + x
                mask.bytes[i] = 255
                inside.append(i)
                facing[i] = (1 - square).squareRoot()
                places[i] = place
                let pixel = image[box.x + x, box.y + y]
                let light =
                    SIMD3(
                        LinearLight.ofLevel[Int(pixel.red)], LinearLight.ofLevel[Int(pixel.green)],
                        LinearLight.ofLevel[Int(pixel.blue)]) * balance
                red[i] = light.x
                green[i] = light.y
                // The square root is near enough to the sRGB curve for hue and saturation.
                let levels = SIMD3(light.x.squareRoot(), light.y.squareRoot(), light.z.squareRoot())
                let high = Double(levels.max()), low = Double(levels.min()), span = high - low
                value[i] = high
                saturation[i] = high > 0 ? span / high : 0
                guard span > 0 else { continue }
                let r = Double(levels.x), g = Double(levels.y), b = Double(levels.z)
                let sixth = high == r ? (g - b) / span : high == g ? 2 + (b - r) / span : 4 + (r - g) / span
                hue[i] = sixth < 0 ? 60 * sixth + 360 : 60 * sixth
            }
        }
        self.mask = mask
        self.inside = inside
    }

    /// Pixels from a pixel to the outline, along the fruit's radius.
    func depth(_ i: Int, outline: Ellipse) -> Double {
        (1 - (places[i] * places[i]).sum().squareRoot()) * min(outline.axes.x, outline.axes.y)
    }

    /// Green light of some pixels against their red light.
    func greenToRed(of pixels: some Sequence<Int>) -> Double {
        var sums = SIMD2<Double>.zero
        for i in pixels { sums += SIMD2(Double(red[i]), Double(green[i])) }
        return sums.y / max(sums.x, 1e-6)
    }

    /// 0…1.
    func meanSaturation(of pixels: some Collection<Int>) -> Double {
        pixels.isEmpty ? 0 : pixels.reduce(0) { $0 + saturation[$1] } / Double(pixels.count)
    }

    /// Light of the skin with the shading of a ball taken out, about 1.
    ///
    /// Of red, green and their mean the one in which ripe and unripe skin differ least: the one that is flattest.
    func flattened() -> Plane<Float> {
        var best: (plane: Plane<Float>, spread: Float)?
        for share in [Float(0), 0.5, 1] {
            var levels = [Float](repeating: 1, count: mask.bytes.count)
            for i in inside { levels[i] = log(share * red[i] + (1 - share) * green[i] + SkinPatch.dark) }
            guard let flat = withoutShading(levels) else { continue }
            if best.map({ flat.spread < $0.spread }) ?? true { best = flat }
        }
        return best?.plane ?? Plane(width: box.width, height: box.height, repeating: 1)
    }

    /// Pixels along the outline that are not judged: the lens blurs the ground into them.
    private static let edge = 1.7
    /// The same for colours: JPEG keeps them at half the size, and the ground's run some pixels into the fruit.
    static let colourEdge = 3.5
    /// Added to light before its logarithm, so that the noise of the dark stays small.
    private static let dark: Float = 0.004
    /// Pixels that the shading is fitted to.
    private static let most = 3000

    private static func terms(_ place: SIMD2<Double>, _ facing: Double) -> [Double] {
        let x = place.x, y = place.y, z = facing
        return [1, x, y, z, x * x, y * y, x * y, x * z, y * z]
    }

    private func withoutShading(_ logs: [Float]) -> (plane: Plane<Float>, spread: Float)? {
        let step = max(1, inside.count / SkinPatch.most)
        let some = stride(from: 0, to: inside.count, by: step).map { inside[$0] }
        guard some.count > 60 else { return nil }
        let rows = some.map { SkinPatch.terms(places[$0], facing[$0]) }
        var model = [Double](repeating: 0, count: 9)
        var reach = Double.infinity, spread = 0.0
        for round in 0..<6 {
            var normal = [Double](repeating: 0, count: 81), right = [Double](repeating: 0, count: 9)
            for (k, i) in some.enumerated() {
                var weight = 1.0
                if round > 0 {
                    let e = (Double(logs[i]) - zip(model, rows[k]).reduce(0) { $0 + $1.0 * $1.1 }) / reach
                    guard abs(e) < 1 else { continue }
                    weight = (1 - e * e) * (1 - e * e)
                }
                for a in 0..<9 {
                    right[a] += weight * rows[k][a] * Double(logs[i])
                    for b in 0..<9 { normal[9 * a + b] += weight * rows[k][a] * rows[k][b] }
                }
            }
            for a in 0..<9 { normal[10 * a] += 1e-6 * Double(some.count) }
            guard let found = LinearSystem.solution(normal, right) else { return nil }
            model = found
            var rest = some.enumerated().map { k, i in
                Float(abs(Double(logs[i]) - zip(model, rows[k]).reduce(0) { $0 + $1.0 * $1.1 }))
            }
            spread = Double(rest.element(ofRank: rest.count / 2))
            reach = max(0.08, 6 * spread)
        }
        var flat = [Float](repeating: 1, count: logs.count)
        for i in inside {
            let shade = zip(model, SkinPatch.terms(places[i], facing[i])).reduce(0) { $0 + $1.0 * $1.1 }
            flat[i] = exp(logs[i] - Float(shade))
        }
        return (Plane(width: box.width, height: box.height, samples: flat), Float(spread))
    }
}
