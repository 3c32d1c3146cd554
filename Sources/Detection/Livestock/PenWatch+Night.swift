import Analysis
import Foundation
import Pixels

extension PenWatch {
    /// Takes the next infrared picture, in order of time: counts what is brighter than the ground of other nights.
    ///
    /// A lower bound: what reflects no more than the grass around it is not seen.
    public mutating func lookByNight(at: Date, image: RGBImage, valid: Mask) -> Outcome {
        precondition(image.size == region.size && valid.size == region.size, "pictures of the pen's region")
        defer { learnNight(at: at, image) }
        let night = parameters.night
        guard nights.count >= night.needed else {
            return .unknown(
                "the empty pen is not known yet by infrared light: \(nights.count) of \(night.needed) nightly pictures "
                    + "were seen")
        }
        guard let scale = scale() else {
            return .unknown("the size of the animals is not known yet: give the camera ground points")
        }
        let ground = nightGround()
        let levels = PenWatch.levels(of: image), rise = rise(of: levels, over: ground, lengths: lengths(scale))
        let usable = counted.intersection(valid.eroded(by: .square(radius: PenWatch.border)))
        var bytes = [UInt8](repeating: 0, count: levels.samples.count)
        for i in bytes.indices where rise.isBright(i, night) { bytes[i] = usable.bytes[i] }
        let mask = Mask(width: levels.width, height: levels.height, bytes: bytes).closed(by: .square(radius: 1))
        let components = Components(of: mask), people = people(in: mask, scale: scale)
        var found: [(piece: Components.Piece, foot: SIMD2<Double>, animals: Double)] = []
        var hasBlurred = false
        for piece in components.pieces {
            let foot = foot(of: piece.box)
            guard let metre = scale.pixelsPerMetre(at: foot), metre * animal.area.squareRoot() >= night.length else {
                continue
            }
            let areas = Double(piece.areaInPixels) / (animal.area * night.covers * metre * metre)
            guard areas >= night.smallest, !people.contains(where: { $0.contains(piece.box) }) else { continue }
            guard detail(of: piece, in: components, levels: levels, over: ground) >= night.detail else {
                hasBlurred = true
                continue
            }
            found.append((piece, foot, areas < night.one ? 1 : (areas * night.perArea).rounded()))
        }
        // Where moths are, some of them may be sharp.
        if hasBlurred, found.reduce(0, { $0 + $1.animals }) < Double(parameters.few) { found = [] }
        var inside = 0.0, outside = 0.0, feet: [SIMD2<Double>] = []
        for (piece, foot, animals) in found {
            guard isInside(foot) else {
                outside += animals
                continue
            }
            inside += animals
            feet += spots(piece, count: Int(animals), alone: foot, in: components)
        }
        let margin = night.uncertainty * inside
        return .counted(
            Count(
                inside: Int(inside), outside: Int(outside), low: Int((inside - margin).rounded(.down)),
                high: Int((inside + margin).rounded(.up)), spread: spread(feet, scale), feet: feet,
                boxes: found.map { $0.piece.box.moved(x: region.x, y: region.y) }))
    }

    // MARK: The ground

    private mutating func learnNight(at: Date, _ image: RGBImage) {
        if let last = nights.last, at.timeIntervalSince(last.at) < parameters.night.minutes * 60 { return }
        nights.append(Look(at: at, image: nights.first.map { image.inLight(of: $0.image) } ?? image))
        if nights.count > parameters.looks { nights.removeFirst(nights.count - parameters.looks) }
    }

    private static func levels(of image: RGBImage) -> Plane<Float> {
        Plane(
            width: image.width, height: image.height,
            samples: (0..<image.size.area).map { Float(image.bytes[3 * $0 + 1]) })
    }

    /// Of each pixel the level that so large a share of the looks stays below.
    private func nightGround() -> Plane<Float> {
        let rank = Int(parameters.night.darker * Double(nights.count - 1))
        var values = [UInt8](repeating: 0, count: nights.count)
        return Plane(
            width: region.width, height: region.height,
            samples: (0..<region.size.area).map { i in
                for k in values.indices { values[k] = nights[k].image.bytes[3 * i + 1] }
                values.sort()
                return Float(values[rank])
            })
    }

