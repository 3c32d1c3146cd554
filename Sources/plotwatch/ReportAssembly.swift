import Decoding
import Foundation
import Inspection
import Pixels
import Reporting
import Storage
import Village

/// Collects from the store what a report shows.
struct ReportAssembly {
    let open: OpenSite
    let models: Models
    let since: Date?
    let until: Date?
    let flags: [Village.Flag]
    let advice: [Advice]

    /// Of everything that is stored, with flags and advice that were picked already.
    init(open: OpenSite, models: Models, flags: [Village.Flag], advice: [Advice]) {
        self.open = open
        self.models = models
        (since, until) = (nil, nil)
        self.flags = flags
        self.advice = advice
    }

    init(open: OpenSite, models: Models, since: Date?, until: Date?) throws {
        self.open = open
        self.models = models
        self.since = since
        self.until = until
        // What was known by then: a flag that was confirmed, a card that was raised.
        flags = try open.store.flags().filter { flag in
            (until.map { flag.confirmedAt < $0 } ?? true) && (since.map { flag.lastSeen >= $0 } ?? true)
                && (flag.withdrawn == nil || flag.decision != nil)
        }
        advice = try open.store.advice().filter { card in
            (until.map { card.at < $0 } ?? true) && (since.map { card.at >= $0 } ?? true)
        }
    }

    /// The moment of the last capture.
    var latest: Date? {
        get throws {
            var latest: Date?
            for camera in open.site.cameras {
                guard let at = try open.store.lastCapture(camera: camera.id)?.at else { continue }
                latest = max(latest ?? at, at)
            }
            return latest
        }
    }

    func contents(now: Date, kernels: String) throws -> ReportContents {
        let site = open.site
        var cameras: [CameraSummary] = []
        var unusable: [Capture] = []
        for camera in site.cameras {
            var first: Date?, last: Date?
            var usableDays: Set<Int> = []
            var counts: [Quality: Int] = [:]
            try open.store.forEachCapture(Selection(camera: camera.id, since: since, until: until)) { capture in
                counts[capture.quality, default: 0] += 1
                if let at = capture.at {
                    first = min(first ?? at, at)
                    last = max(last ?? at, at)
                    if capture.quality == .ok { usableDays.insert(open.clock.day(of: at).number) }
                }
                if capture.quality != .ok { unusable.append(capture) }
            }
            // Files without a time belong to no period: they are told whatever was asked for.
            if since != nil || until != nil {
                try open.store.forEachCapture(Selection(camera: camera.id)) { capture in
                    guard capture.at == nil else { return }
                    counts[capture.quality, default: 0] += 1
                    unusable.append(capture)
                }
            }
            let reference = try ReferencePicture.stored(camera: camera.id, in: open.store)
            cameras.append(
                CameraSummary(
                    camera: camera, captures: counts, first: first, last: last, usableDays: usableDays.count,
                    frameWidth: reference?.size.width ?? 0, frameHeight: reference?.size.height ?? 0,
                    reference: try (isPrivate(camera.id) ? nil : reference).map {
                        try picture(
                            Encoder.jpeg(PlaceStrip.shrunk($0.image, to: 1280), quality: 80),
                            of: PlaceStrip.shrunk($0.image, to: 1280).size)
                    },
                    notes: CameraSummary.notes(on: counts)))
        }
        var pictures: [FlagPictures] = []
        let cases = try open.store.caseNumbers()
        for flag in flags {
            var shown = try self.pictures(of: flag, showsBetween: true)
            shown.caseNumber = cases[flag.id]
            pictures.append(shown)
        }
        let growth = try growth()
        let accounts = PointsAccount.ranked(try open.store.pointsAccounts())
        var contents = ReportContents(
            site: site,
            period: DayRange(
                from: since.map(open.clock.day), until: until.map { open.clock.day(of: $0.addingTimeInterval(-1)) }),
            generatedAt: now, toolVersion: Tool.version, kernels: kernels, cameras: cameras,
            plots: try site.plots.map { try summary(of: $0, growth: growth) },
            flags: pictures, advice: advice, adviceThumbnails: try thumbnails(), unusable: unusable,
            points: accounts)
        let drops = DropAssembly(assembly: self)
        contents.patrols = try drops.patrols()
        contents.pairs = try drops.pairs(accounts: accounts)
        return contents
    }

    /// Whether the camera sees a room, whose pictures no report shows.
    func isPrivate(_ camera: String) -> Bool {
        open.site.seesRoom(camera)
    }
}
