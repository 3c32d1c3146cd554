import Analysis
import Archive
import Detection
import Foundation
import Kernels
import Pixels
import Storage
import Village

/// Whether a site file fits its archive, and whether its cameras are well. Stores nothing.
///
/// Captures that a run has stored are judged by what it found; of the others the newest ``sampleSize`` of each camera
/// are
/// looked at now.
public struct SiteCheck {
    public struct Finding: Sendable, Equatable {
        public enum Severity: String, Sendable { case error, warning, note }
        public var severity: Severity
        /// Stable, for programs.
        public var code: String
        public var camera: String?
        public var plot: String?
        public var path: String?
        public var message: Bilingual
    }

    public static let sampleSize = 48
    /// Share of a plot outside the frame, or covered by another, from which it is told.
    static let outsideShare = 0.05
    static let overlapShare = 0.05

    public private(set) var findings: [Finding] = []
    public private(set) var captures: [String: [Quality: Int]] = [:]

    private let site: Site
    private let models: Models
    private let kernels: KernelSet
    private let clock: SiteClock
    private let now: Date
    private let engineFolders: [String]

    /// - Parameters:
    ///   - store: `nil` before the first run.
    ///   - engineFolders: where the engine of neural models may lie.
    public init(
        site: Site, clock: SiteClock, store: Store?, models: Models, kernels: KernelSet, now: Date,
        engineFolders: [String] = []
    ) throws {
        self.site = site
        self.models = models
        self.kernels = kernels
        self.clock = clock
        self.now = now
        self.engineFolders = engineFolders
        for camera in site.cameras { try check(camera, store: store) }
        for plot in site.plots { check(plot) }
        for patrol in site.patrols { check(patrol) }
        if let pairs = site.pairs { checkPairs(pairs) }
        for absence in models.absences(for: site) {
            add(.warning, "modelAbsent", zh: absence.zh, en: absence.en)
        }
    }

    private mutating func add(
        _ severity: Finding.Severity, _ code: String, camera: String? = nil, plot: String? = nil, path: String? = nil,
        zh: String, en: String
    ) {
        findings.append(
            Finding(
                severity: severity, code: code, camera: camera, plot: plot, path: path,
                message: Bilingual(zh: zh, en: en)))
    }

    // MARK: Cameras

    private mutating func check(_ camera: Camera, store: Store?) throws {
        var looked = try store?.captures(Selection(camera: camera.id)) ?? []
        let reader = FileReader(archive: site.archive)
        let finder = TimeFinder(rule: camera.timestamp, clock: clock, now: now)
        let items = try newest(of: camera, store: store, finder: finder)
        var inspector = inspector(camera, frame: nil, reader: reader, finder: finder)
        let frame = try frame(of: camera, store: store, items: items, reader: reader, inspector: inspector)
        if let frame { inspector = self.inspector(camera, frame: frame, reader: reader, finder: finder) }
        for item in items.suffix(SiteCheck.sampleSize) {
            if case .inspected(let inspected) = inspector.inspect(item) { looked.append(inspected.capture) }
        }
        var counts: [Quality: Int] = [:]
        for capture in looked { counts[capture.quality, default: 0] += 1 }
        captures[camera.id] = counts
        guard !looked.isEmpty else {
            add(
                .error, "noPictures", camera: camera.id, zh: "没有找到照片，请检查 files：\(camera.files)",
                en: "no pictures were found: check files: \(camera.files)")
            return
        }
        tellQuality(looked, counts: counts, camera: camera)
        tellTime(looked, camera: camera)
        if let frame { tellPlots(frame) }
    }

    private func inspector(_ camera: Camera, frame: CameraFrame?, reader: FileReader, finder: TimeFinder)
        -> CaptureInspector
    {
        CaptureInspector(
            site: site, clock: clock, camera: camera, frame: frame, models: models, kernels: kernels, reader: reader,
            finder: finder, now: now)
    }

    private mutating func newest(of camera: Camera, store: Store?, finder: TimeFinder) throws -> [WorkItem] {
        let worklist = try Worklist(
            camera: camera, archive: site.archive, store: store, finder: finder, since: nil, until: nil)
        for problem in worklist.problems {
            add(
                .warning, "notAPicture", camera: camera.id, path: problem.path, zh: "不能读取（\(problem.reason)）",
                en: "\(problem.reason): \(problem.remedy)")
        }
        return worklist.items
    }

