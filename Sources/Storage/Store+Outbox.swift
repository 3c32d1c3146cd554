import Foundation
import GRDB
import Village

/// A message on its way to one channel: a row from the moment it is thought of until long after it was sent.
public struct OutboxRow: Sendable, Equatable {
    /// What it says, and how that stands; once per channel.
    public var key: String
    public var channel: String
    public var topic: String
    public var camera: String?
    public var createdAt: Date
    /// Not before this.
    public var dueAt: Date
    /// JSON.
    public var body: String
    /// The post that it goes out in, once that was put together; it keeps it over retries.
    public var post: String?
    public var attempts: Int
    public var sentAt: Date?
    /// Why it is still waiting.
    public var reason: String?

    public init(
        key: String, channel: String, topic: String, camera: String?, createdAt: Date, dueAt: Date, body: String,
        post: String? = nil, attempts: Int = 0, sentAt: Date? = nil, reason: String? = nil
    ) {
        self.key = key
        self.channel = channel
        self.topic = topic
        self.camera = camera
        self.createdAt = createdAt
        self.dueAt = dueAt
        self.body = body
        self.post = post
        self.attempts = attempts
        self.sentAt = sentAt
        self.reason = reason
    }

    fileprivate init(_ row: Row) {
        func date(_ name: String) -> Date? { (row[name] as Double?).map(Date.init(timeIntervalSince1970:)) }
        self.init(
            key: row["key"], channel: row["channel"], topic: row["topic"], camera: row["camera"],
            createdAt: date("createdAt") ?? .distantPast, dueAt: date("dueAt") ?? .distantPast, body: row["body"],
            post: row["post"], attempts: row["attempts"], sentAt: date("sentAt"), reason: row["reason"])
    }
}

extension Store {
    /// Puts messages into the outbox; those whose key the channel knows already are left out.
    ///
    /// - Returns: how many were new.
    public func enqueue(_ rows: [OutboxRow]) throws(StoreError) -> Int {
        try write { db in
            var count = 0
            for row in rows {
                try db.execute(
                    sql: """
                        INSERT OR IGNORE INTO message (key, channel, topic, camera, createdAt, dueAt, body)
                        VALUES (?, ?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        row.key, row.channel, row.topic, row.camera, row.createdAt.timeIntervalSince1970,
                        row.dueAt.timeIntervalSince1970, row.body,
                    ])
                count += db.changesCount
            }
            return count
        }
    }

    public func knownMessages(channel: String) throws(StoreError) -> Set<String> {
        try read { try String.fetchSet($0, sql: "SELECT key FROM message WHERE channel = ?", arguments: [channel]) }
    }

    /// What is not sent yet, in the order in which it came.
    public func waitingMessages(channel: String) throws(StoreError) -> [OutboxRow] {
        try read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM message WHERE channel = ? AND sentAt IS NULL ORDER BY createdAt, rowid",
                arguments: [channel]
            ).map { OutboxRow($0) }
        }
    }

    /// When the channel was last told, or is to be told, about this topic and camera.
    public func lastMessage(channel: String, topic: String, camera: String) throws(StoreError) -> Date? {
        try read { db in
            try Double.fetchOne(
                db,
                sql: "SELECT max(coalesce(sentAt, dueAt)) FROM message WHERE channel = ? AND topic = ? AND camera = ?",
                arguments: [channel, topic, camera])
        }.map(Date.init(timeIntervalSince1970:))
    }

    /// Binds messages to the post that they go out in.
    public func bind(_ keys: [String], channel: String, to post: String) throws(StoreError) {
        try update(keys, channel: channel, set: "post = ?", [post])
    }

    public func markSent(_ keys: [String], channel: String, at now: Date) throws(StoreError) {
        try update(
            keys, channel: channel, set: "sentAt = ?, attempts = attempts + 1, reason = NULL",
            [now.timeIntervalSince1970])
    }

    /// Not now: an attempt failed.
    public func postpone(_ keys: [String], channel: String, until: Date, reason: String) throws(StoreError) {
        try update(
            keys, channel: channel, set: "dueAt = ?, attempts = attempts + 1, reason = ?",
            [until.timeIntervalSince1970, reason])
    }

    private func update(_ keys: [String], channel: String, set: String, _ values: StatementArguments)
        throws(StoreError)
    {
        try write { db in
            for key in keys {
                try db.execute(
                    sql: "UPDATE message SET \(set) WHERE channel = ? AND key = ? AND sentAt IS NULL",
                    arguments: values + [channel, key])
            }
        }
    }

    /// When posts of this channel went out since a moment, in order; one moment a post.
    public func postsSent(channel: String? = nil, since: Date, until: Date? = nil) throws(StoreError) -> [Date] {
        try read { db in
            try Double.fetchAll(
                db,
                sql: """
                    SELECT min(sentAt) FROM message WHERE (?1 IS NULL OR channel = ?1) AND sentAt >= ?2
                    AND (?3 IS NULL OR sentAt < ?3) GROUP BY channel, post ORDER BY 1
                    """, arguments: [channel, since.timeIntervalSince1970, until?.timeIntervalSince1970]
            ).map(Date.init(timeIntervalSince1970:))
        }
    }
}
