import Archive
import Foundation
import Kernels
import Storage
import Village

/// The scheduled job: reads every capture that is not stored yet, camera by camera, and judges what it says.
///
/// Safe to kill at any moment and to run again; results do not depend on `jobs` nor on where a run was cut.
public struct SiteRun: Sendable {
    public struct Options: Sendable {
        /// Captures inspected at the same time.
        public var jobs: Int
        /// Only these cameras; empty = all.
        public var cameras: [String]
        public var since: Date?
        public var until: Date?
        /// Where the engine of neural models may lie, for pens with a detector of their own.
        public var engineFolders: [String]

        public init(
            jobs: Int = 1, cameras: [String] = [], since: Date? = nil, until: Date? = nil, engineFolders: [String] = []
        ) {
            self.jobs = jobs
            self.cameras = cameras
            self.since = since
            self.until = until
            self.engineFolders = engineFolders
        }

        /// - Throws: for a camera that the site does not have.
        public func check(against site: Site) throws(InspectionFailure) {
            for id in cameras where site.camera(id) == nil {
                throw InspectionFailure(
                    subject: id, stage: .configuring,
                    message: "the site has no camera \(id); it has \(site.cameras.map(\.id).joined(separator: ", "))",
                    chinese: "没有这个摄像头；现有 \(site.cameras.map(\.id).joined(separator: "、"))", disposition: .stopRun)
            }
        }
    }

    public let site: Site
    public let clock: SiteClock
    public let store: Store
    public let models: Models
    public let kernels: KernelSet
    public let options: Options
    /// When the run takes place, which tells a wrong clock and a file still being written.
    public let now: Date

    /// - Throws: ``InspectionFailure`` for a site whose time zone is unknown or a camera that it does not have.
    public init(site: Site, store: Store, models: Models, kernels: KernelSet, options: Options, now: Date)
        throws(InspectionFailure)
    {
        guard let clock = SiteClock(timeZone: site.timeZone) else {
            throw InspectionFailure(
                subject: site.id, stage: .configuring, message: "the time zone \(site.timeZone) is unknown",
                disposition: .stopRun)
        }
        try options.check(against: site)
        self.site = site
        self.clock = clock
        self.store = store
        self.models = models
        self.kernels = kernels
        self.options = options
        self.now = now
    }

    /// - Parameters:
    ///   - isCancelled: asked between batches; a run that is cancelled keeps what it has.
    ///   - events: called in order, from one task at a time.
    /// - Throws: ``InspectionFailure`` or `StoreError`; whatever was stored before stays.
    public func callAsFunction(
        isCancelled: @Sendable () -> Bool = { false }, events: @Sendable (RunEvent) -> Void = { _ in }
    ) async throws -> RunSummary {
        // A table that there is not is told before anything is read.
        for plot in site.plots where plot.kind == .fruit { _ = try models.gradeTable(of: plot) }
        try store.claim(site: site.id)
        var summary = RunSummary()
        for camera in site.cameras where options.cameras.isEmpty || options.cameras.contains(camera.id) {
            if isCancelled() {
                summary.wasInterrupted = true
                break
            }
            try await CameraRun(run: self, camera: camera).run(into: &summary, isCancelled: isCancelled, events: events)
        }
        // A run of some cameras is theirs alone.
        if options.cameras.isEmpty, !summary.wasInterrupted {
            for patrol in site.patrols where !summary.wasInterrupted {
                try await PatrolRun(run: self, patrol: patrol).run(
                    into: &summary, isCancelled: isCancelled, events: events)
            }
            if let pairs = site.pairs, !summary.wasInterrupted {
                try PairImport(run: self, folder: pairs).run(into: &summary, isCancelled: isCancelled, events: events)
            }
        }
        let judged = try Judging(site: site, clock: clock, store: store, models: models, now: now).judge()
        let known = Set(try store.flags().map(\.id))
        try store.replaceJudgements(flags: judged.flags, advice: judged.advice)
        for fault in try judged.faults + EvidenceFolder(site: site).write(judged.flags, from: store) {
            events(.notice(camera: nil, message: fault))
        }
        summary.newFlags = judged.flags.count { !known.contains($0.id) }
        summary.openFlags = try store.flags().filter(\.callsForAction).count
        summary.advice = judged.advice.count
        return summary
    }
}
