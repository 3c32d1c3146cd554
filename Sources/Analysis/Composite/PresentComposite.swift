import Pixels

/// The median over time, with what stood long and has left put right.
///
/// A median shows whoever stands in one place for more than half of the pictures. Where the latest pictures agree on
/// something else, and that continues what is around it better than the median does (fewer edges along the outline),
/// the thing has left and its place is as the latest pictures show it. What has only come keeps an outline, and is not
/// taken in: edges along it grow. And where more pictures agree with the first or the latest of them than with the
/// median, the median shows no state at all, but somebody who moved on one spot: the commoner state is taken (the mode
/// over time). A small thing that was set down and stays is left out where the first pictures go on as well without it.
/// Of what is found so the median of the pictures that agree with it is taken.
///
/// - Exactness: exact; deterministic.
/// - Note: where something large is still there at the end, the majority decides as in the plain median.
public struct PresentComposite: Sendable {
    /// The latest pictures that tell the present state; fewer than twice as many pictures make a plain median.
    public static let latest = 5
    /// Grey levels (of the most different channel) from which two colours are two.
    static let distinct = 24
    /// Share of the pictures that must agree with the latest.
    static let agreement = 0.12
    /// Share of the picture of which a piece may be put right: more is weather, or season.
    static let sizes = 0.0005...0.25
    /// The same for what was set down and stays: a larger piece is the place that has changed.
    static let setDownSizes = 0.0005...0.015
    /// Edges along the outline over those of the median, below which the present state fits better.
    static let fewerEdges = 0.8
    /// The same for a state that is commoner than the median: no new outline may come of it.
    static let sameEdges = 1.1
    /// The same for a state without a small thing that stays: where it stood before it left, its outline is far stronger.
    static let withoutThing = 1.25
    /// Widths of the soft edge of a thing and of the ring along it, in pixels of a picture of 480 columns or fewer.
    static let softEdge = 2, ring = 3

    public let image: RGBImage
    /// Per pixel how many pictures were valid.
    public let support: Plane<UInt8>
    /// 255 where the latest pictures, or the commoner state, were taken instead of the median.
    public let corrected: Mask

    /// - Parameters:
    ///   - images: 1 to ``MedianComposite/limit`` pictures of one size, in order of time.
    ///   - valid: for every picture where it counts; `nil` everywhere.
    /// - Complexity: O(pixels × pictures), and O(box) for each piece that differs.
    public init(images: [RGBImage], valid: [Mask?]) {
        let median = MedianComposite(images: images, valid: valid)
        support = median.support
        let size = median.image.size
        var corrected = Mask(width: size.width, height: size.height, inside: false)
        guard images.count >= 2 * PresentComposite.latest else {
            image = median.image
            self.corrected = corrected
            return
        }
        let count = PresentComposite.latest
        let present = MedianComposite(images: Array(images.suffix(count)), valid: Array(valid.suffix(count)))
        let first = MedianComposite(images: Array(images.prefix(count)), valid: Array(valid.prefix(count)))
        var result = median.image
        for (state, rule) in [(present, Rule.left), (present, .commoner), (first, .commoner), (first, .came)] {
            let differing = PresentComposite.differing(median.image, state, images, valid, rule: rule)
            PresentComposite.correct(&result, by: state.image, in: differing, rule: rule, corrected: &corrected)
        }
        image = PresentComposite.agreed(images, valid, with: result)
        self.corrected = corrected
    }

    /// The median of the pictures that agree with `image` at a pixel: those who passed pull it no more.
    private static func agreed(_ images: [RGBImage], _ valid: [Mask?], with image: RGBImage) -> RGBImage {
        let agreeing = zip(images, valid).map { picture, valid in
            Mask(
                width: image.width, height: image.height,
                bytes: [UInt8](unsafeUninitializedCapacity: image.width * image.height) { out, initialized in
                    initialized = out.count
                    for i in 0..<out.count {
                        let counts = valid.map { $0.bytes[i] != 0 } ?? true
                        out[i] = counts && !isDistinct(picture, image, at: i) ? 255 : 0
                    }
                })
        }
        let median = MedianComposite(images: images, valid: agreeing)
        var bytes = median.image.bytes
        for i in median.support.samples.indices where median.support.samples[i] == 0 {
            for channel in 0..<3 { bytes[3 * i + channel] = image.bytes[3 * i + channel] }
        }
        return RGBImage(width: image.width, height: image.height, bytes: bytes)
    }

    /// When a state is taken instead of the median.
    private enum Rule {
        /// It fits better into what is around it.
        case left
        /// More pictures show it.
        case commoner
        /// It was so before something small was set down, which stays: a bag, a car.
        case came

