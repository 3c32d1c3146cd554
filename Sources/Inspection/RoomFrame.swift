import Analysis
import Detection
import Pixels
import Village

/// A camera's frame, small, for the rooms that it sees.
struct RoomFrame: Sendable {
    /// By how much the small picture is smaller.
    let factor: Int
    let size: Size
    let plots: [(plot: Plot, mask: Mask)]
    let reference: RGBImage
    private let ignored: Mask

    /// A capture in the small frame.
    struct Picture: Sendable {
        var image: RGBImage
        var valid: Mask
        var mode: RoomWatch.Mode
    }

    /// Captures that show a room well enough; fog and white are what a curtain and a lamp may look like.
    static let measurable: Set<Quality> = [.ok, .infrared, .fog, .overexposed]

    /// - Returns: `nil` where the camera sees no room.
    init?(plots: [(plot: Plot, area: PlotArea)], reference: RGBImage, ignored: Mask, parameters: RoomParameters) {
        let rooms = plots.filter { $0.plot.kind == .room }
        guard !rooms.isEmpty else { return nil }
        factor = max(1, (reference.width + parameters.width - 1) / parameters.width)
        let factor = factor
        self.ignored = ignored.downscaled(by: factor)
        size = self.ignored.size
        guard size.width > 1, size.height > 1 else { return nil }
        self.reference = reference.downscaled(by: factor)
        self.plots = rooms.map { ($0.plot, $0.area.mask.downscaled(by: factor)) }
    }

    func picture(of image: RGBImage, displacedBy transform: RigidTransform, quality: Quality) -> Picture {
        let small = image.downscaled(by: factor), scale = Double(factor)
        let warp = Warp(
            of: small,
            by: RigidTransform(
                dx: transform.dx / scale, dy: transform.dy / scale, rotationDegrees: transform.rotationDegrees))
        return Picture(
            image: warp.image, valid: warp.valid.subtracting(ignored),
            mode: quality == .infrared ? .infrared : .colour)
    }
}
