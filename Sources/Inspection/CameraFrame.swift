import Analysis
import Decoding
import Detection
import Foundation
import Pixels
import Village

/// A camera's reference picture with everything that is measured in its frame, worked out once for a run.
struct CameraFrame: Sendable {
    let camera: Camera
    let referencePath: String
    let size: Size
    /// A camera whose colours alone are measured seldom needs it.
    private let scene: Deferred<Scene>
    /// In the order of the site file; a plot's validity by day is asked per capture.
    let plots: [(plot: Plot, area: PlotArea)]
    /// By how much captures are smaller at least where they are compared.
    let step: Int
    /// By how much the working picture of construction is smaller.
    let workingFactor: Int
    let workingSize: Size
    let workingIgnored: Mask
    private let hasWorkingIgnored: Bool
    /// Where the camera sees rooms.
    let room: RoomFrame?
    /// Where it sees pens.
    let pens: PenFrame?
    /// Where it sees fruit on a table.
    let fruit: FruitFrame?
    /// Where its colours alone are measured; `nil` where it measures everything.
    let colour: ColourFrame?

    init(
        camera: Camera, plots: [Plot], reference image: RGBImage, blockMeans: RGBImage? = nil, path: String,
        models: Models
    ) throws {
        self.camera = camera
        referencePath = path
        size = image.size
        let size = image.size
        let ignored = CameraFrame.ignored(by: camera, in: size)
        let skipped = camera.ignore.isEmpty ? nil : ignored
        let factor = max(1, (size.width + models.construction.workingWidth - 1) / models.construction.workingWidth)
        let step = CameraFrame.step(of: camera, width: size.width, workingFactor: factor)
        self.step = step
        scene = Deferred {
            var pictures = ReducedPictures(of: image, step: step)
            return Scene(
                registration: Registration(reference: &pictures, ignoring: skipped),
                wide: CameraFrame.wideRegistration(&pictures, ignoring: skipped),
                health: SceneHealth.Reference(of: &pictures, parameters: models.sceneHealth))
        }
        self.plots = try plots.map { plot in
            let mask = try CameraFrame.mask(of: plot, size: size)
            // A mask file says itself what counts.
            if case .mask = plot.shape { return (plot, PlotArea(mask: mask)) }
            return (plot, PlotArea(mask: mask.subtracting(ignored)))
        }
        workingFactor = factor
        workingIgnored = ignored.downscaled(by: factor)
        hasWorkingIgnored = workingIgnored.count > 0
        workingSize = workingIgnored.size
        pens = PenFrame(camera: camera, plots: self.plots, ignored: ignored)
        fruit = try FruitFrame(plots: plots, models: models)
        colour =
            camera.measures.isColourOnly
            ? ColourFrame(
                plots: self.plots, reference: image, blockMeans: blockMeans, ignored: ignored,
                measures: camera.measures) : nil
        room = RoomFrame(plots: self.plots, reference: image, ignored: ignored, parameters: models.room)
    }

    /// What captures are compared with.
    private struct Scene: Sendable {
        let registration: Registration
        let wide: Registration
        let health: SceneHealth.Reference
    }

    var registration: Registration { scene.value.registration }
    /// Seeks further, for captures that the first does not recognise.
    var wide: Registration { scene.value.wide }
    var health: SceneHealth.Reference { scene.value.health }

    /// Where nothing counts; made anew each time, as it is as large as a picture and seldom asked for.
    var ignored: Mask { CameraFrame.ignored(by: camera, in: size) }

    private static func ignored(by camera: Camera, in size: Size) -> Mask {
        camera.ignore.reduce(Mask(width: size.width, height: size.height, inside: false)) {
            $0.union(Mask(filling: Polygon($1), size: size))
        }
    }

