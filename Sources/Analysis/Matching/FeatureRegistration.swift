import Pixels

/// How two pictures of one place, taken from any two spots, lie to each other, by features that both show.
///
/// Harris corners at several sizes, described by gradient histograms, matched by ratio and mutual nearness; the model
/// by RANSAC (Fischler and Bolles 1981) with a fixed sequence of random numbers, refined on the pairs that fit. Of
/// translation, euclidean, affine and homography the simplest is taken that explains nearly as many pairs as the
/// best.
///
/// - Exactness: the same result for the same two planes.
/// - Complexity: about a second, several where nothing agrees; for pairs of pictures, not for every capture of a
///   night.
public struct FeatureRegistration: Sendable, Equatable {
    /// Greatest width at which features are sought, in pixels: larger pictures are averaged down by a whole factor.
    static let finestWidth = 1000
    /// Least number of fitting pairs: 4 of them fit any homography, and RANSAC over some hundred unrelated pairs
    /// finds up to 8 that agree.
    static let leastInliers = 12
    /// The same after squeezing, where there are more tries.
    static let leastSqueezedInliers = 20
    /// By how much a picture is squeezed along x and y to look like one seen from aside.
    static let squeezes = [SIMD2(2.0, 1.0), SIMD2(3, 1), SIMD2(1, 2)]

    public let model: PairModel
    /// From the points of the first picture to those of the second.
    public let homography: Homography
    /// How many pairs fit.
    public let inliers: Int
    /// How many pairs there were.
    public let pairs: Int
    /// Root mean square distance of the fitting pairs from the model, in pixels of the second picture.
    public let errorInPixels: Double

    /// - Parameter ignored: inside where the first picture has nothing of the place: a clock, a logo. A clock alone,
    ///   seen at one spot in both pictures, looks like a perfect match without any shift.
    /// - Returns: `nil` where too few features agree: another place, or nothing to see.
    public init?(from first: Plane<UInt8>, to second: Plane<UInt8>, ignoring ignored: Mask? = nil) {
        precondition(ignored.map { $0.size == first.size } ?? true, "the mask has the first picture's size")
        let scales = [first, second].map {
            max(1, ($0.width + FeatureRegistration.finestWidth - 1) / FeatureRegistration.finestWidth)
        }
        let a = first.downscaled(by: scales[0]), b = second.downscaled(by: scales[1])
        func isShown(_ feature: Feature) -> Bool {
            guard let ignored else { return true }
            let x = Int(feature.position.x * Double(scales[0])), y = Int(feature.position.y * Double(scales[0]))
            return !ignored[min(x, ignored.width - 1), min(y, ignored.height - 1)]
        }
        let own = FeatureExtraction(of: a).features.filter(isShown), others = FeatureExtraction(of: b).features
        var best = PairAgreement(own, others, leastInliers: FeatureRegistration.leastInliers)
        if best == nil {
            // Seen from far aside, one picture looks like the other squeezed (Morel and Yu 2009).
            for squeeze in FeatureRegistration.squeezes {
                for candidate in [
                    PairAgreement(
                        FeatureExtraction(of: a, squeezedBy: squeeze).features.filter(isShown), others,
                        leastInliers: FeatureRegistration.leastSqueezedInliers),
                    PairAgreement(
                        own, FeatureExtraction(of: b, squeezedBy: squeeze).features,
                        leastInliers: FeatureRegistration.leastSqueezedInliers),
                ] {
                    if let candidate, candidate.inliers.count > best?.inliers.count ?? 0 { best = candidate }
                }
            }
        }
        guard let best else { return nil }
        model = best.model
        inliers = best.inliers.count
        pairs = best.from.count
        errorInPixels = best.error * Double(scales[1])
        let s = 1 / Double(scales[0]), t = Double(scales[1])
        homography = Homography([t, 0, 0, 0, t, 0, 0, 0, 1]).after(best.homography).after(
            Homography([s, 0, 0, 0, s, 0, 0, 0, 1]))
    }
}
