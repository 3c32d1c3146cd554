import Analysis
import Foundation
import Kernels
import Pixels

/// What was built or taken away between two pictures of one place.
///
/// The second is brought into the frame of the first. Pictures from above are searched for roofs that only one of
/// them shows, as
/// years pass between such pictures and everything else changes too; looks across the ground are compared piece by
/// piece, blind
/// to light, and what is only plant growth is left out.
///
/// - Exactness: the same result for the same two pictures.
/// - Note: roads, car parks and bare plots seen from above do not count.
public struct PairChange: Sendable {
    public let alignment: PairAlignment
    /// In the frame and size of the first picture; empty where the two are not of one place.
    public let mask: Mask
    /// Share of the frame, or of the polygon, that changed; `nil` where the two could not be compared.
    public let changedShare: Double?
    /// Largest first.
    public let regions: [ChangedRegion]

    /// - Parameters:
    ///   - good: the parts of the two pictures that may be believed, where a file was not whole; nothing else is
    ///   compared.
    ///   - polygon: only what lies inside counts.
    ///   - model: where there is none, the rules alone say what a region is.
    /// - Complexity: about 2 µs a pixel of the working frame, which is at most about 1000 columns wide.
    public init(
        before: RGBImage, after: RGBImage, good: (before: Region, after: Region)? = nil, inside polygon: Polygon? = nil,
        parameters: PairParameters,
        construction: ConstructionParameters, model: RegionModel?,
        kernels: KernelSet
    ) {
        let alignment = PairAlignment(before: before, after: after, parameters: parameters)
        self.alignment = alignment
        guard let homography = alignment.homography else {
            mask = Mask(width: before.width, height: before.height, inside: false)
            changedShare = alignment.samePlace == false ? 0 : nil
            regions = []
            return
        }
        let frame = WorkingFrame(
            before: before, after: after, good: good ?? (Region(before.size), Region(after.size)),
            homography: homography,
            columns: alignment.isSearchedForRoofs ? parameters.workingWidth : parameters.sceneWidth)
        let inside =
            polygon.map { frame.valid.intersection(Mask(filling: frame.reduced($0), size: frame.size)) } ?? frame.valid
        var pieces =
            alignment.isSearchedForRoofs
            ? RoofChange.pieces(before: frame.before, after: frame.after, inside: inside, parameters: parameters)
            : SceneChange.pieces(
                before: frame.before, after: frame.after, inside: inside, construction: construction, model: model,
                parameters: parameters, seeksGone: alignment.isFromAnotherSpot, kernels: kernels)
        if alignment.isFromAnotherSpot {
            pieces.leaveOutDisplaced(
                ParallaxSearch(of: frame, parameters: parameters), parameters: parameters)
        }
        let counted =
            polygon.map { Mask(filling: $0, size: before.size) }
            ?? Mask(width: before.width, height: before.height, inside: true)
        let full = pieces.enlarged(from: frame, inside: counted)
        mask = full.mask
        regions = full.regions
        let whole = counted.count
        changedShare = whole == 0 ? nil : Double(full.mask.count) / Double(whole)
    }
}