    private mutating func frame(
        of camera: Camera, store: Store?, items: [WorkItem], reader: FileReader, inspector: CaptureInspector
    ) throws -> CameraFrame? {
        do {
            let reference = try CameraReference(camera: camera, store: store, reader: reader).find(
                among: items, inspector: inspector)
            guard let reference else { return nil }
            return try CameraFrame(
                camera: camera, plots: site.plots(of: camera.id), reference: reference.image, path: reference.path,
                models: models)
        } catch let failure as InspectionFailure {
            add(
                .error, "reference", camera: camera.id, path: failure.subject,
                zh: "参考图、地块掩膜或分级表不能用：\(failure.chinese ?? failure.message)",
                en: failure.message)
            return nil
        }
    }

    private mutating func tellQuality(_ looked: [Capture], counts: [Quality: Int], camera: Camera) {
        for quality in Quality.allCases where quality != .ok {
            guard let count = counts[quality], count > 0 else { continue }
            let first = looked.first { $0.quality == quality }
            let total = looked.count
            add(
                .warning, quality.rawValue, camera: camera.id, path: first?.path,
                zh: "\(total)张里有\(count)张\(SiteCheck.name(of: quality))，例如这一张",
                en: "\(count) of \(total) captures are \(quality.rawValue), such as this one: \(first?.reason ?? "")")
        }
    }

    private static func name(of quality: Quality) -> String {
        switch quality {
        case .ok: "正常"
        case .dark: "太暗"
        case .infrared: "是红外或黑白"
        case .overexposed: "过曝"
        case .fog: "有雾"
        case .blur: "模糊"
        case .obstructed: "被遮挡"
        case .moved: "照的不是原来的地方"
        case .frozen: "是卡住的画面"
        case .duplicate: "是重复文件"
        case .truncated: "不完整"
        case .corrupt: "不能读取"
        case .wrongClock: "时间不对"
        }
    }

    private mutating func tellTime(_ looked: [Capture], camera: Camera) {
        let times = looked.compactMap(\.at).sorted()
        guard let last = times.last else {
            add(
                .error, "noTime", camera: camera.id,
                zh: "所有照片都没有可信的拍摄时间，请写 timestamp 模板（例如 \"{yyyy}{MM}{dd}_{HH}{mm}{ss}\"）",
                en: "no picture has a time that can be true: give a timestamp pattern")
            return
        }
        if looked.allSatisfy({ $0.timeSource == .modification || $0.at == nil }) {
            add(
                .warning, "timeFromFile", camera: camera.id,
                zh: "拍摄时间只能取文件时间，可能不准，请写 timestamp 模板（例如 \"{yyyy}{MM}{dd}_{HH}{mm}{ss}\"）",
                en: "times come from the files' dates, which copying changes: give a timestamp pattern")
        }
        var sequence = SequenceCheck()
        for capture in looked.sorted(by: { ($0.at ?? .distantPast, $0.path) < ($1.at ?? .distantPast, $1.path) }) {
            _ = sequence.add(SequenceItem(path: capture.path, sha256: capture.sha256, at: capture.at))
        }
        if case .silence(let seconds, _)? = sequence.silence(until: now) {
            let days = Int(seconds / 86_400)
            add(
                .warning, "silent", camera: camera.id, zh: "已经\(days)天没有新照片（最后一张 \(clock.iso8601(last))），请检查电源和网络",
                en: "no new picture for \(days) days (the last at \(clock.iso8601(last))): check power and network")
        }
    }

    // MARK: Plots

