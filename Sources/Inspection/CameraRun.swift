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

    /// Captures whose results are stored in one transaction: what a killed run loses at most. The captures' pictures are
    /// not kept so long.
    private static let batchSize = 64
    /// Of captures that take long fewer are enough, after such a time.
    private static let slowBatch = (size: 16, time: Duration.seconds(2))

    func run(
        into summary: inout RunSummary, isCancelled: @Sendable () -> Bool, events: @Sendable (RunEvent) -> Void
    ) async throws {
        let finder = TimeFinder(rule: camera.timestamp, clock: run.clock, now: run.now)
        let worklist = try Worklist(
            camera: camera, archive: run.site.archive, store: run.store, finder: finder, since: run.options.since,
            until: run.options.until)
        summary.found += worklist.found
        events(.cameraStarted(camera: camera.id, newCaptures: worklist.items.count))
        try storeProblems(worklist.problems, summary: &summary, events: events)
        defer { events(.cameraDone(camera: camera.id)) }
        guard !worklist.items.isEmpty else { return }

        let reader = FileReader(archive: run.site.archive)
        var inspector = CaptureInspector(
            site: run.site, clock: run.clock, camera: camera, frame: nil, models: run.models, kernels: run.kernels,
            reader: reader,
            finder: finder, now: run.now)
        // Where no picture can serve, every file still gets its row and its reason.
        let sequence = try sequence(among: worklist.items, inspector)
        inspector = CaptureInspector(
            site: run.site, clock: run.clock, camera: camera, frame: sequence?.frame, models: run.models,
            kernels: run.kernels, reader: reader, finder: finder, now: run.now)
        try await inspectAll(worklist.items, inspector, sequence, &summary, isCancelled, events)
    }

    /// What follows the captures in the reference's frame; the reference itself, as large as a picture, is gone then.
    private func sequence(among items: [WorkItem], _ inspector: CaptureInspector) throws -> CameraSequence? {
        let finding = CameraReference(camera: camera, store: run.store, reader: inspector.reader)
        guard let reference = try finding.find(among: items, inspector: inspector) else { return nil }
        let frame = try CameraFrame(
            camera: camera, plots: run.site.plots(of: camera.id), reference: reference.image,
            blockMeans: reference.blockMeans, path: reference.path, models: run.models)
        return try CameraSequence(frame: frame, reference: reference, run: run)
    }

    /// What looks like a picture and is none gets its row too. What could not even be looked at is told each time: it is
    /// no capture, and a row would outlast it.
    private func storeProblems(
        _ found: [ScanProblem], summary: inout RunSummary, events: @Sendable (RunEvent) -> Void
    ) throws {
        for problem in found where problem.isPassing {
            let place = problem.path.isEmpty ? run.site.archive : problem.path
            events(.notice(camera: camera.id, message: "\(place): \(problem.reason); \(problem.remedy)"))
            summary.unreadable += 1
        }
        let problems = found.filter { !$0.isPassing }
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

    private func inspectAll(
        _ items: [WorkItem], _ inspector: CaptureInspector, _ sequence: CameraSequence?, _ summary: inout RunSummary,
        _ isCancelled: @Sendable () -> Bool, _ events: @Sendable (RunEvent) -> Void
    ) async throws {
        var pending = PendingBatch(camera: camera.id, sequence: sequence)
        var committed = ContinuousClock.now
        var isInterrupted = isCancelled()
        if !isInterrupted {
            try await OrderedWork(jobs: run.options.jobs)(items, { inspector.inspect($0) }) { item, outcome in
                try pending.take(item, outcome)
                let isLate = committed.duration(to: .now) >= CameraRun.slowBatch.time
                if pending.count >= (isLate ? CameraRun.slowBatch.size : CameraRun.batchSize) {
                    try pending.commit(to: run.store, &summary, events)
                    committed = .now
                }
                isInterrupted = isCancelled()
                return isInterrupted ? .stop : .goOn
            }
        }
        try pending.commit(to: run.store, &summary, events)
        if isInterrupted { summary.wasInterrupted = true }
    }
}
