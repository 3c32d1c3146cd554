/// What a mail server is told besides the message.
public struct MailEnvelope: Sendable, Equatable {
    public var from: String
    public var recipients: [String]
    /// Who signs in; `nil` = nobody.
    public var login: Login?

    public struct Login: Sendable, Equatable {
        public var user: String
        public var password: String
    }
}
