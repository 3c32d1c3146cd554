import Foundation
import Synchronization

/// Slows down who tries passphrases.
final class LoginLimit: Sendable {
    /// Failures of one address before it has to wait.
    static let freeTries = 5
    /// Seconds of the first wait; each further failure doubles it.
    static let firstWait = 30.0
    static let longestWait = 3600.0
    /// Failures of all addresses together within ``window`` before everybody has to wait for its end.
    static let triesOfAll = 60
    static let window = 600.0
    private static let mostAddresses = 10_000

    private struct Record {
        var failures = 0
        var blockedUntil = Date.distantPast
    }

    private struct State {
        var records: [String: Record] = [:]
        var windowEnd = Date.distantPast
        var failuresInWindow = 0
    }

    private let state = Mutex(State())

    /// Seconds to wait before this address may try; `nil` = now. A try that may begin counts as failed until
    /// ``succeeded(_:)``.
    func begin(_ address: String, now: Date) -> Double? {
        state.withLock { state in
            if now >= state.windowEnd {
                (state.windowEnd, state.failuresInWindow) = (now.addingTimeInterval(Self.window), 0)
            }
            guard state.failuresInWindow < Self.triesOfAll else { return state.windowEnd.timeIntervalSince(now) }
            var record = state.records[address] ?? Record()
            guard now >= record.blockedUntil else { return record.blockedUntil.timeIntervalSince(now) }
            record.failures += 1
            if record.failures >= Self.freeTries {
                let doublings = Double(min(record.failures - Self.freeTries, 12))
                record.blockedUntil = now.addingTimeInterval(min(Self.firstWait * pow(2, doublings), Self.longestWait))
            }
            if state.records.count >= Self.mostAddresses {
                state.records = state.records.filter { $0.value.blockedUntil > now }
            }
            state.records[address] = record
            state.failuresInWindow += 1
            return nil
        }
    }

    func succeeded(_ address: String) {
        state.withLock { state in
            state.records[address] = nil
            state.failuresInWindow = max(0, state.failuresInWindow - 1)
        }
    }
}