    /// How much each place varies by itself over the looks: the standard deviation of the logarithms, from their median
    /// and lower quartile, which birds that sat there in fewer than half of the looks don't change.
    private func nightSpread(radius: Int) -> Plane<Float> {
        let logs = nights.map { look in
            let mean = PenWatch.levels(of: look.image).boxMean(radius: radius)
            return mean.combined(with: mean) { level, _ in log(level + RoomView.lift) }
        }
        var values = [Float](repeating: 0, count: logs.count)
        let samples = (0..<region.size.area).map { i in
            for k in values.indices { values[k] = logs[k].samples[i] }
            values.sort()
            let last = values.count - 1
            return (values[last / 2] - values[last / 4]) / PenWatch.quartile
        }
        return Plane(width: region.width, height: region.height, samples: samples).boxMean(radius: radius)
    }

    // MARK: What is brighter

    /// How much brighter a picture is than the ground beyond the light of the place, as logarithms, and by how much it
    /// must be: what the surroundings do in this picture, and the place itself in others, is no animal.
    private struct Rise {
        var logs: Plane<Float>
        var deviation: Plane<Float>
        var spread: Plane<Float>

        func isBright(_ i: Int, _ night: PenParameters.Night) -> Bool {
            logs.samples[i]
                > max(
                    night.brighter, night.deviations * deviation.samples[i], night.spreads * spread.samples[i])
        }
    }

    private func rise(of levels: Plane<Float>, over ground: Plane<Float>, lengths: [Float]) -> Rise {
        let middle = lengths.isEmpty ? 1 : lengths.sorted()[(lengths.count - 1) / 2]
        let radius = max(1, Int((PenWatch.grain * middle).rounded()))
        let now = levels.boxMean(radius: radius), then = ground.boxMean(radius: radius)
        let difference = now.combined(with: then) { log(($0 + RoomView.lift) / ($1 + RoomView.lift)) }
        let wide = PenFeatures.lightRadius * middle
        let logs = difference.combined(with: LocalMedian.of(difference, radius: wide)) { $0 - $1 }
        let sizes = logs.combined(with: logs) { value, _ in abs(value) }
        let deviation = LocalMedian.of(sizes, radius: wide)
        return Rise(
            logs: logs, deviation: deviation.combined(with: deviation) { value, _ in PenWatch.normal * value },
            spread: nightSpread(radius: radius))
    }

    /// Radius of the window that takes the sensor's noise off, in lengths of an animal.
    private static let grain: Float = 0.15
    /// Standard deviation over median absolute value of a normal distribution.
    private static let normal: Float = 1.4826
    /// Standard deviations from the quartile to the median of a normal distribution.
    private static let quartile: Float = 0.6745

    /// How much of the brightness at a piece's rim is fine detail: little in what is near the lens and out of focus.
    private func detail(
        of piece: Components.Piece, in components: Components, levels: Plane<Float>, over ground: Plane<Float>
    ) -> Double {
        let box = piece.box.expanded(by: PenWatch.around).intersection(Region(levels.size))
        let bright = Plane(
            width: box.width, height: box.height,
            samples: (0..<box.width * box.height).map { i in
                let x = box.x + i % box.width, y = box.y + i / box.width
                return levels[x, y] - ground[x, y]
            }
        ).blurred(sigma: PenWatch.fine)
        let smooth = bright.blurred(sigma: PenWatch.coarse)
        var body = Mask(width: box.width, height: box.height, inside: false)
        for y in box.y..<box.maxY {
            for x in box.x..<box.maxX where components.labels[x, y] == piece.label {
                body.bytes[(y - box.y) * box.width + x - box.x] = 255
            }
        }
        let rim = body.subtracting(body.eroded(by: .square(radius: PenWatch.rim)))
        var off: Float = 0, all: Float = 0
        for i in rim.bytes.indices where rim.bytes[i] != 0 {
            off += abs(bright.samples[i] - smooth.samples[i])
            all += bright.samples[i]
        }
        return all > 0 ? Double(off / all) : 0
    }

    /// Pixels: around a piece, of its rim, and of the blurs whose difference is fine detail.
    private static let around = 12, rim = 4, fine: Float = 1, coarse: Float = 4
}
