import Casework
import Synchronization
import Village

/// The cases as they stand, folded anew only when somebody has done something to one.
final class CaseShelf: Sendable {
    private struct Known {
        var last: Int64?
        var timeZone: String
        var cases: [Case]
    }

    private let known = Mutex<Known?>(nil)

    func cases(_ ledger: CaseLedger) throws -> [Case] {
        let last = try ledger.store.lastEntry(of: .record)
        if let known = known.withLock({ $0 }), known.last == last, known.timeZone == ledger.site.timeZone {
            return known.cases
        }
        let cases = try ledger.cases()
        known.withLock { $0 = Known(last: last, timeZone: ledger.site.timeZone, cases: cases) }
        return cases
    }
}
