import Analysis
import Decoding
import Detection
import Foundation
import Pixels
import Storage
import Village

/// The rooms of one camera, capture after capture.
struct RoomSequence: Sendable {
    private let camera: String
    private let frame: RoomFrame
    private var watch: RoomWatch
    private var silhouettes: [String: Mask] = [:]

    private static let stateName = "room"

    init(frame: RoomFrame, camera: String, run: SiteRun) throws {
        self.camera = camera
        self.frame = frame
        watch = RoomWatch(
            parameters: run.models.room, size: frame.size, plots: frame.plots.map { ($0.plot.id, $0.mask) },
            reference: frame.reference)
        if let state = try run.store.state(camera: camera, name: RoomSequence.stateName) {
            let store = run.store
            try watch.restore(state: state) { try store.picture(PictureKey(camera: camera, name: $0)) }
        }
    }

    /// Takes the next capture and writes into its readings who is there.
    mutating func follow(_ inspected: inout CaptureInspector.Inspected) {
        let presences = look(inspected)
        for k in inspected.readings.indices {
            let plot = inspected.readings[k].plot
            guard let index = frame.plots.firstIndex(where: { $0.plot.id == plot }) else { continue }
            if let presence = presences?[index] {
                inspected.readings[k].values[.activity] = .value(presence.share)
                inspected.readings[k].values[.stillHours] = .value(presence.stillHours)
                if presence.share > 0 { silhouettes[plot] = presence.silhouette }
            } else {
                let reason =
                    RoomFrame.measurable.contains(inspected.capture.quality)
                    ? "the empty room is not known yet in this light"
                    : "the capture is \(inspected.capture.quality.rawValue)"
                inspected.readings[k].values[.activity] = .absent(reason: reason)
                inspected.readings[k].values[.stillHours] = .absent(reason: reason)
            }
        }
    }

    private mutating func look(_ inspected: CaptureInspector.Inspected) -> [RoomWatch.Presence]? {
        guard let at = inspected.capture.at, let picture = inspected.room,
            RoomFrame.measurable.contains(inspected.capture.quality)
        else { return nil }
        return watch.look(at: at, image: picture.image, valid: picture.valid, mode: picture.mode)
    }

    mutating func save(into batch: inout Batch) throws {
        let snapshot = try watch.snapshot()
        batch.states.append(StateRecord(camera: camera, name: RoomSequence.stateName, body: snapshot.state))
        for (name, bytes) in snapshot.pictures.sorted(by: { $0.key < $1.key }) {
            batch.pictures.append(PictureRecord(key: PictureKey(camera: camera, name: name), bytes: bytes))
        }
        for (plot, mask) in silhouettes.sorted(by: { $0.key < $1.key }) {
            batch.pictures.append(
                PictureRecord(key: Silhouette.key(camera: camera, plot: plot), bytes: try Silhouette(mask).bytes))
        }
        silhouettes = [:]
    }
}

/// Where in a room somebody was seen last, so blurred that a person is only a patch of grey. No pixel of a picture.
public struct Silhouette: Sendable {
    /// 0 = nobody, 255 = somebody.
    public let plane: Plane<UInt8>

    /// Columns.
    static let width = 64
    /// Blur in columns.
    static let sigma: Float = 2

    init(_ mask: Mask) {
        let factor = max(1, mask.width / Silhouette.width)
        let small = Plane(width: mask.width, height: mask.height, samples: mask.bytes).downscaled(by: factor)
        let blurred = Plane(width: small.width, height: small.height, samples: small.samples.map(Float.init)).blurred(
            sigma: Silhouette.sigma)
        plane = Plane(
            width: small.width, height: small.height,
            samples: blurred.samples.map { UInt8(min(max($0.rounded(), 0), 255)) })
    }

    var bytes: Data { get throws { Data(try Encoder.png(plane)) } }

    static func key(camera: String, plot: String) -> PictureKey {
        PictureKey(camera: camera, name: "silhouette/\(plot)")
    }

    /// The PNG of the last one; `nil` where nobody was ever seen.
    public static func stored(camera: String, plot: String, in store: Store) throws(StoreError) -> [UInt8]? {
        try store.picture(key(camera: camera, plot: plot)).map { [UInt8]($0) }
    }
}
