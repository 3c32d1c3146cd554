import Analysis
import Archive
import Decoding
import Detection
import Foundation
import Pixels
import Storage
import Village

/// The run of one camera: scans, inspects in batches, follows the sequence in order of time, stores.
struct CameraRun: Sendable {
    let run: SiteRun
    let camera: Camera

    /// Captures that are read before their results are stored; full pictures of so many are held at once.
    private var batchSize: Int { max(8, 4 * run.options.jobs) }

    func run(
        into summary: inout RunSummary, isCancelled: @Sendable () -> Bool, events: @Sendable (RunEvent) -> Void
    ) async throws {
        let finder = TimeFinder(rule: camera.timestamp, clock: run.clock, now: run.now)
        let worklist = try Worklist(
            camera: camera, archive: run.site.archive, store: run.store, finder: finder, since: run.options.since,
            until: run.options.until)
        events(.cameraStarted(camera: camera.id, newCaptures: worklist.items.count))
        try storeProblems(worklist.problems, summary: &summary, events: events)
        defer { events(.cameraDone(camera: camera.id)) }
        guard !worklist.items.isEmpty else { return }

        let reader = FileReader(archive: run.site.archive)
        var inspector = CaptureInspector(
            site: run.site, clock: run.clock, camera: camera, frame: nil, models: run.models, kernels: run.kernels,
            reader: reader,
            finder: finder, now: run.now)
        let reference = try CameraReference(camera: camera, store: run.store, reader: reader).find(
            among: worklist.items, inspector: inspector)
        guard let reference else {
            // No picture could serve: every file still gets its row and its reason.
            for start in stride(from: 0, to: worklist.items.count, by: batchSize) {
                if isCancelled() {
                    summary.wasInterrupted = true
                    return
                }
                let items = Array(worklist.items[start..<min(start + batchSize, worklist.items.count)])
                try await storeBatch(items, inspector: inspector, sequence: nil, summary: &summary, events: events)
            }
            return
        }
        let frame = try CameraFrame(
            camera: camera, plots: run.site.plots(of: camera.id), reference: reference.image, path: reference.path,
            models: run.models)
        inspector = CaptureInspector(
            site: run.site, clock: run.clock, camera: camera, frame: frame, models: run.models, kernels: run.kernels,
            reader: reader,
            finder: finder, now: run.now)
        var sequence: CameraSequence? = try CameraSequence(frame: frame, reference: reference, run: run)
        for start in stride(from: 0, to: worklist.items.count, by: batchSize) {
            if isCancelled() {
                summary.wasInterrupted = true
                return
            }
            let items = Array(worklist.items[start..<min(start + batchSize, worklist.items.count)])
            sequence = try await storeBatch(
                items, inspector: inspector, sequence: sequence, summary: &summary, events: events)
        }
    }

    /// What looks like a picture and is none gets its row too.
    private func storeProblems(
        _ problems: [ScanProblem], summary: inout RunSummary, events: @Sendable (RunEvent) -> Void
    ) throws {
        guard !problems.isEmpty else { return }
        var batch = Batch()
        for problem in problems {
            let reason = "\(problem.reason): \(problem.remedy)"
            batch.captures.append(Capture(camera: camera.id, path: problem.path, quality: .corrupt, reason: reason))
            events(.captureDone(camera: camera.id, path: problem.path, quality: .corrupt, reason: reason))
        }
        summary.captures += problems.count
        summary.unreadable += problems.count
        summary.byQuality[.corrupt, default: 0] += problems.count
        try run.store.commit(batch)
    }

    @discardableResult
    private func storeBatch(
        _ items: [WorkItem], inspector: CaptureInspector, sequence: CameraSequence?, summary: inout RunSummary,
        events: @Sendable (RunEvent) -> Void
    ) async throws -> CameraSequence? {
        var sequence = sequence
        let outcomes = await ParallelMap(jobs: run.options.jobs).map(items) { inspector.inspect($0) }
        var batch = Batch()
        var told: [RunEvent] = []
        for (item, outcome) in zip(items, outcomes) {
            switch outcome {
            case .postponed(let reason):
                summary.postponed += 1
                told.append(
                    .notice(camera: camera.id, message: "\(item.file.path) is left for the next run: \(reason)"))
            case .inspected(var inspected):
                // Still as unreadable as the last time: its row says so already.
                if !inspected.isReadable, inspected.capture.sha256 == nil, item.formerReason == inspected.capture.reason
                {
                    continue
                }
                try sequence?.follow(&inspected, batch: &batch)
                batch.captures.append(inspected.capture)
                batch.readings += inspected.readings
                summary.captures += 1
                summary.readings += inspected.readings.count
                summary.byQuality[inspected.capture.quality, default: 0] += 1
                if !inspected.isReadable || inspected.capture.quality == .truncated { summary.unreadable += 1 }
                told.append(
                    .captureDone(
                        camera: camera.id, path: item.file.path, quality: inspected.capture.quality,
                        reason: inspected.capture.reason))
            }
        }
        try sequence?.save(into: &batch)
        try run.store.commit(batch)
        told.forEach(events)
        return sequence
    }
}
