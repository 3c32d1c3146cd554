import Pixels

/// The corners of a picture with their descriptions, to be compared with those of many others.
public struct PictureFeatures: Sendable {
    let features: [Feature]

    /// - Complexity: some ten milliseconds for a picture of 320 columns.
    public init(of plane: Plane<UInt8>) { features = FeatureExtraction(of: plane).features }

    /// From the points of this picture to those of `other`, by a movement with turn, scale and shear; `nil` where too few
    /// corners agree.
    public func transform(to other: PictureFeatures) -> (homography: Homography, inliers: Int)? {
        PairAgreement(features, other.features, leastInliers: FeatureRegistration.leastInliers).map {
            ($0.homography, $0.inliers.count)
        }
    }
}
