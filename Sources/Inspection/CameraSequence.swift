import Advising
import Analysis
import Archive
import Decoding
import Detection
import Foundation
import Pixels
import Storage
import Village

/// What a camera's captures say one after the other: repeated pictures, and what is being built.
///
/// Everything here happens in the order of time, in one task, and is kept in the store with the captures it belongs to.
struct CameraSequence: Sendable {
    let frame: CameraFrame
    private let run: SiteRun
    /// The reference, until it is stored.
    private var pendingReference: (state: StateRecord, picture: PictureRecord)?
    private var check: SequenceCheck
    private var watch: ConstructionWatch
    private var storedPictures: Set<String>
    private var rooms: RoomSequence?
    private var pens: PenSequence?
    private var crowns: CrownSequence
    private var fruit: FruitSequence?

    private var camera: String { frame.camera.id }

    init(frame: CameraFrame, reference: CameraReference.Found, run: SiteRun) throws {
        self.frame = frame
        self.run = run
        pendingReference = CameraReference.records(reference, camera: frame.camera.id)
        let decoder = JSONDecoder()
        let state = try run.store.state(camera: frame.camera.id, name: "sequence")
        check = SequenceCheck(
            state: try state.map { try decoder.decode(SequenceCheck.State.self, from: $0) } ?? .init())
        let plots = frame.watchedPlots.map {
            (id: $0.plot.id, mask: $0.area.mask.downscaled(by: frame.workingFactor))
        }
        watch = ConstructionWatch(
            parameters: run.models.construction, model: run.models.regions, size: frame.workingSize, plots: plots,
            kernels: run.kernels)
        storedPictures = []
        crowns = try CrownSequence(frame: frame, run: run)
        pens = try frame.pens.map { try PenSequence(frame: $0, camera: frame.camera.id, run: run) }
        fruit = try frame.fruit.map { try FruitSequence(frame: $0, camera: frame.camera.id, run: run) }
        rooms = try frame.room.map { try RoomSequence(frame: $0, camera: frame.camera.id, run: run) }
        if let state = try run.store.state(camera: frame.camera.id, name: "construction") {
            let camera = frame.camera.id, store = run.store
            try watch.restore(state: state) { try store.picture(PictureKey(camera: camera, name: $0)) }
            storedPictures = watch.pictureNames
        }
    }

    /// Takes the next capture; may lower its quality, and puts what was found into the batch.
    mutating func follow(_ inspected: inout CaptureInspector.Inspected, batch: inout Batch) throws {
        judgeRepetition(&inspected)
        crowns.follow(&inspected)
        rooms?.follow(&inspected)
        pens?.follow(&inspected)
        try fruit?.follow(&inspected, batch: &batch)
        guard inspected.capture.quality == .ok, let at = inspected.capture.at, let small = inspected.small,
            isDaylight(inspected.capture), watch.wants(at: at)
        else { return }
        // Many captures are not looked at: only those that are go into the reference frame.
        let working = frame.workingPicture(of: small, displacedBy: inspected.transform)
        for event in watch.look(at: at, path: inspected.capture.path, image: working.image, valid: working.valid) {
            try record(event, at: at, inspected, batch: &batch)
        }
    }

    private func isDaylight(_ capture: Capture) -> Bool {
        capture.solarElevation.map { $0 >= run.models.construction.sunElevation } ?? true
    }

    private mutating func judgeRepetition(_ inspected: inout CaptureInspector.Inspected) {
        guard inspected.isReadable else { return }
        let capture = inspected.capture
        let item = SequenceItem(
            path: capture.path, sha256: capture.sha256, pixelHash: inspected.pixelHash, at: capture.at)
        for finding in check.add(item) {
            switch finding {
            case .duplicate(let original):
                lower(&inspected, to: .duplicate, reason: "the same picture as \(original): a copy, not a new capture")
            case .frozen(let first, let repeats):
                lower(
                    &inspected, to: .frozen,
                    reason:
                        "the camera repeats \(first), \(repeats) times by now: restart the camera or check its recorder"
                )
            case .clockWentBack, .clockLeapt, .silence: break
            }
        }
    }

