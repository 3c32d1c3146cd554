/// Where messages of a site may go: nothing leaves the machine but through one of these.
public struct MessageChannel: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable { case dingtalk, wecom, feishu, slack, smtp, files }
    public enum Topic: String, Sendable, Codable, CaseIterable { case flags, cases, advice }

    /// Who reads it: a household its own cards, a village what lies in it, the town everything.
    public enum Level: String, Sendable, CaseIterable { case household, village, town }

    /// Where a secret is kept; never the secret itself.
    public enum Secret: Sendable, Equatable {
        /// A variable of the environment.
        case environment(String)
        /// A file that only its owner may read; absolute path.
        case file(String)
    }

    /// Where mail goes and through which server.
    public struct Mail: Sendable, Equatable {
        /// `smtps://host:port`, or `smtp://host:port`, which has to offer STARTTLS.
        public var server: String
        public var from: String
        public var to: [String]
        /// Signs in under this name where there is a secret; `nil` = under `from`.
        public var user: String?

        public init(server: String, from: String, to: [String], user: String? = nil) {
            self.server = server
            self.from = from
            self.to = to
            self.user = user
        }
    }

    /// From minute to minute of the day; may run over midnight.
    public struct Quiet: Sendable, Equatable {
        public var from: Int
        public var until: Int

        public init(from: Int, until: Int) {
            self.from = from
            self.until = until
        }

        public func contains(minute: Int) -> Bool {
            from <= until ? (from..<until).contains(minute) : minute >= from || minute < until
        }
    }

    public var id: String
    public var kind: Kind
    public var level: Level
    /// For the levels below the town.
    public var village: String?
    public var household: String?
    /// The robot's address, which is a secret in itself.
    public var address: Secret?
    /// What messages are signed with; for mail the password.
    public var secret: Secret?
    /// For `smtp`.
    public var mail: Mail?
    /// For `files`; absolute.
    public var folder: String?
    public var topics: Set<Topic>
    /// Flags below it are not told, 0…1.
    public var minimumConfidence: Double
    /// Minutes for which what comes is gathered into one message.
    public var mergeWindow: Int
    public var quiet: Quiet?
    /// Minute of the day at which everything of a day goes out together.
    public var digest: Int?
    /// Hours between messages about flags of one camera.
    public var cooldown: Int

    public init(id: String, kind: Kind) {
        self.id = id
        self.kind = kind
        level = .town
        topics = Set(Topic.allCases)
        minimumConfidence = 0.5
        mergeWindow = 10
        cooldown = 0
    }
}
