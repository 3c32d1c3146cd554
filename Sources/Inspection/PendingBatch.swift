import Storage
import Village

/// What some captures in a row gave, until it is stored in one transaction.
struct PendingBatch {
    let camera: String
    private var sequence: CameraSequence?
    private var batch = Batch()
    private var counts = RunSummary()
    private var told: [RunEvent] = []
    /// Files that were taken since the last commit.
    private(set) var count = 0

    /// - Parameter sequence: `nil` for a camera without a reference.
    init(camera: String, sequence: CameraSequence?) {
        self.camera = camera
        self.sequence = sequence
    }

    /// Takes what became of the next file, in order of time.
    mutating func take(_ item: WorkItem, _ outcome: CaptureInspector.Outcome) throws {
        count += 1
        switch outcome {
        case .postponed(let reason, let isFault):
            counts.postponed += 1
            if isFault { counts.unreadable += 1 }
            told.append(.notice(camera: camera, message: "\(item.file.path) is left for the next run: \(reason)"))
        case .inspected(var inspected):
            // Still as unreadable as the last time: its row says so already.
            if !inspected.isReadable, inspected.capture.sha256 == nil, item.formerReason == inspected.capture.reason {
                return
            }
            try sequence?.follow(&inspected, batch: &batch)
            batch.captures.append(inspected.capture)
            batch.readings += inspected.readings
            counts.captures += 1
            counts.readings += inspected.readings.count
            counts.byQuality[inspected.capture.quality, default: 0] += 1
            if !inspected.isReadable || inspected.capture.quality == .truncated { counts.unreadable += 1 }
            told.append(
                .captureDone(
                    camera: camera, path: item.file.path, quality: inspected.capture.quality,
                    reason: inspected.capture.reason))
        }
    }

    /// Stores what was taken, with where the camera's detectors stand after it, and then tells of it.
    mutating func commit(to store: Store, _ summary: inout RunSummary, _ events: (RunEvent) -> Void) throws {
        guard count > 0 else { return }
        try sequence?.save(into: &batch)
        try store.commit(batch)
        summary.add(counts)
        told.forEach(events)
        batch = Batch()
        counts = RunSummary()
        told = []
        count = 0
    }
}