    private static func mask(of plot: Plot, size: Size) throws -> Mask {
        switch plot.shape {
        case .polygon(let outline): return Mask(filling: Polygon(outline), size: size)
        case .mask(let path):
            let bytes: [UInt8]
            do {
                bytes = try MaskFile.bytes(path)
            } catch {
                throw InspectionFailure(
                    subject: path, stage: .configuring,
                    message: "the mask of plot \(plot.id) cannot be read: \(error.message)",
                    chinese: "地块 \(plot.id) 的掩膜图读不了：\(error.message)",
                    disposition: .stopRun)
            }
            let isTIFF = ImageFormat(firstBytes: bytes) == .tiff
            do {
                let mask = try Decoder().mask(bytes, insideIsZero: isTIFF)
                guard mask.size == size else {
                    throw InspectionFailure(
                        subject: path, stage: .configuring,
                        message: "the mask of plot \(plot.id) is \(mask.width) × \(mask.height), the reference picture "
                            + "\(size.width) × \(size.height): draw it on the reference picture",
                        chinese:
                            "地块 \(plot.id) 的掩膜图是 \(mask.width) × \(mask.height)，参考照片是 \(size.width) × \(size.height)：请在参考照片上画",
                        disposition: .stopRun)
                }
                return mask
            } catch let error as DecodingError {
                throw InspectionFailure(
                    subject: path, stage: .configuring,
                    message: "the mask of plot \(plot.id) cannot be decoded: \(error.message)",
                    chinese: "地块 \(plot.id) 的掩膜图解不开：\(error.message)",
                    disposition: .stopRun)
            }
        }
    }

    /// The picture at the reference's size; `nil` where its shape is another. A firmware update changes sizes, not
    /// scenes.
    func fitted(_ image: RGBImage) -> RGBImage? {
        if image.size == size { return image }
        let ratio = Double(image.width * size.height) / Double(image.height * size.width)
        guard abs(ratio - 1) < 0.01 else { return nil }
        return image.resized(to: size)
    }

    /// The plots on which construction is looked for: a room or a table is nobody's building site.
    var watchedPlots: [(plot: Plot, area: PlotArea)] {
        camera.measures.isOfBuildings ? plots.filter { $0.plot.isOutdoors } : []
    }

    /// Whether construction is looked for at all.
    var isWatched: Bool { !watchedPlots.isEmpty }

    /// The plots that are valid on this day.
    func plots(on day: Day) -> [(plot: Plot, area: PlotArea)] { plots.filter { $0.plot.valid.contains(day) } }

    /// The plot's mask as a displaced capture shows it, by nearest pixel.
    func area(_ area: PlotArea, displacedBy transform: RigidTransform) -> PlotArea {
        let m = transform.inverse.homography(in: size).matrix
        // Only where the plot can have gone.
        let reach = Int(transform.cornerDistance(to: .identity, in: size).rounded(.up)) + 1
        let bounds = area.bounds.expanded(by: reach).intersection(Region(size))
        var bytes = [UInt8](repeating: 0, count: size.area)
        area.mask.bytes.withUnsafeBufferPointer { source in
            bytes.withUnsafeMutableBufferPointer { out in
                for y in bounds.y..<max(bounds.y, bounds.maxY) {
                    let py = Double(y) + 0.5
                    let u0 = m[1] * py + m[2], v0 = m[4] * py + m[5]
                    for x in bounds.x..<max(bounds.x, bounds.maxX) {
                        let px = Double(x) + 0.5, fx = m[0] * px + u0, fy = m[3] * px + v0
                        guard fx >= 0, fy >= 0 else { continue }
                        let u = Int(fx), v = Int(fy)
                        guard u < size.width, v < size.height else { continue }
                        out[y &* size.width &+ x] = source[v &* size.width &+ u]
                    }
                }
            }
        }
        return PlotArea(mask: Mask(width: size.width, height: size.height, bytes: bytes))
    }

    /// Equal for equal pictures, whatever the clock burnt into them shows.
    ///
    /// - Parameter small: the picture reduced by ``workingFactor``.
    func pixelHash(of small: RGBImage) -> String {
        var plane = Plane(luminanceOf: small)
        if hasWorkingIgnored {
            for i in plane.samples.indices where workingIgnored.bytes[i] != 0 { plane.samples[i] = 0 }
        }
        return String(PerceptualHash.exact(of: plane), radix: 16)
    }

    /// A capture, reduced by ``workingFactor``, in the reference frame, and where it is valid.
    func workingPicture(of small: RGBImage, displacedBy transform: RigidTransform) -> (image: RGBImage, valid: Mask) {
        let factor = Double(workingFactor)
        let reduced = RigidTransform(
            dx: transform.dx / factor, dy: transform.dy / factor, rotationDegrees: transform.rotationDegrees)
        let warp = Warp(of: small, by: reduced)
        return (warp.image, warp.valid.subtracting(workingIgnored))
    }
}
