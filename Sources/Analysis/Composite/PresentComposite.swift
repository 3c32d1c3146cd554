import Pixels

/// The median over time, with what stood long and has left put right.
///
/// A median shows whoever stands in one place for more than half of the pictures. Where the latest pictures agree on
/// something else, and that continues what is around it better than the median does (fewer edges along the outline), the
/// thing has left and its place is as the latest pictures show it. What has only come keeps an outline, and is not taken
/// in: edges along it grow.
///
/// - Exactness: exact; deterministic.
/// - Note: where the thing is still there at the end, the majority decides as in the plain median.
public struct PresentComposite: Sendable {
    /// The latest pictures that tell the present state; fewer than twice as many pictures make a plain median.
    public static let latest = 5
    /// Grey levels (of the most different channel) from which two colours are two.
    static let distinct = 24
    /// Share of the pictures that must agree with the latest.
    static let agreement = 0.12
    /// Share of the picture of which a piece may be put right: more is weather, or season.
    static let sizes = 0.0005...0.25
    /// Edges along the outline over those of the median, below which the present state fits better.
    static let fewerEdges = 0.8
    /// Widths of the soft edge of a thing and of the ring along it, in pixels of a picture of 480 columns or fewer.
    static let softEdge = 2, ring = 3

    public let image: RGBImage
    /// Per pixel how many pictures were valid.
    public let support: Plane<UInt8>
    /// 255 where the latest pictures were taken instead of the median.
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
        let present = MedianComposite(images: images.suffix(count), valid: Array(valid.suffix(count)))
        let scale = max(1, (size.width + 240) / 480)
        let differing = PresentComposite.differing(median.image, present, images, valid)
            .closed(by: .disc(radius: PresentComposite.softEdge * scale)).opened(by: .disc(radius: scale))
        var bytes = median.image.bytes
        let pieces = Components(of: differing)
        let least = PresentComposite.sizes.lowerBound * Double(size.area)
        let most = PresentComposite.sizes.upperBound * Double(size.area)
        for piece in pieces.pieces where (least...most).contains(Double(piece.areaInPixels)) {
            let reach = (PresentComposite.softEdge + PresentComposite.ring + 2) * scale
            let box = piece.box.expanded(by: reach).intersection(Region(size))
            let core = pieces.mask(of: piece).cropped(to: box)
            let wide = core.dilated(by: .disc(radius: PresentComposite.softEdge * scale))
            let ring = wide.dilated(by: .disc(radius: PresentComposite.ring * scale)).subtracting(
                core.eroded(by: .disc(radius: PresentComposite.ring * scale)))
            let before = median.image.cropped(to: box)
            let after = PresentComposite.replaced(before, by: present.image.cropped(to: box), in: wide)
            guard
                PresentComposite.edges(of: after, in: ring)
                    < PresentComposite.fewerEdges * PresentComposite.edges(of: before, in: ring)
            else { continue }
            for y in 0..<box.height {
                for x in 0..<box.width where wide[x, y] {
                    let i = (box.y + y) * size.width + box.x + x, k = y * box.width + x
                    corrected.bytes[i] = 255
                    for channel in 0..<3 { bytes[3 * i + channel] = after.bytes[3 * k + channel] }
                }
            }
        }
        image = RGBImage(width: size.width, height: size.height, bytes: bytes)
        self.corrected = corrected
    }

    /// Where the latest pictures show something else than the median, and enough pictures agree with them.
    private static func differing(
        _ median: RGBImage, _ present: MedianComposite, _ images: [RGBImage], _ valid: [Mask?]
    ) -> Mask {
        var mask = Mask(width: median.width, height: median.height, inside: false)
        let least = max(3, Int((agreement * Double(images.count)).rounded(.up)))
        for i in 0..<median.width * median.height
        where Int(present.support.samples[i]) * 2 > latest && isDistinct(median, present.image, at: i) {
            var agreeing = 0
            for (image, valid) in zip(images, valid)
            where valid.map({ $0.bytes[i] != 0 }) ?? true && !isDistinct(image, present.image, at: i) { agreeing += 1 }
            if agreeing >= least { mask.bytes[i] = 255 }
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
