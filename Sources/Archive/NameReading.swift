import Foundation
import Village

/// The time that a path states, by whichever pattern fits.
struct NameReading: Equatable {
    var patternName: String
    var camera: String?
    var clock: KnownPattern.Clock
    var time: NameTime
    /// Whether part of the time stands in folder names.
    var readsFolders: Bool

    /// Tries every known pattern, then looks for a time anywhere in the file's name; `nil` where there is none.
    static func automatic(_ path: String) -> NameReading? {
        for known in KnownPatterns.all {
            guard let match = known.match(path) else { continue }
            return NameReading(
                patternName: known.name, camera: match.camera, clock: known.clock, time: match.time,
                readsFolders: known.pattern.readsFolders)
        }
        let name = path.split(separator: "/").last.map(String.init) ?? path
        guard let time = TimeInText(Array(name.utf8)).find() else { return nil }
        return NameReading(patternName: "time in the name", camera: nil, clock: .site, time: time, readsFolders: false)
    }

    static func of(_ pattern: NamePattern, in path: String) -> NameReading? {
        guard let match = pattern.match(path) else { return nil }
        return NameReading(
            patternName: pattern.template, camera: match.camera, clock: .site, time: match.time,
            readsFolders: pattern.readsFolders)
    }
}
