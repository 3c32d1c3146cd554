import Village

extension JSONDocuments {
    /// One channel after a push.
    public struct PushedChannel: Sendable {
        public var channel: String
        public var new: Int
        public var sent: Int
        public var waiting: Int
        public var failure: String?
        /// What would come in: key and moment, on a dry run.
        public var planned: [(key: String, due: String)]

        public init(
            channel: String, new: Int, sent: Int, waiting: Int, failure: String?, planned: [(key: String, due: String)]
        ) {
            self.channel = channel
            self.new = new
            self.sent = sent
            self.waiting = waiting
            self.failure = failure
            self.planned = planned
        }
    }

    /// `{"plotwatch":"1","kind":"push","dryRun":…,"channels":[…]}`.
    public static func pushed(_ channels: [PushedChannel], dryRun: Bool) -> String {
        document(
            "push",
            [
                .init("dryRun", .bool(dryRun)),
                .init(
                    "channels",
                    .list(
                        channels.map { channel in
                            .object([
                                .init("channel", .text(channel.channel)), .init("new", .integer(channel.new)),
                                .init("sent", .integer(channel.sent)), .init("waiting", .integer(channel.waiting)),
                                .init("failure", .text(channel.failure)),
                                .init(
                                    "planned",
                                    .list(
                                        channel.planned.map {
                                            .object([.init("key", .text($0.key)), .init("due", .text($0.due))])
                                        })),
                            ])
                        })),
            ])
    }
}
