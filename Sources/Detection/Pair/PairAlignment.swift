import Analysis
import Pixels

/// How the second of two pictures lies to the first, and whether both show one place.
public struct PairAlignment: Sendable, Equatable {
    /// `nil` where it can't be told.
    public let samePlace: Bool?
    /// From the points of the first picture to those of the second; `nil` where the two are not to be compared.
    public let homography: Homography?
    /// `nil` where nothing was found, and the second picture is taken to lie as it is.
    public let model: PairModel?
    /// Pairs of features that fit; 0 where the edges alone settled it.
    public let inliers: Int
    /// Root mean square distance of those pairs, pixels of the second picture.
    public let errorInPixels: Double?
    /// Why `samePlace` is not true.
    public let reason: String?
    /// Both look straight down on the place.
    public let isFromAbove: Bool
    /// Seen from above, and so much has changed that only roofs can be told from the rest.
    let isSearchedForRoofs: Bool
    /// The second was taken from another spot or at another height: what stands up is displaced.
    let isFromAnotherSpot: Bool

    /// Mean normalised correlation of the aligned pictures, −1…1; `nil` where they were not aligned.
    public let agreement: Double?

    /// - Complexity: half a second to two, whatever the size.
    public init(before: RGBImage, after: RGBImage, parameters: PairParameters) {
        let layouts = [PictureLayout(of: before), PictureLayout(of: after)]
        let isFromAbove = (layouts[0].rowShare + layouts[1].rowShare) / 2 < parameters.layout
        self.isFromAbove = isFromAbove
        let rigid = RigidMatch(before: before, after: after)
        let features = FeatureRegistration(from: Plane(luminanceOf: before), to: Plane(luminanceOf: after))
        let sameShape = rigid != nil
        let isSame = rigid?.isSame(parameters) == true || features != nil

        var agreed: Double?
        if isSame {
            let agreement = PairAgreement(before: before, after: after)
            var candidates: [(model: PairModel, homography: Homography)] = []
            if let rigid { candidates.append((rigid.scaled == nil ? .translation : .affine, rigid.scaling)) }
            if let rigid, rigid.isSame(parameters) { candidates.append((rigid.model, rigid.homography)) }
            if let features { candidates.append((features.model, features.homography)) }
            var best: (model: PairModel, homography: Homography, agreement: Double)?
            for candidate in candidates {
                let found = agreement.of(candidate.homography)
                if found > (best.map { $0.agreement + parameters.improvement } ?? -2) {
                    best = (candidate.model, candidate.homography, found)
                }
            }
            samePlace = true
            homography = best?.homography
            model = best?.model
            agreed = best?.agreement
            reason = nil
        } else if layouts.contains(where: { $0.structure < parameters.leastStructure }) {
            samePlace = nil
            homography = nil
            model = nil
            reason = "one of the pictures is too dark or too flat to tell whether both show the same place"
        } else if isFromAbove {
            samePlace = nil
            homography = sameShape ? rigid?.scaling : nil
            model = nil
            reason =
                sameShape
                ? "the pictures have too little in common to be aligned; they were compared as they lie"
                : "the pictures have too little in common to be aligned, and differ in shape"
        } else if sameShape, rigid?.alignment.isSamePlace == nil {
            samePlace = nil
            homography = rigid?.scaling
            model = nil
            reason = "some of the edges agree, too few to be sure; the pictures were compared as they lie"
        } else {
            samePlace = false
            homography = nil
            model = nil
            reason = "nothing that both pictures show lies where it should: they show different places"
        }
        agreement = agreed
        isFromAnotherSpot = model == .affine || model == .homography
        isSearchedForRoofs = isFromAbove && (agreed ?? 0) < parameters.agreement
        inliers = features?.inliers ?? 0
        errorInPixels = features?.errorInPixels
    }
}

/// The alignment of two pictures of one shape by their edges, at the size of the smaller.
private struct RigidMatch {
    let alignment: Alignment
    /// Both in the first's points.
    let homography: Homography
    /// As they lie: corner to corner.
    let scaling: Homography
    let model: PairModel
    /// The common size where the two differ.
    let scaled: Size?

    /// Greatest relative difference of width over height: a row or two lost by a codec.
    static let shapeTolerance = 0.01
    /// Degrees below which a rotation is none: 0.1 moves the corner of 1000 pixels by less than 1.
    static let leastRotation = 0.1

    /// Edges that do not settle it do so where one shift stands out among all.
    func isSame(_ parameters: PairParameters) -> Bool {
        guard alignment.isSamePlace == nil else { return alignment.isSamePlace == true }
        return (alignment.distinctness ?? 0) >= parameters.distinctness
    }

    /// - Returns: `nil` where the pictures have different shapes.
    init?(before: RGBImage, after: RGBImage) {
        guard min(before.width, before.height, after.width, after.height) > 0 else { return nil }
        let shapes = [before, after].map { Double($0.width) / Double($0.height) }
        guard abs(shapes[0] / shapes[1] - 1) <= RigidMatch.shapeTolerance else { return nil }
        let common = Size(width: min(before.width, after.width), height: min(before.height, after.height))
        let planes = [before, after].map { image in
            let plane = Plane<UInt8>(luminanceOf: image)
            return plane.size == common ? plane : plane.resized(to: common)
        }
        alignment = Registration(reference: planes[0]).align(planes[1])
        func scale(_ from: Size, _ to: Size) -> Homography {
            Homography([
                Double(to.width) / Double(from.width), 0, 0, 0, Double(to.height) / Double(from.height), 0, 0, 0, 1,
            ])
        }
        scaled = before.size == after.size ? nil : common
        scaling = scale(before.size, after.size)
        homography =
            scaled == nil
            ? alignment.transform.homography(in: common)
            : scale(common, after.size).after(alignment.transform.homography(in: common)).after(
                scale(before.size, common))
        let isTurned = abs(alignment.transform.rotationDegrees) >= RigidMatch.leastRotation
        model = scaled != nil ? .affine : isTurned ? .euclidean : .translation
    }
}
