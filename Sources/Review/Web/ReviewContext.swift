import Hummingbird
import Logging
import NIOCore

/// What a request carries through the routes.
struct ReviewContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The peer's address without its port.
    var peer: String
    /// Set by ``SessionGuard``.
    var session: Session?
    /// The fields of a POST, its token already checked.
    var form = Form(fields: [:])

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        peer = source.channel.remoteAddress?.ipAddress ?? "?"
    }

    /// Without a connection.
    init(logger: Logger, peer: String) {
        struct Source: RequestContextSource { var logger: Logger }
        coreContext = .init(source: Source(logger: logger))
        self.peer = peer
    }
}
