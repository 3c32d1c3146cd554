import Analysis
import Detection
import Pixels
import Village

/// The pens that a camera sees, in its frame.
struct PenFrame: Sendable {
    struct Pen: Sendable {
        var plot: Plot
        var mask: Mask
        /// m² of ground; `nil` without ground points.
        var squareMetres: Double?
    }

    let pens: [Pen]
    let ground: GroundPlane?
    let ignored: Mask

    /// Captures in which animals are counted; infrared ones against nights of their own.
    static let measurable: Set<Quality> = [.ok, .infrared]

    /// A capture in the reference frame.
    struct Picture: Sendable {
        var image: RGBImage
        var valid: Mask
    }

    /// - Returns: `nil` where the camera sees no pen.
    init?(camera: Camera, plots: [(plot: Plot, area: PlotArea)], ignored: Mask) {
        let pens = plots.filter { $0.plot.isPen && $0.area.pixelCount > 0 }
        guard !pens.isEmpty else { return nil }
        let ground =
            camera.ground.count >= 4
            ? GroundPlane(pixels: camera.ground.map(\.pixel), metres: camera.ground.map(\.metres)) : nil
        self.pens = pens.map { plot, area in
            Pen(
                plot: plot, mask: area.mask,
                squareMetres: ground.flatMap { plane in
                    if case .polygon(let outline) = plot.shape {
                        return plane.areaInSquareMetres(of: Polygon(outline))
                    }
                    return plane.areaInSquareMetres(of: area.mask)
                })
        }
        self.ground = ground
        self.ignored = ignored
    }

    func picture(of image: RGBImage, displacedBy transform: RigidTransform) -> Picture {
        let warp = Warp(of: image, by: transform)
        return Picture(image: warp.image, valid: warp.valid)
    }
}
