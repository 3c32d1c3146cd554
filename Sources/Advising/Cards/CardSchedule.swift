import Village

/// Merges candidates over the plots of a household and lets at most a few through in a period.
struct CardSchedule {
    let parameters: AdvisingParameters.Cards

    /// The same rule on another plot of the household is not told again within so many days; ours.
    private static let mergeDays = 14

    /// - Returns: each candidate that is sent, with its day; in the order of days.
    func cards(_ candidates: [Candidate]) -> [(candidate: Candidate, sent: Day)] {
        var sent: [(candidate: Candidate, sent: Day)] = []
        for (_, own) in Dictionary(grouping: candidates, by: \.recipient).sorted(by: { $0.key < $1.key }) {
            sent += household(merged(own))
        }
        return sent.sorted { a, b in
            (a.sent, a.candidate.rank, a.candidate.recipient, a.candidate.rule, a.candidate.plots[0])
                < (b.sent, b.candidate.rank, b.candidate.recipient, b.candidate.rule, b.candidate.plots[0])
        }
    }

    private func merged(_ candidates: [Candidate]) -> [Candidate] {
        var result: [Candidate] = []
        for candidate in candidates.sorted(by: {
            ($0.day, $0.crop.id, $0.rule, $0.plots[0]) < ($1.day, $1.crop.id, $1.rule, $1.plots[0])
        }) {
            let index = result.lastIndex {
                $0.crop.id == candidate.crop.id && $0.rule == candidate.rule && $0.kind == candidate.kind
            }
            if let index, candidate.day == result[index].day, candidate.kind != .anomaly {
                result[index].plots += candidate.plots
            } else if let index, candidate.kind != .anomaly, candidate.day - result[index].day <= Self.mergeDays {
                continue
            } else {
                result.append(candidate)
            }
        }
        return result
    }

    private func household(_ candidates: [Candidate]) -> [(candidate: Candidate, sent: Day)] {
        guard let first = candidates.map(\.day).min(), let last = candidates.map(\.expires).max() else { return [] }
        var sent: [(candidate: Candidate, sent: Day)] = []
        var waiting = candidates
        var day = first
        while !waiting.isEmpty, day <= last {
            waiting.removeAll { $0.expires < day }
            let due = waiting.filter { $0.day <= day }.sorted {
                ($0.rank, $0.day, $0.rule, $0.plots[0]) < ($1.rank, $1.day, $1.rule, $1.plots[0])
            }
            for candidate in due {
                let lately = sent.count { day - $0.sent < parameters.periodDays }
                guard candidate.kind == .anomaly || lately < parameters.perHousehold else { continue }
                sent.append((candidate, day))
                waiting.removeAll { $0 == candidate }
            }
            // Nothing can change before the next candidate comes or a place becomes free.
            let next = waiting.map(\.day).filter { $0 > day }.min()
            day = waiting.contains { $0.day <= day } ? day + 1 : (next ?? last + 1)
        }
        return sent
    }
}