    private func lower(_ inspected: inout CaptureInspector.Inspected, to quality: Quality, reason: String) {
        guard inspected.capture.quality != .wrongClock else { return }
        inspected.capture.quality = quality
        inspected.capture.reason = reason
        for k in inspected.readings.indices {
            inspected.readings[k].quality = quality
            inspected.readings[k].classShares = [:]
            for quantity in inspected.readings[k].values.keys {
                inspected.readings[k].values[quantity] = .absent(reason: "the capture is \(quality.rawValue)")
            }
        }
    }

    // MARK: Findings

    private func record(
        _ event: ConstructionEvent, at: Date, _ inspected: CaptureInspector.Inspected, batch: inout Batch
    ) throws {
        let candidate: Candidate
        switch event {
        case .confirmed(let it):
            candidate = it
            batch.pictures += try evidence(it, inspected, withBefore: true)
        case .progressed(let it):
            candidate = it
            batch.pictures += try evidence(it, inspected, withBefore: false)
        case .removed(let it), .withdrawn(let it): candidate = it
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        batch.findings.append(
            FindingRecord(
                camera: camera, name: "construction/\(candidate.number)", at: at, body: try encoder.encode(candidate)))
    }

    private func evidence(_ candidate: Candidate, _ inspected: CaptureInspector.Inspected, withBefore: Bool) throws
        -> [PictureRecord]
    {
        var records: [PictureRecord] = []
        func add(_ part: EvidencePart, _ bytes: [UInt8]) {
            records.append(
                PictureRecord(
                    key: PictureKey(camera: camera, name: part.pictureName(of: candidate.number)), bytes: Data(bytes)))
        }
        if let image = (try? Decoder().rgb(inspected.bytes).content).flatMap(frame.fitted) {
            add(.after, try Encoder.jpeg(Warp(of: image, by: inspected.transform).image, quality: 85))
        }
        add(.mask, try Encoder.png(CandidateShape(candidate, in: frame.size, factor: frame.workingFactor).mask))
        if withBefore, let path = candidate.before, let before = aligned(path) {
            add(.before, try Encoder.jpeg(before, quality: 85))
        }
        return records
    }

    /// An earlier capture, in the reference frame; `nil` where the archive no longer has it.
    private func aligned(_ path: String) -> RGBImage? {
        guard let bytes = try? FileReader(archive: run.site.archive).read(path: path),
            let image = try? Decoder().rgb(bytes.bytes).content,
            image.size == frame.size
        else { return nil }
        var pictures = ReducedPictures(of: image, step: frame.step, kernels: run.kernels)
        let alignment = frame.registration.align(&pictures)
        return alignment.isSamePlace == true ? Warp(of: image, by: alignment.transform).image : image
    }

    // MARK: State

    /// Adds to the batch where the next run goes on.
    mutating func save(into batch: inout Batch) throws {
        if let records = pendingReference {
            batch.states.append(records.state)
            batch.pictures.append(records.picture)
            pendingReference = nil
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        batch.states.append(StateRecord(camera: camera, name: "sequence", body: try encoder.encode(check.state)))
        let snapshot = try watch.snapshot(known: storedPictures)
        batch.states.append(StateRecord(camera: camera, name: "construction", body: snapshot.state))
        for (name, bytes) in snapshot.pictures.sorted(by: { $0.key < $1.key }) {
            batch.pictures.append(PictureRecord(key: PictureKey(camera: camera, name: name), bytes: bytes))
        }
        let names = watch.pictureNames
        batch.droppedPictures += storedPictures.subtracting(names).sorted().map { PictureKey(camera: camera, name: $0) }
        storedPictures = names
        try crowns.save(into: &batch)
        try rooms?.save(into: &batch)
        try pens?.save(into: &batch)
        try fruit?.save(into: &batch)
    }
}

/// The pictures kept with a finding.
public enum EvidencePart: String, Sendable, CaseIterable {
    case before, after, mask

    /// The name under which the store keeps it.
    public func pictureName(of candidate: Int) -> String { "evidence/\(candidate)/\(rawValue)" }

    /// The number of the candidate behind a flag, however often that was raised.
    public static func candidate(of flag: String) -> Int? {
        RejectionMemory.thing(of: flag).split(separator: "-").last.flatMap { Int($0) }
    }

    /// The file that a flag names.
    public func fileName(of flag: String) -> String { "\(flag)-\(rawValue).\(self == .mask ? "png" : "jpg")" }
}
