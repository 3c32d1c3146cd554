import Analysis
import Foundation
import Pixels

extension CameraFrame {
    enum WideAlignment {
        case samePlace(RigidTransform)
        /// The place is seen, but so far beside where it was that nothing can be measured.
        case displaced
    }

    /// Columns at which features are sought, at most.
    private static let featureWidth = 640

    static func featureFactor(_ size: Size) -> Int { max(1, (size.width + featureWidth - 1) / featureWidth) }

    /// By features, for a capture whose edges do not tell; `nil` where features do not either.
    func wideAlignment(of image: RGBImage) -> WideAlignment? {
        let factor = CameraFrame.featureFactor(size)
        let seen = Plane(luminanceOf: image.downscaled(by: factor))
        guard let found = FeatureRegistration(from: featureReference, to: seen, ignoring: ignored.downscaled(by: factor)) else { return nil }
        let centre = SIMD2(Double(seen.width) / 2, Double(seen.height) / 2)
        let shift = found.homography.point(centre) - centre
        let reach = Registration.Parameters().range * Double(seen.width)
        guard abs(shift.x) <= reach, abs(shift.y) <= reach else { return .displaced }
        guard found.model == .translation || found.model == .euclidean else { return nil }
        let edge = found.homography.point(SIMD2(centre.x + 100, centre.y)) - found.homography.point(centre)
        return .samePlace(
            RigidTransform(
                dx: shift.x * Double(factor), dy: shift.y * Double(factor), rotationDegrees: atan2(edge.y, edge.x) * 180 / .pi))
    }
}
