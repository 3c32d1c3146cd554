import Analysis
import Pixels

/// A pair of photographs before and after a clean-up: one place, two moments, cleaner?
public struct CleanupComparison: Sendable {
    /// `nil` where it cannot be told.
    public let samePlace: Bool?
    /// Share of the blocks that are found again, moved as the blocks around them are, 0…1; `nil` where the pictures show
    /// too little.
    public let agreeingShare: Double?
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
        let columns = min(parameters.placeColumns, first.width)
        let small = Size(width: columns, height: max(1, first.height * columns / first.width))
        let share = CleanupComparison.agreement(of: first, and: second, by: alignment.homography, small, parameters)
        agreeingShare = share
        samePlace = share.map { $0 >= parameters.placeShare }
        // Where nothing lines the two up but they do show one place, they lie nearly alike.
        let homography =
            alignment.homography
            ?? (samePlace == true ? CleanupComparison.scaling(from: first.size, to: second.size) : nil)
        guard let homography else {
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
        let views = (ColourView(of: frame.before), ColourView(of: frame.after))
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

    /// Whether clearly more went than came and little is left; `nil` where it was not measured, and where a little more
    /// went or most still lies there: things seen in another light differ as much.
    public func isCleaner(_ parameters: CleanupParameters) -> Bool? {
        guard samePlace == true, let removedShare, let addedShare, let litterBefore, let litterAfter else { return nil }
        guard removedShare >= parameters.removedLeast, removedShare > addedShare else { return false }
        let isClear = removedShare >= parameters.removedRatio * addedShare
        return isClear && litterAfter <= parameters.litterLeft * litterBefore ? true : nil
    }

    /// The better of the two as they lie and as they were laid on each other: a step aside moves what is near more than
    /// one transform can say.
    private static func agreement(
        of first: RGBImage, and second: RGBImage, by homography: Homography?, _ size: Size,
        _ parameters: CleanupParameters
    ) -> Double? {
        let before = first.resized(to: size)
        let other = CleanupComparison.reduced(second, columns: size.width)
        func share(_ after: RGBImage, _ valid: Mask) -> Double? {
            BlockAgreement(
                of: Plane(luminanceOf: before), and: Plane(luminanceOf: after), valid: valid, side: parameters.block,
                step: parameters.block / 2, reach: parameters.reach, contrast: parameters.contrast
            ).coherentShare(from: parameters.agreeing, tolerance: parameters.coherence, few: parameters.copyBlocks)
        }
        var ways = [scaling(from: size, to: other.size)]
        if let homography {
            let there = scaling(from: second.size, to: other.size).after(homography)
            ways.append(there.after(scaling(from: size, to: first.size)))
        }
        return ways.compactMap { way in
            let moved = Warp(of: other, by: way, size: size)
            return share(moved.image, moved.valid)
        }.max()
    }

    /// Corner to corner.
    private static func scaling(from: Size, to: Size) -> Homography {
        Homography([
            Double(to.width) / Double(from.width), 0, 0, 0, Double(to.height) / Double(from.height), 0, 0, 0, 1,
        ])
    }

    private static func reduced(_ image: RGBImage, columns: Int) -> RGBImage {
        let factor = max(1, image.width / columns)
        return factor == 1 ? image : image.downscaled(by: factor)
    }
}
