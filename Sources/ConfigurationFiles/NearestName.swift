import Village

/// Finds what a person meant when a name is misspelt.
public enum NearestName {
    /// The name with the fewest single-letter edits, where they are at most a third of the letters.
    public static func of(_ name: String, among names: some Sequence<String>) -> String? {
        let wanted = Array(name.lowercased())
        guard wanted.count <= 64 else { return nil }
        var best: (name: String, distance: Int)?
        for candidate in names {
            let distance = distance(wanted, Array(candidate.lowercased()))
            if distance <= max(wanted.count > 1 ? 1 : 0, max(wanted.count, candidate.count) / 3),
                distance < best?.distance ?? .max
            {
                best = (candidate, distance)
            }
        }
        return best?.name
    }

    /// "Did you mean …?" where a name is near enough.
    public static func question(_ name: String, among names: some Sequence<String>) -> Bilingual? {
        of(name, among: names).map { .init(zh: "是不是“\($0)”？", en: "did you mean \"\($0)\"?") }
    }

    /// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
    static func distance(_ a: [Character], _ b: [Character]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for (i, left) in a.enumerated() {
            var row = [i + 1]
            for (j, right) in b.enumerated() {
                var best = min(last[j + 1] + 1, row[j] + 1, last[j] + (left == right ? 0 : 1))
                if i > 0, j > 0, left == b[j - 1], a[i - 1] == right { best = min(best, beforeLast[j - 1] + 1) }
                row.append(best)
            }
            (beforeLast, last) = (last, row)
        }
        return last[b.count]
    }
}
