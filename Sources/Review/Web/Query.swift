import Hummingbird

/// The part of an address behind the question mark.
struct Query: Sendable {
    private let fields: Form

    init(_ request: Request) { fields = Form(body: request.uri.query ?? "") }

    subscript(name: String) -> String? { fields[name] }
}
