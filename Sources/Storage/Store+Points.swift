import Foundation
import GRDB
import Village

/// A picture that was handed in for points.
public struct SubmittedPicture: Sendable, Equatable {
    public var sha256: String
    public var household: String
    /// When it was handed in.
    public var at: Date
    public var path: String
    /// When it says it was taken.
    public var takenAt: String?
    /// A small grey picture, JPEG: by it copies are known again.
    public var print: [UInt8]

    public init(sha256: String, household: String, at: Date, path: String, takenAt: String?, print: [UInt8]) {
        self.sha256 = sha256
        self.household = household
        self.at = at
        self.path = path
        self.takenAt = takenAt
        self.print = print
    }
}

/// Why points were not booked; nothing was changed.
public enum PointsError: Error, Equatable, Sendable {
    case noSuchProposal(Int64)
    case alreadyJudged(Int64)
    case tooFew(balance: Int, asked: Int)
    case badText(field: String, reason: String)
    case store(StoreError)

    public var message: String {
        switch self {
        case .noSuchProposal(let number):
            "there is no proposal \(number); `plotwatch points SITE` lists those that wait"
        case .alreadyJudged(let number): "proposal \(number) was judged before"
        case .tooFew(let balance, let asked): "the household has \(balance) points, and \(asked) are asked for"
        case .badText(let field, let reason): "\(field) \(reason)"
        case .store(let error): error.message
        }
    }
}

extension Store {
    /// Every picture that was handed in, in order.
    public func submittedPictures() throws(StoreError) -> [SubmittedPicture] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM submission ORDER BY id").map { row in
                SubmittedPicture(
                    sha256: row["sha256"], household: row["household"],
                    at: Date(timeIntervalSince1970: row["at"]), path: row["path"], takenAt: row["takenAt"],
                    print: [UInt8](row["print"] as Data))
            }
        }
    }

    /// Takes a proposal down, with the pictures behind it, whole or not at all.
    ///
    /// - Parameter pair: where the pictures come from the drop folder: kept with its entry's number.
    public func propose(
        _ event: PointsEvent, for household: String, pictures: [SubmittedPicture], pair: HandedInPair? = nil,
        by: String, at now: Date
    ) throws(PointsError) -> JournalEntry {
        try book(by, event.note) { db in
            let entry = try Store.append(.points, subject: household, body: event, by: by, at: now, in: db)
            for picture in pictures {
                try db.execute(
                    sql:
                        "INSERT INTO submission (entry, sha256, household, at, path, takenAt, print) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    arguments: [
                        entry.number, picture.sha256, picture.household, picture.at.timeIntervalSince1970, picture.path,
                        picture.takenAt, Data(picture.print),
                    ])
            }
            if var pair {
                pair.entry = entry.number
                try Store.insert(pair, in: db)
            }
            return entry
        }
    }

    /// Approves or rejects a proposal.
    public func judge(_ proposal: Int64, approve: Bool, by: String, at now: Date, note: String?) throws(PointsError)
        -> JournalEntry
    {
        try book(by, note) { db in
            let row = try Row.fetchOne(
                db, sql: "SELECT subject, body FROM journal WHERE number = ? AND kind = 'points'", arguments: [proposal]
            )
            guard let row, try Store.pointsEvent(row["body"]).action == .propose else {
                throw PointsError.noSuchProposal(proposal)
            }
            let judged = try Int.fetchOne(
                db, sql: "SELECT count(*) FROM journal WHERE kind = 'points' AND json_extract(body, '$.proposal') = ?",
                arguments: [proposal])
            guard judged == 0 else { throw PointsError.alreadyJudged(proposal) }
            let event = PointsEvent(approve ? .approve : .reject, proposal: proposal, note: note)
            return try Store.append(.points, subject: row["subject"], body: event, by: by, at: now, in: db)
        }
    }

    /// Gives a thing for points, if there are enough of them.
    public func redeem(_ event: PointsEvent, for household: String, by: String, at now: Date) throws(PointsError)
        -> JournalEntry
    {
        try book(by, event.note) { db in
            let account = PointsAccount(household: household, lines: try Store.pointsLines(household, in: db))
            let asked = event.points ?? 0
            guard asked > 0, account.balance >= asked else {
                throw PointsError.tooFew(balance: account.balance, asked: asked)
            }
            return try Store.append(.points, subject: household, body: event, by: by, at: now, in: db)
        }
    }

    /// The accounts of all households that have any entry, by id.
    public func pointsAccounts() throws(StoreError) -> [PointsAccount] {
        try read { db in
            let households = try String.fetchAll(
                db, sql: "SELECT DISTINCT subject FROM journal WHERE kind = 'points' ORDER BY subject")
            return try households.map { PointsAccount(household: $0, lines: try Store.pointsLines($0, in: db)) }
        }
    }

    private static func pointsLines(_ household: String, in db: Database) throws -> [PointsAccount.Line] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM journal WHERE kind = 'points' AND subject = ? ORDER BY number",
            arguments: [household]
        ).map { row in
            let entry = try Store.entry(row)
            return PointsAccount.Line(
                number: entry.number, at: entry.at, by: entry.by, event: try pointsEvent(entry.body))
        }
    }

    private static func pointsEvent(_ body: String) throws -> PointsEvent {
        try JSONDecoder().decode(PointsEvent.self, from: Data(body.utf8))
    }

    private func book(_ by: String, _ note: String?, _ act: (Database) throws -> JournalEntry) throws(PointsError)
        -> JournalEntry
    {
        for (text, field, longest) in [
            (by, "the label", Store.longestLabel), (note ?? "-", "the note", Store.longestText),
        ] {
            guard !text.isEmpty, text.count <= longest, !text.contains(where: \.isNewline) else {
                throw .badText(field: field, reason: "must be one line of 1 to \(longest) characters")
            }
        }
        do { return try database.write(act) } catch let error as PointsError { throw error } catch {
            throw .store(StoreError(error, path: path))
        }
    }
}
