import Analysis
import Archive
import Decoding
import Foundation
import Pixels
import Storage
import Village

/// The clean picture of a camera: the median of many usable captures in the reference frame, those who stood long put
/// right, so that people and vehicles go.
public struct CleanReference: Sendable {
    public let image: RGBImage
    /// How many captures are in it.
    public let captureCount: Int

    /// Bytes of decoded pictures held at once; fewer captures are used where they are larger.
    static let memory = 384 << 20
    static let fewest = 3

    /// - Throws: ``InspectionFailure`` where fewer than three usable captures can be read.
    /// - Complexity: decodes up to 31 captures, spread evenly over the time asked for.
    public init(camera: Camera, site: Site, store: Store, since: Date?, until: Date?) throws {
        let paths = try CleanReference.usable(camera: camera.id, store: store, since: since, until: until)
        let reader = FileReader(archive: site.archive)
        let decoder = Decoder()
        guard let size = try ReferencePicture.stored(camera: camera.id, in: store)?.size else {
            throw InspectionFailure(
                subject: camera.id, stage: .configuring,
                message: "the camera has no reference yet: run `plotwatch run` first",
                chinese: "这个摄像头还没有参考照片：请先运行 plotwatch run",
                disposition: .stopRun)
        }
        let count = min(
            MedianComposite.limit, max(CleanReference.fewest, CleanReference.memory / max(4 * size.area, 1)))
        var images: [RGBImage] = [], valid: [Mask?] = []
        for capture in CleanReference.spread(paths, count: count) {
            guard let bytes = try? reader.read(path: capture.path), let image = try? decoder.rgb(bytes.bytes).content,
                image.size == size
            else { continue }
            guard let shift = capture.shift, CleanReference.isDisplaced(shift, size: size) else {
                images.append(image)
                valid.append(nil)
                continue
            }
            let warp = Warp(of: image, by: RigidTransform(dx: shift.dx, dy: shift.dy, rotationDegrees: shift.rotation))
            images.append(warp.image)
            valid.append(warp.valid)
        }
        guard images.count >= CleanReference.fewest else {
            throw InspectionFailure(
                subject: camera.id, stage: .reading,
                message:
                    "only \(images.count) usable captures could be read in this time; three are needed: choose a longer time",
                chinese: "这段时间只有 \(images.count) 张能用，至少要三张：请选长一些的时间",
                disposition: .stopRun)
        }
        image = PresentComposite(images: images, valid: valid).image
        captureCount = images.count
    }

    /// Pixels at the corners below which a capture is taken as it is: half of what resampling blurs.
    static let leastDisplacement = 0.5

    /// Whether a capture lies so far off the reference that resampling does more good than harm.
    private static func isDisplaced(_ shift: Shift, size: Size) -> Bool {
        let corner = Double(size.width * size.width + size.height * size.height).squareRoot() / 2
        let turned = abs(shift.rotation) * .pi / 180 * corner
        return (shift.dx * shift.dx + shift.dy * shift.dy).squareRoot() + turned >= leastDisplacement
    }

    private static func usable(camera: String, store: Store, since: Date?, until: Date?) throws -> [Capture] {
        var captures: [Capture] = []
        try store.forEachCapture(Selection(camera: camera, since: since, until: until, quality: .ok)) {
            captures.append($0)
        }
        return captures
    }

    static func spread(_ captures: [Capture], count: Int) -> [Capture] {
        guard captures.count > count, count > 1 else { return captures }
        return (0..<count).map { captures[$0 * (captures.count - 1) / (count - 1)] }
    }
}