        /// Edges along the outline over those of the median that a piece must stay below.
        var edges: Double {
            switch self {
            case .left: fewerEdges
            case .commoner: sameEdges
            case .came: withoutThing
            }
        }
        var sizes: ClosedRange<Double> { self == .came ? setDownSizes : PresentComposite.sizes }
    }

    /// Puts right the pieces of `differing` whose outlines allow it.
    private static func correct(
        _ image: inout RGBImage, by state: RGBImage, in differing: Mask, rule: Rule, corrected: inout Mask
    ) {
        let size = image.size
        let scale = max(1, (size.width + 240) / 480)
        let pieces = Components(
            of: differing.closed(by: .disc(radius: softEdge * scale)).opened(by: .disc(radius: scale)))
        let least = rule.sizes.lowerBound * Double(size.area), most = rule.sizes.upperBound * Double(size.area)
        var bytes = image.bytes
        for piece in pieces.pieces where (least...most).contains(Double(piece.areaInPixels)) {
            let reach = (softEdge + ring + 2) * scale
            let box = piece.box.expanded(by: reach).intersection(Region(size))
            let core = pieces.mask(of: piece).cropped(to: box)
            let wide = core.dilated(by: .disc(radius: softEdge * scale))
            let along = wide.dilated(by: .disc(radius: ring * scale)).subtracting(
                core.eroded(by: .disc(radius: ring * scale)))
            let before = image.cropped(to: box)
            let after = replaced(before, by: state.cropped(to: box), in: wide)
            guard edges(of: after, in: along) < rule.edges * edges(of: before, in: along) else { continue }
            for y in 0..<box.height {
                for x in 0..<box.width where wide[x, y] {
                    let i = (box.y + y) * size.width + box.x + x, k = y * box.width + x
                    corrected.bytes[i] = 255
                    for channel in 0..<3 { bytes[3 * i + channel] = after.bytes[3 * k + channel] }
                }
            }
        }
        image = RGBImage(width: size.width, height: size.height, bytes: bytes)
    }

    /// Where a state of some pictures is something else than the median, and enough pictures agree with it.
    private static func differing(
        _ median: RGBImage, _ state: MedianComposite, _ images: [RGBImage], _ valid: [Mask?], rule: Rule
    ) -> Mask {
        var mask = Mask(width: median.width, height: median.height, inside: false)
        let least = max(3, Int((agreement * Double(images.count)).rounded(.up)))
        for i in 0..<median.width * median.height
        where Int(state.support.samples[i]) * 2 > latest && isDistinct(median, state.image, at: i) {
            var agreeing = 0, withMedian = 0
            for (image, valid) in zip(images, valid) where valid.map({ $0.bytes[i] != 0 }) ?? true {
                if !isDistinct(image, state.image, at: i) { agreeing += 1 }
                if rule == .commoner, !isDistinct(image, median, at: i) { withMedian += 1 }
            }
            if agreeing >= least, rule != .commoner || agreeing > withMedian { mask.bytes[i] = 255 }
        }
        return mask
    }

    @inline(__always) private static func isDistinct(_ a: RGBImage, _ b: RGBImage, at i: Int) -> Bool {
        for channel in 0..<3 where abs(Int(a.bytes[3 * i + channel]) - Int(b.bytes[3 * i + channel])) > distinct {
            return true
        }
        return false
    }

    private static func replaced(_ image: RGBImage, by other: RGBImage, in mask: Mask) -> RGBImage {
        var bytes = image.bytes
        for i in mask.bytes.indices where mask.bytes[i] != 0 {
            for channel in 0..<3 { bytes[3 * i + channel] = other.bytes[3 * i + channel] }
        }
        return RGBImage(width: image.width, height: image.height, bytes: bytes)
    }

    /// Mean over the ring of the greatest central difference of any channel and direction.
    private static func edges(of image: RGBImage, in ring: Mask) -> Double {
        let (width, height) = (image.width, image.height)
        guard width > 2, height > 2 else { return 0 }
        var sum = 0, count = 0
        for y in 1..<height - 1 {
            for x in 1..<width - 1 where ring[x, y] {
                let i = 3 * (y * width + x)
                var edge = 0
                for channel in 0..<3 {
                    let across = abs(Int(image.bytes[i + 3 + channel]) - Int(image.bytes[i - 3 + channel]))
                    let down = abs(
                        Int(image.bytes[i + 3 * width + channel]) - Int(image.bytes[i - 3 * width + channel]))
                    edge = max(edge, across, down)
                }
                sum += edge
                count += 1
            }
        }
        return count == 0 ? 0 : Double(sum) / Double(count)
    }
}
