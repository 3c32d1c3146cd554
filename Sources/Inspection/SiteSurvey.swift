import Archive
import ConfigurationFiles
import Decoding
import Detection
import Foundation
import Village

/// Looks at a folder of pictures and says which cameras it holds.
///
/// Pictures belong to one camera when they lie below the same folder, not counting folders that only name a date and
/// what is in those; a folder that holds pictures itself is one camera with all that lies below it. Pictures that lie
/// loose are told apart by the camera in their names.
public struct SiteSurvey {
    public let cameras: [FoundCamera]
    public let problems: [ScanProblem]

    /// Seconds either side of noon.
    static let aroundNoon = 9000.0
    static let endings = "{jpg,jpeg,JPG,JPEG,png,PNG}"

    private enum Key: Hashable, Comparable {
        case folder(path: String)
        case loose(camera: String?)

        var name: String {
            switch self {
            case .folder(let path): path.split(separator: "/").last.map(String.init) ?? path
            case .loose(let camera): camera ?? "camera"
            }
        }

        /// Signs that a pattern would read otherwise stand as `?`.
        var glob: String {
            func plain(_ text: String) -> String { String(text.map { "*?[]{}".contains($0) ? "?" : $0 }) }
            return switch self {
            case .folder(let path): "\(plain(path))/**/*.\(endings)"
            case .loose(let camera?): "**/*\(plain(camera))*.\(endings)"
            case .loose(nil): "**/*.\(endings)"
            }
        }

        static func < (one: Key, other: Key) -> Bool { (one.name, one.glob) < (other.name, other.glob) }
    }

    private struct Group {
        var count = 0
        var first: Date?
        var last: Date?
        /// Pictures around noon show most.
        var samples = EvenSample()
        var others = EvenSample()
        var rules: [Bilingual: Int] = [:]

        mutating func add(_ path: String, found: FoundTime, clock: SiteClock) {
            count += 1
            let rule =
                found.patternName.map { Bilingual(zh: "文件名（\($0) 写法）", en: "file name (\($0))") }
                ?? found.source?.label ?? Bilingual(zh: "没有找到时间", en: "no time found")
            rules[rule, default: 0] += 1
            guard let at = found.at else { return others.add(path) }
            first = min(first ?? at, at)
            last = max(last ?? at, at)
            let isNearNoon = abs(clock.secondsOfDay(of: at) - 43_200) <= SiteSurvey.aroundNoon
            if isNearNoon { samples.add(path) } else { others.add(path) }
        }

        mutating func join(_ other: Group) {
            count += other.count
            first = [first, other.first].compactMap { $0 }.min()
            last = [last, other.last].compactMap { $0 }.max()
            for path in other.samples.paths { samples.add(path) }
            for path in other.others.paths { others.add(path) }
            rules.merge(other.rules, uniquingKeysWith: +)
        }
    }

    /// - Complexity: every name is read once; up to 32 pictures a camera are decoded.
    public init(archive: String, clock: SiteClock, now: Date, health: SceneHealth) {
        var groups: [Key: Group] = [:]
        var problems: [ScanProblem] = []
        let finder = TimeFinder(rule: .automatic, clock: clock, now: now)
        for item in ArchiveScanner(archive: archive, cameras: []).items(matching: "**/*.\(SiteSurvey.endings)") {
            switch item {
            case .problem(let problem): problems.append(problem)
            case .file(let file):
                guard !EvidenceFolder.holds(file.path) else { continue }
                let found = finder.time(path: file.path, modified: file.modified)
                let key = SiteSurvey.key(of: file.path, camera: found.cameraID)
                groups[key, default: Group()].add(file.path, found: found, clock: clock)
            }
        }
        SiteSurvey.joinNested(&groups)
        self.problems = problems
        cameras = groups.sorted { $0.key < $1.key }.map { key, group in
            let typical =
                TypicalPicture(among: group.samples.paths, archive: archive, health: health)
                ?? TypicalPicture(among: group.others.paths, archive: archive, health: health)
            return FoundCamera(
                id: key.name, files: key.glob, sample: typical?.path, width: typical?.size.width ?? 0,
                height: typical?.size.height ?? 0,
                timeRule: group.rules.max { ($0.value, $1.key.en) < ($1.value, $0.key.en) }?.key,
                pictureCount: group.count,
                first: group.first,
                last: group.last)
        }
    }

    /// Loose pictures and those in folders of dates alone belong to no folder.
    private static func key(of path: String, camera: String?) -> Key {
        let folders = path.split(separator: "/").dropLast().prefix { !isDate(String($0)) }
        return folders.isEmpty
            ? .loose(camera: camera) : .folder(path: folders.joined(separator: "/"))
    }

    /// What lies below a folder that holds pictures itself joins it.
    private static func joinNested(_ groups: inout [Key: Group]) {
        for key in groups.keys.sorted() {
            guard case .folder(let path) = key, let group = groups[key] else { continue }
            let above = path.indices.filter { path[$0] == "/" }.map { Key.folder(path: String(path[..<$0])) }
            guard let owner = above.first(where: { groups[$0] != nil }) else { continue }
            groups[owner]?.join(group)
            groups[key] = nil
        }
    }

    private static func isDate(_ folder: String) -> Bool {
        let digits = folder.filter(\.isNumber)
        return !digits.isEmpty && digits.count >= folder.count - 2 && [4, 6, 8].contains(digits.count)
            && digits.hasPrefix("20")
    }
}
