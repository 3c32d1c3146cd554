import Foundation
import Synchronization
import Village

/// The sessions of all browsers, in memory: who restarts the server signs in again.
final class Sessions: Sendable {
    /// Seconds without a request after which a session ends: a working day.
    static let idleLimit = 12.0 * 3600
    /// More sessions than a town has inspectors; the ones longest unused give way, those not signed in first.
    static let most = 500

    private let sessions = Mutex<[String: Session]>([:])

    /// The session with this token, where it has not ended.
    func session(token: String?, now: Date) -> Session? {
        guard let token else { return nil }
        return sessions.withLock { all in
            guard var session = all[token] else { return nil }
            guard now.timeIntervalSince(session.lastSeen) < Self.idleLimit else {
                all[token] = nil
                return nil
            }
            session.lastSeen = now
            all[token] = session
            return session
        }
    }

    func begin(now: Date, isSignedIn: Bool) -> Session {
        let session = Session(
            token: SecretText.random(), formToken: SecretText.random(), isSignedIn: isSignedIn, lastSeen: now)
        sessions.withLock { all in
            if all.count >= Self.most,
                let oldest = all.values.min(by: {
                    ($0.isSignedIn ? 1 : 0, $0.lastSeen) < ($1.isSignedIn ? 1 : 0, $1.lastSeen)
                })
            {
                all[oldest.token] = nil
            }
            all[session.token] = session
        }
        return session
    }

    /// A signed-in session in the place of one that was not, under new tokens: what was known before is worth nothing.
    func signIn(_ former: Session, inspector: String, now: Date) -> Session {
        var session = former
        (session.token, session.formToken) = (SecretText.random(), SecretText.random())
        (session.isSignedIn, session.inspector, session.lastSeen) = (true, inspector, now)
        sessions.withLock { all in
            all[former.token] = nil
            all[session.token] = session
        }
        return session
    }

    func end(_ session: Session) { sessions.withLock { $0[session.token] = nil } }

    func update(_ session: Session, _ change: (inout Session) -> Void) {
        sessions.withLock { all in
            guard var current = all[session.token] else { return }
            change(&current)
            all[session.token] = current
        }
    }

    /// Puts a verdict on the list of those that can be taken back.
    func remember(_ decision: Decision, in session: Session) {
        update(session) { session in
            let given = Session.Given(flag: decision.flag, decision: decision.id)
            guard session.verdicts.last != given else { return }
            session.verdicts.append(given)
            if session.verdicts.count > Session.longestHistory { session.verdicts.removeFirst() }
        }
    }

    /// Takes the latest verdict off the list, for it to be taken back.
    func takeLastVerdict(_ session: Session) -> Session.Given? {
        sessions.withLock { $0[session.token]?.verdicts.popLast() }
    }
}
