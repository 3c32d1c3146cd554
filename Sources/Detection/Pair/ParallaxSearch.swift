import Analysis
import Pixels

/// Whether what differs between two pictures from two spots is only displaced.
///
/// Ground that lies flat is brought together by one homography; what stands up leans away from the camera and comes to
/// lie
/// beside itself. It is found again near by: its edges agree there with those of the other picture, seen from the one
/// as from the other. What was built is found nowhere before, what was taken away nowhere after.
struct ParallaxSearch: Sendable {
    struct Finding: Sendable, Equatable {
        /// How well its edges agree with those it is found again by, both ways, 0…1; 0 where the two ways contradict
        /// each other, or where it lies still.
        var agreement: Double
        /// It goes on beyond what both pictures show, and is small enough to have stood there.
        var isCut: Bool
        /// A disc of ``PairParameters/parallaxWidth`` fits in it.
        var isWide: Bool
    }

    private let before: Gradient
    private let after: Gradient
    /// Where the later picture has content.
    private let valid: Mask
    /// As ``valid``, less a rim.
    private let inner: Mask
    private let parameters: PairParameters
    private var size: Size { valid.size }

    /// Greatest width at which is searched: tiles and bricks, which agree everywhere, are blurred there.
    static let columns = 320
    /// Added around a region, so that its outline lies inside.
    static let rim = 2
    /// Share of a region that both pictures must show at a displacement.
    static let shared = 0.6
    /// Pixels by which the way there and the way back may differ.
    static let tolerance = 2

    init(of frame: WorkingFrame, parameters: PairParameters) {
        let columns = min(frame.size.width, ParallaxSearch.columns)
        let size = Size(width: columns, height: max(1, frame.size.height * columns / frame.size.width))
        func edges(_ image: RGBImage) -> Gradient {
            Gradient(of: ColourView(of: image.size == size ? image : image.resized(to: size)).lightness, by: .sobel)
        }
        before = edges(frame.before)
        after = edges(frame.after)
        let known = frame.valid.sampled(at: size)
        valid = known.eroded(by: .square(radius: ParallaxSearch.rim))
        var inner = valid
        for y in 0..<size.height {
            for x in 0..<size.width
            where min(x, y, size.width - 1 - x, size.height - 1 - y) < ParallaxSearch.rim {
                inner.bytes[y * size.width + x] = 0
            }
        }
        self.inner = inner
        self.parameters = parameters
    }

    /// - Parameter region: pixels of the working frame.
    /// - Complexity: O(pixels of the region × square of the reach), at most some 30 million steps.
    func finding(of region: Mask) -> Finding {
        let plain = region.sampled(at: size)
        let grown = plain.dilated(by: .square(radius: ParallaxSearch.rim))
        let whole = Mask(width: size.width, height: size.height, inside: true)
        let there = displacement(of: grown, from: after, valid, to: before, whole)
        let back = displacement(of: grown, from: before, whole, to: after, valid)
        var agreement = 0.0
        if let there, let back, abs(there.dx + back.dx) <= ParallaxSearch.tolerance,
            abs(there.dy + back.dy) <= ParallaxSearch.tolerance,
            max(abs(there.dx), abs(there.dy)) >= pixels(parameters.parallaxLeast)
        {
            agreement = max(min(there.agreement, back.agreement), 0)
        }
        let isAtEdge = grown.dilated(by: .square(radius: ParallaxSearch.rim)).subtracting(inner).count > 0
        return Finding(
            agreement: agreement, isCut: isAtEdge && !holds(plain, 2 * parameters.parallaxReach),
            isWide: holds(plain, parameters.parallaxWidth))
    }

    /// Whether a disc fits in a region; its diameter as a share of the width.
    private func holds(_ region: Mask, _ diameter: Double) -> Bool {
        region.eroded(by: .disc(radius: Int(diameter * Double(size.width) / 2))).count > 0
    }

    private func pixels(_ share: Double) -> Int { max(1, Int((share * Double(size.width)).rounded())) }

    /// Where the edges of a region agree best with those of the other picture.
    private func displacement(
        of region: Mask, from source: Gradient, _ sourceValid: Mask, to target: Gradient, _ targetValid: Mask
    ) -> (dx: Int, dy: Int, agreement: Double)? {
        let width = size.width, height = size.height, reach = pixels(parameters.parallaxReach)
        let least = Int(ParallaxSearch.shared * Double(region.count))
        let points = region.bytes.indices.filter { region.bytes[$0] != 0 && sourceValid.bytes[$0] != 0 }
        guard points.count > max(least, 0) else { return nil }
        let places = points.map { (x: $0 % width, y: $0 / width) }
        let edges = points.map { SIMD2(source.dx.samples[$0], source.dy.samples[$0]) }
        var best: (dx: Int, dy: Int, agreement: Double)?
        for dy in -reach...reach {
            for dx in -reach...reach {
                var product: Float = 0, own: Float = 0, other: Float = 0
                var count = 0
                for (k, place) in places.enumerated() {
                    let x = place.x + dx, y = place.y + dy
                    guard x >= 0, y >= 0, x < width, y < height else { continue }
                    let i = y &* width &+ x
                    guard targetValid.bytes[i] != 0 else { continue }
                    let edge = edges[k], found = SIMD2(target.dx.samples[i], target.dy.samples[i])
                    product += (edge * found).sum()
                    own += (edge * edge).sum()
                    other += (found * found).sum()
                    count += 1
                }
                guard count > least, own > 0, other > 0 else { continue }
                let agreement = Double(product / (own * other).squareRoot())
                if agreement > best?.agreement ?? -2 { best = (dx, dy, agreement) }
            }
        }
        return best
    }
}

extension Mask {
    /// The nearest pixel at each place of another size.
    fileprivate func sampled(at size: Size) -> Mask {
        guard size != self.size else { return self }
        var result = Mask(width: size.width, height: size.height, inside: false)
        for y in 0..<size.height {
            let row = min((2 * y + 1) * height / (2 * size.height), height - 1) * width
            for x in 0..<size.width {
                result.bytes[y * size.width + x] = bytes[row + min((2 * x + 1) * width / (2 * size.width), width - 1)]
            }
        }
        return result
    }
}
