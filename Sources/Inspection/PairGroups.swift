import Foundation
import Village

/// Which photographs of one folder belong together as before and after a clean-up: by their names, else by their times.
struct PairGroups: Sendable {
    /// A photograph of the folder.
    struct Photograph: Sendable, Equatable {
        /// Without its folder.
        var name: String
        /// Seconds of its own clock; `nil` where the file does not say.
        var moment: Double?
    }

    /// Before and after.
    private(set) var pairs: [(before: String, after: String)] = []
    /// Those that wait for another one, with what is missing.
    private(set) var waiting: [(name: String, reason: String)] = []

    /// Parts of names, before and after.
    private static let words = [("before", "after"), ("前", "后"), ("_1", "_2")]

    /// - Parameter longestGap: seconds between the two of a pair that no name joins.
    init(_ photographs: [Photograph], longestGap: Double) {
        var rest = photographs.sorted { $0.name < $1.name }
        // By name: the same name but for the word.
        for (before, after) in PairGroups.words {
            for first in rest {
                let stem = PairGroups.stem(first.name)
                guard let range = stem.range(of: before, options: .backwards),
                    // A number is the last thing in a name: _1 of IMG_101951 is none.
                    !before.hasPrefix("_") || range.upperBound == stem.endIndex
                else { continue }
                let wanted = stem.replacingCharacters(in: range, with: after)
                guard let second = rest.first(where: { PairGroups.stem($0.name) == wanted }) else { continue }
                pairs.append((first.name, second.name))
                rest.removeAll { $0 == first || $0 == second }
            }
        }
        // By time: the next one within the gap.
        var open: (name: String, moment: Double)?
        let timed = rest.compactMap { photograph in photograph.moment.map { (name: photograph.name, moment: $0) } }
        for next in timed.sorted(by: { ($0.moment, $0.name) < ($1.moment, $1.name) }) {
            if let first = open, next.moment - first.moment <= longestGap {
                pairs.append((first.name, next.name))
                open = nil
            } else {
                if let first = open { waiting.append((first.name, PairGroups.missing)) }
                open = next
            }
        }
        if let first = open { waiting.append((first.name, PairGroups.missing)) }
        for photograph in rest where photograph.moment == nil {
            waiting.append((photograph.name, "it says no time: name the two …_before and …_after (…前, …后)"))
        }
        pairs.sort { $0.before < $1.before }
    }

    private static let missing = "it waits for the other picture of its pair"

    private static func stem(_ name: String) -> String {
        (name as NSString).deletingPathExtension.lowercased()
    }
}
