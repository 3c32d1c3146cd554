import Archive
import Configuration
import Decoding
import Detection
import Foundation
import Village

/// Looks at a folder of pictures and says which cameras it holds.
///
/// Pictures belong to one camera when they lie below the same folder of the archive, unless that folder only names a
/// date;
/// pictures that lie loose are told apart by the camera in their names.
public struct SiteSurvey {
    public let cameras: [FoundCamera]
    public let problems: [ScanProblem]

    /// Seconds either side of noon.
    static let aroundNoon = 9000.0
    static let endings = "{jpg,jpeg,JPG,JPEG,png,PNG}"

    private struct Group {
        var glob: String
        var count = 0
        var first: Date?
        var last: Date?
        var samples = EvenSample()
        var others = EvenSample()
        var rules: [String: Int] = [:]
    }

    /// - Complexity: every name is read once; up to 32 pictures a camera are decoded.
    public init(archive: String, clock: SiteClock, now: Date, health: SceneHealth) {
        var groups: [String: Group] = [:]
        var problems: [ScanProblem] = []
        let finder = TimeFinder(rule: .automatic, clock: clock, now: now)
        for item in ArchiveScanner(archive: archive, cameras: []).items(matching: "**/*.\(SiteSurvey.endings)") {
            switch item {
            case .problem(let problem): problems.append(problem)
            case .file(let file):
                guard !EvidenceFolder.holds(file.path) else { continue }
                let found = finder.time(path: file.path, modified: file.modified)
                let (name, glob) = SiteSurvey.group(of: file.path, camera: found.cameraID)
                var group = groups[name] ?? Group(glob: glob)
                group.count += 1
                if let at = found.at {
                    group.first = min(group.first ?? at, at)
                    group.last = max(group.last ?? at, at)
                }
                let rule = found.patternName ?? found.source.map { "time of \($0.rawValue)" } ?? "no time found"
                group.rules[rule, default: 0] += 1
                // Pictures around noon show most.
                if let at = found.at, abs(clock.secondsOfDay(of: at) - 43_200) <= SiteSurvey.aroundNoon {
                    group.samples.add(file.path)
                } else {
                    group.others.add(file.path)
                }
                groups[name] = group
            }
        }
        self.problems = problems
        cameras = groups.sorted { $0.key < $1.key }.map { name, group in
            let typical =
                TypicalPicture(among: group.samples.paths, archive: archive, health: health)
                ?? TypicalPicture(among: group.others.paths, archive: archive, health: health)
            return FoundCamera(
                id: name, files: group.glob, sample: typical?.path, width: typical?.size.width ?? 0,
                height: typical?.size.height ?? 0,
                timeRule: group.rules.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key, pictureCount: group.count,
                first: group.first,
                last: group.last)
        }
    }

    private static func group(of path: String, camera: String?) -> (name: String, glob: String) {
        let parts = path.split(separator: "/")
        guard parts.count > 1, let folder = parts.first.map(String.init), !isDate(folder) else {
            guard let camera else { return ("camera", "**/*.\(endings)") }
            return (camera, "**/*\(camera)*.\(endings)")
        }
        return (folder, "\(folder)/**/*.\(endings)")
    }

    private static func isDate(_ folder: String) -> Bool {
        let digits = folder.filter(\.isNumber)
        return !digits.isEmpty && digits.count >= folder.count - 2 && [4, 6, 8].contains(digits.count)
            && digits.hasPrefix("20")
    }
}
