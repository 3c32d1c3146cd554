import Analysis
import Pixels

/// A pair of photographs before and after a clean-up: one place, two moments, cleaner?
public struct CleanupComparison: Sendable {
    /// `nil` where it cannot be told.
    public let samePlace: Bool?
    /// Share of the blocks below the sky that show the same, 0…1; `nil` where the two could not be laid on each other.
    public let agreeingShare: Double?
    /// Difference of colour that nine tenths of the blocks below the sky stay under, natural logarithms of levels, the
    /// white balance taken out; `nil` where the two could not be laid on each other.
    public let colourDifference: Double?
    /// Share of the second picture's blocks that are the first photograph's, 0…1: a copy, however changed.
    public let copiedShare: Double?
    /// Share of the ground that small things cover in the first and the second picture.
    public let litterBefore: Double?
    public let litterAfter: Double?
    /// Share of the ground from which such things went, and on which new ones lie.
    public let removedShare: Double?
    public let addedShare: Double?
    /// In the frame of the first picture at the size of comparison: what went.
    public let removed: Mask?

    /// - Complexity: one to three seconds, whatever the pictures' size.
    public init(before: RGBImage, after: RGBImage, pair: PairParameters, parameters: CleanupParameters) {
        let first = CleanupComparison.reduced(before, columns: 2 * parameters.columns)
        let second = CleanupComparison.reduced(after, columns: 2 * parameters.columns)
        let own = CopyPrint(Plane(luminanceOf: first), columns: parameters.copyColumns)
        let other = CopyPrint(Plane(luminanceOf: second), columns: parameters.copyColumns)
        let limits = CopyPrint.Limits(parameters)
        copiedShare = [
            other.sameness(with: own, parameters: limits), other.mirrored.sameness(with: own, parameters: limits),
        ]
        .compactMap { $0 }.max()

        let alignment = PairAlignment(before: first, after: second, parameters: pair)
        guard let homography = alignment.homography else {
            samePlace = alignment.samePlace
            agreeingShare = nil
            colourDifference = nil
            litterBefore = nil
            litterAfter = nil
            removedShare = nil
            addedShare = nil
            removed = nil
            return
        }
        let frame = WorkingFrame(
            before: first, after: second, good: (Region(first.size), Region(second.size)), homography: homography,
            columns: parameters.columns)
        let sky = Int(parameters.skyShare * Double(frame.size.height))
        let agreement = BlockAgreement(
            of: Plane(luminanceOf: frame.before), and: Plane(luminanceOf: frame.after), valid: frame.valid,
            side: parameters.block, reach: parameters.reach, contrast: parameters.contrast)
        let low = agreement.blocks.filter { $0.middle.y >= Double(sky) }
        let share =
            low.count >= parameters.copyBlocks
            ? Double(low.filter { $0.correlation >= parameters.agreeing }.count) / Double(low.count) : nil
        agreeingShare = share
        let views = (ColourView(of: frame.before), ColourView(of: frame.after))
        let colour = CleanupComparison.colourDifference(
            views.0, views.1, valid: frame.valid, below: sky, side: parameters.block)
        colourDifference = colour
        // Lanes are alike in shape, and hills are shared: walls of other colours are of another place.
        let isAlike = colour.map { $0 <= parameters.placeColour } ?? true
        samePlace = alignment.samePlace == false ? false : share.map { $0 >= parameters.placeShare && isAlike }
        var ground = frame.valid.eroded(by: .square(radius: 3))
        for i in 0..<sky * frame.size.width { ground.bytes[i] = 0 }
        let pixels = Double(max(1, ground.count))
        let earlier = LitterMap(of: views.0, ground: ground, parameters: parameters)
        let later = LitterMap(of: views.1, ground: ground, parameters: parameters)
        let near = max(1, Int(parameters.litterNear * Double(frame.size.width)))
        let gone = earlier.without(later, reach: near)
        litterBefore = Double(earlier.mask.count) / pixels
        litterAfter = Double(later.mask.count) / pixels
        removedShare = Double(gone.count) / pixels
        addedShare = Double(later.without(earlier, reach: near).count) / pixels
        removed = gone
    }

    /// Whether more went than came; `nil` where it was not measured.
    public func isCleaner(_ parameters: CleanupParameters) -> Bool? {
        guard samePlace == true, let removedShare, let addedShare else { return nil }
        return removedShare >= parameters.removedLeast && removedShare >= parameters.removedRatio * addedShare
    }

    private static func colourDifference(
        _ first: ColourView, _ second: ColourView, valid: Mask, below sky: Int, side: Int
    ) -> Double? {
        let width = first.size.width, height = first.size.height
        var reds: [Float] = [], blues: [Float] = []
        for y0 in stride(from: sky, through: height - side, by: side) {
            for x0 in stride(from: 0, through: width - side, by: side) {
                var red: Float = 0, blue: Float = 0, isWhole = true
                for y in y0..<y0 + side {
                    for x in x0..<x0 + side {
                        if !valid[x, y] { isWhole = false }
                        red += first.redness[x, y] - second.redness[x, y]
                        blue += first.blueness[x, y] - second.blueness[x, y]
                    }
                }
                guard isWhole else { continue }
                reds.append(red / Float(side * side))
                blues.append(blue / Float(side * side))
            }
        }
        guard reds.count >= 10 else { return nil }
        var some = reds
        let middleRed = some.element(ofRank: some.count / 2)
        some = blues
        let middleBlue = some.element(ofRank: some.count / 2)
        var lengths = zip(reds, blues).map { red, blue in
            let r = red - middleRed, b = blue - middleBlue
            return (r * r + b * b).squareRoot()
        }
        return Double(lengths.element(ofRank: lengths.count * 9 / 10))
    }

    private static func reduced(_ image: RGBImage, columns: Int) -> RGBImage {
        let factor = max(1, image.width / columns)
        return factor == 1 ? image : image.downscaled(by: factor)
    }
}
