import Foundation
import Village

/// When a picture was taken, and how that is known.
public struct FoundTime: Sendable, Equatable {
    /// `nil` where no source gives a time that can be true.
    public var at: Date?
    public var source: TimeSource?
    /// The name pattern that fitted.
    public var patternName: String?
    /// The camera's own id, where the name holds one.
    public var cameraID: String?
    /// Why the clock is wrong; then `at` is `nil` and the capture's quality is `wrongClock`.
    public var problem: String?

    public init(
        at: Date? = nil, source: TimeSource? = nil, patternName: String? = nil, cameraID: String? = nil,
        problem: String? = nil
    ) {
        self.at = at
        self.source = source
        self.patternName = patternName
        self.cameraID = cameraID
        self.problem = problem
    }
}

/// Finds a picture's time, in the order of trust sidecar, name, EXIF, folder, modification.
///
/// The most trusted source that states a plausible time decides. A name that states an impossible or implausible one
/// is not overruled by what is less certain: the capture then has no time. EXIF without an offset is read on the
/// site's clock.
public struct TimeFinder: Sendable {
    /// Years that a capture can be of. Digital cameras in villages are younger, and a clock that was reset starts with
    /// 1970 or 2000.
    public static let plausibleYears = 2001...2100
    /// How far ahead of the run a camera's clock may be, in seconds: a day, which covers any mistaken time zone.
    public static let toleratedLead = 86_400.0

    public let clock: SiteClock
    public let now: Date
    private let pattern: NamePattern?
    private let isAutomatic: Bool

    /// - Precondition: a template in `rule` was checked with the site file; one that does not compile fits no name.
    public init(rule: TimestampRule, clock: SiteClock, now: Date) {
        self.clock = clock
        self.now = now
        switch rule {
        case .automatic:
            pattern = nil
            isAutomatic = true
        case .pattern(let template):
            pattern = try? NamePattern(template)
            isAutomatic = false
        }
    }

    /// - Parameters:
    ///   - path: archive-relative.
    ///   - modified: of the file, the last resort.
    public func time(path: String, sidecar: SidecarMeta? = nil, exif: ExifTime? = nil, modified: Date) -> FoundTime {
        var problem: String?
        if let at = sidecar?.time {
            guard let fault = implausibility(at) else { return FoundTime(at: at, source: .sidecar) }
            problem = "the sidecar \(fault)"
        }
        let reading = isAutomatic ? NameReading.automatic(path) : pattern.flatMap { NameReading.of($0, in: path) }
        // A template that a person wrote is trusted as the name, even where it reads folders.
        let isFolderReading = isAutomatic && reading?.readsFolders == true
        if let reading, !isFolderReading { return found(reading, source: reading.readsFolders ? .folder : .name) }
        if let exif {
            let at =
                exif.offsetInSeconds.map { exif.wall.instant(offsetInSeconds: $0) } ?? instant(exif.wall, clock: .site)
            if let at {
                guard let fault = implausibility(at) else {
                    return FoundTime(at: at, source: .exif, patternName: nil, cameraID: reading?.camera)
                }
                problem = problem ?? "EXIF \(fault)"
            }
        }
        if let reading { return found(reading, source: .folder) }
        if let problem { return FoundTime(problem: problem) }
        return lastResort(path: path, modified: modified)
    }

    private func found(_ reading: NameReading, source: TimeSource) -> FoundTime {
        var result = FoundTime(source: source, patternName: reading.patternName, cameraID: reading.camera)
        let place = source == .folder ? "the path" : "the name"
        switch reading.time {
        case .impossible(let reason): result.problem = "\(place) states a time that does not exist: \(reason)"
        case .instant(let at): result.at = at
        case .wall(let wall):
            result.at = instant(wall, clock: reading.clock)
            if result.at == nil { result.problem = "\(place) states a time that does not exist" }
        }
        if let at = result.at, let fault = implausibility(at) {
            result.problem = "\(place) \(fault)"
            result.at = nil
        }
        return result
    }

    /// A folder that names a day bounds the time of modification, which else says only when the file was copied.
    private func lastResort(path: String, modified: Date) -> FoundTime {
        if let day = Self.dayOfFolder(path), day != clock.day(of: modified) {
            let noon = clock.instant(day: day, hour: 12, minute: 0, second: 0)
            if let noon {
                let fault = implausibility(noon).map { "the folder \($0)" }
                return FoundTime(
                    at: fault == nil ? noon : nil, source: .folder, patternName: "day of the folder, noon",
                    problem: fault)
            }
        }
        if let fault = implausibility(modified) {
            return FoundTime(
                source: .modification, problem: "nothing states the time but the file's modification, which \(fault)")
        }
        return FoundTime(at: modified, source: .modification)
    }

    /// The day that `…/2024-03-01/…`, `…/20240301/…` or `…/2024/03/01/…` names.
    static func dayOfFolder(_ path: String) -> Day? {
        let folders = path.split(separator: "/").dropLast().map { Array($0.utf8) }
        for folder in folders.reversed() {
            if let day = TimeInText(folder).wholeDay() { return day }
        }
        guard folders.count >= 3 else { return nil }
        for start in (0...folders.count - 3).reversed() {
            let parts = folders[start..<start + 3]
            guard parts.map(\.count) == [4, 2, 2] else { continue }
            if let day = TimeInText(Array(parts.joined())).wholeDay() { return day }
        }
        return nil
    }

    private func instant(_ wall: WallTime, clock kind: KnownPattern.Clock) -> Date? {
        switch kind {
        case .utc: return wall.instant(offsetInSeconds: 0)
        case .site: return clock.instant(day: wall.day, hour: wall.hour, minute: wall.minute, second: wall.second)
        case .siteStandard:
            let near = wall.instant(offsetInSeconds: 0)
            return wall.instant(offsetInSeconds: Int((clock.standardOffsetInHours(at: near) * 3600).rounded()))
        }
    }

    /// What is wrong with a time, as the end of a sentence; `nil` where it can be true.
    func implausibility(_ at: Date) -> String? {
        let year = clock.day(of: at).components.year
        if !Self.plausibleYears.contains(year) {
            return "states \(clock.iso8601(at)): the camera's clock was not set"
        }
        if at.timeIntervalSince(now) > Self.toleratedLead {
            return "states \(clock.iso8601(at)), which is in the future: set the camera's clock"
        }
        return nil
    }
}