    private mutating func tellPlots(_ frame: CameraFrame) {
        for (plot, area) in frame.plots {
            if area.pixelCount == 0 {
                add(
                    .error, "plotOutsideFrame", camera: frame.camera.id, plot: plot.id,
                    zh: "地块完全在画面（\(frame.size.width)×\(frame.size.height)）之外，或全被 ignore 盖住",
                    en:
                        "the plot lies wholly outside the frame (\(frame.size.width) × \(frame.size.height)), or under ignore"
                )
                continue
            }
            guard case .polygon(let outline) = plot.shape else { continue }
            let drawn = Polygon(outline).area
            let inFrame = Double(Mask(filling: Polygon(outline), size: frame.size).count)
            if drawn > 0, inFrame < drawn * (1 - SiteCheck.outsideShare) {
                let percent = Int(((1 - inFrame / drawn) * 100).rounded())
                add(
                    .warning, "plotPartlyOutside", camera: frame.camera.id, plot: plot.id, zh: "地块有\(percent)%在画面之外",
                    en: "\(percent) % of the plot lies outside the frame")
            }
        }
        for (k, first) in frame.plots.enumerated() {
            for second in frame.plots[(k + 1)...] where first.plot.id != second.plot.id {
                let shared = first.area.mask.intersection(second.area.mask).count
                let smaller = min(first.area.pixelCount, second.area.pixelCount)
                guard smaller > 0, Double(shared) > SiteCheck.overlapShare * Double(smaller) else { continue }
                add(
                    .warning, "plotsOverlap", camera: frame.camera.id, plot: first.plot.id,
                    zh: "与地块\(second.plot.id)重叠\(100 * shared / smaller)%",
                    en: "overlaps plot \(second.plot.id) by \(100 * shared / smaller) %")
            }
        }
        if frame.plots.isEmpty {
            add(.note, "noPlots", camera: frame.camera.id, zh: "这个摄像头没有画地块", en: "no plot is drawn on this camera")
        }
    }

    private mutating func check(_ plot: Plot) {
        if let crop = plot.crop, models.crops.crop(named: crop) == nil {
            let known = models.crops.crops.keys.sorted().joined(separator: ", ")
            add(
                .warning, "unknownCrop", camera: plot.camera, plot: plot.id, zh: "没有作物“\(crop)”的资料，不会有农事建议；现有 \(known)",
                en: "there is no file for the crop \(crop), so no advice is given; there are \(known)")
        }
        checkDetector(plot)
    }

    private mutating func checkDetector(_ plot: Plot) {
        func tell(_ severity: Finding.Severity, _ code: String, _ reason: String) {
            add(
                severity, code, camera: plot.camera, plot: plot.id, zh: "自带的检测模型不能用，这块地不会计数：\(reason)",
                en: "its own detector cannot be used, so nothing is counted: \(reason)")
        }
        do {
            if case .absent(let reason) = try PenDetector(plot.pen, models: models, engineFolders: engineFolders) {
                tell(.warning, "detectorAbsent", reason)
            }
        } catch {
            tell(.error, "detectorWrong", String(describing: error))
        }
    }

    // MARK: Flights and photographs

    private mutating func check(_ patrol: Patrol) {
        if let path = patrol.plots {
            do throws(InspectionFailure) { _ = try PatrolPlots(path: path) } catch {
                add(
                    .error, "patrolPlots", path: path, zh: "巡查\(patrol.id)的地块图不能用：\(error.message)",
                    en: "the map of plots of patrol \(patrol.id) cannot be used: \(error.message)")
            }
        }
        guard let flights = PatrolRun.flights(of: patrol) else {
            add(
                .warning, "patrolFolder", path: patrol.folder, zh: "巡查\(patrol.id)的文件夹不存在",
                en: "the folder of patrol \(patrol.id) is not there")
            return
        }
        if flights.count < 2 {
            add(
                .note, "patrolFlights", path: patrol.folder, zh: "巡查\(patrol.id)有\(flights.count)次飞行，至少两次才能比较",
                en: "patrol \(patrol.id) has \(flights.count) flights; two are needed to compare")
        }
    }

    private mutating func checkPairs(_ folder: String) {
        guard let found = PairImport.households(in: folder) else {
            add(
                .warning, "pairsFolder", path: folder, zh: "放对比照的文件夹不存在",
                en: "the folder of clean-up photographs is not there")
            return
        }
        for name in found.folders where !site.knows(household: name) {
            add(
                .warning, "pairsHousehold", path: folder + "/" + name, zh: "没有农户“\(name)”，里面的照片不会看",
                en: "there is no household \(name), so its photographs are not looked at: add it under households")
        }
    }
}
