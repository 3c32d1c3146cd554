import Analysis
import Archive
import Decoding
import Detection
import Foundation
import Kernels
import Pixels
import Storage
import Village

/// Answers from the archive when what is seen in an outline first appeared.
///
/// The oldest captures make the picture of what was there before; every other capture is compared with it inside the
/// outline, light explained, and the moment is sought from which on it differs for good.
public struct FirstAppearance {
    /// Captures looked at in each of the two passes, the second between the neighbours of the first one's answer.
    static let looks = 96
    /// The oldest captures that "before" is made of, at most, and at least.
    static let oldest = 2...7

    private let frame: CameraFrame
    private let parameters: ConstructionParameters
    private let reader: FileReader
    private let store: Store

    /// - Throws: `InspectionFailure` where the camera has no reference yet.
    public init(camera: Camera, site: Site, store: Store, models: Models) throws {
        guard let reference = try ReferencePicture.stored(camera: camera.id, in: store) else {
            throw InspectionFailure(
                subject: camera.id, stage: .configuring,
                message: "the camera has no reference yet: run `plotwatch run` first",
                chinese: "这个摄像头还没有参考照片：请先运行 plotwatch run", disposition: .stopRun)
        }
        frame = try CameraFrame(
            camera: camera, plots: [], reference: reference.image, path: reference.path, models: models)
        parameters = models.construction
        reader = FileReader(archive: site.archive)
        self.store = store
    }

    /// - Parameters:
    ///   - polygon: in pixels of the reference picture.
    ///   - until: the state at this moment is asked for; `nil` = now.
    /// - Throws: `InspectionFailure` where the polygon holds no pixel.
    public func find(_ polygon: Polygon, plot: String, until: Date?) throws -> Appearance {
        let area = Mask(filling: polygon, size: frame.size).subtracting(frame.ignored)
            .downscaled(by: frame.workingFactor)
        guard area.count > 0 else {
            throw InspectionFailure(
                subject: plot, stage: .configuring,
                message: "the polygon holds no pixel of the reference picture of \(frame.size.width) × "
                    + "\(frame.size.height), or only such as are ignored", disposition: .stopRun)
        }
        let captures = try usable(until: until)
        let views = captures.prefix(FirstAppearance.oldest.upperBound * 2).lazy.compactMap { view($0) }
            .prefix(FirstAppearance.oldest.upperBound)
        var appearance = Appearance(
            plot: plot, camera: frame.camera.id, outline: polygon.vertices, captures: captures.count)
        guard captures.count >= 2 * LastingStep.least + FirstAppearance.oldest.lowerBound,
            views.count >= FirstAppearance.oldest.lowerBound
        else {
            appearance.reason = Bilingual(
                zh: "可用的白天照片只有\(captures.count)张，看不出来。",
                en: "There are only \(captures.count) usable daylight captures: it cannot be told.")
            return appearance
        }
        let before = composite(Array(views))
        var seen = differences(CleanReference.spread(captures, count: FirstAppearance.looks), before: before, area)
        if let step = LastingStep(seen.map(\.value)) {
            let from = seen[max(0, step.index - 2)].capture, to = seen[min(seen.count - 1, step.index + 1)].capture
            let known = Set(seen.map(\.capture.path))
            let between = captures.filter {
                ($0.at ?? .distantPast) >= (from.at ?? .distantPast)
                    && ($0.at ?? .distantPast) <= (to.at ?? .distantPast)
                    && !known.contains($0.path)
            }
            seen += differences(CleanReference.spread(between, count: FirstAppearance.looks), before: before, area)
            seen.sort { ($0.capture.at ?? .distantPast) < ($1.capture.at ?? .distantPast) }
        }
        appearance.captures = seen.count
        guard let step = LastingStep(seen.map(\.value)) else {
            appearance.reason = Bilingual(
                zh: "整个存档里这一处没有明显、持久的变化：要么一直就有，要么没有新东西。",
                en: "Nothing here changed for good in the whole archive: it was there all along, or nothing is new.")
            return appearance
        }
        appearance.firstSeen = sighting(seen[step.index].capture)
        appearance.lastWithout = step.index > 0 ? sighting(seen[step.index - 1].capture) : nil
        appearance.changedShare = abs(step.rise)
        return appearance
    }

    private func sighting(_ capture: Capture) -> Appearance.Sighting? {
        capture.at.map { Appearance.Sighting(at: $0, capture: capture.path) }
    }

    /// Daylight captures of good quality, oldest first.
    private func usable(until: Date?) throws -> [Capture] {
        var captures: [Capture] = []
        try store.forEachCapture(Selection(camera: frame.camera.id, until: until, quality: .ok)) { capture in
            guard capture.at != nil, capture.solarElevation.map({ $0 >= parameters.sunElevation }) ?? true else {
                return
            }
            captures.append(capture)
        }
        return captures
    }

    private func differences(_ captures: [Capture], before: SceneView, _ area: Mask) -> [(
        capture: Capture, value: Double
    )] {
        captures.compactMap { capture in
            guard let view = view(capture) else { return nil }
            let shown = area.intersection(view.valid).intersection(before.valid).count
            guard 2 * shown >= area.count else { return nil }
            let changed = ChangeMap(
                of: view, against: before, parameters: parameters, kernels: .best
            ).changed
            return (capture, Double(changed.intersection(area).count) / Double(shown))
        }
    }

    private func composite(_ views: [SceneView]) -> SceneView {
        let median = MedianComposite(images: views.map(\.image), valid: views.map(\.valid))
        let valid = Mask(
            width: median.image.width, height: median.image.height,
            bytes: median.support.samples.map { $0 > 0 ? 255 : 0 })
        return SceneView(image: median.image, valid: valid, radius: parameters.correlationRadius)
    }

    /// A capture in the reference frame, of the working size; `nil` where the archive no longer has it.
    private func view(_ capture: Capture) -> SceneView? {
        guard let bytes = try? reader.read(path: capture.path),
            let image = (try? Decoder().rgb(bytes.bytes).content).flatMap(frame.fitted)
        else { return nil }
        let transform =
            capture.shift.map { RigidTransform(dx: $0.dx, dy: $0.dy, rotationDegrees: $0.rotation) } ?? .identity
        let working = frame.workingPicture(of: image.downscaled(by: frame.workingFactor), displacedBy: transform)
        return SceneView(image: working.image, valid: working.valid, radius: parameters.correlationRadius)
    }
}
