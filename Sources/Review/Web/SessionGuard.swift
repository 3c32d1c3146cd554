import HTTPTypes
import Hummingbird
import NIOCore

/// Lets a request through only under an allowed host name, with a session, and, where it changes something, from a page
/// of this server with that page's token.
struct SessionGuard: RouterMiddleware {
    typealias Context = ReviewContext

    static let cookie = "plotwatch_session"
    /// Bytes of a form: an outline of a thousand corners has 15 kB.
    static let longestForm = 256 << 10
    /// Served to anybody.
    private static let open = ["/login", "/language", "/assets/"]

    let desk: Desk

    func handle(
        _ request: Request, context: ReviewContext, next: (Request, ReviewContext) async throws -> Response
    ) async throws -> Response {
        guard desk.hostRule.allows(request.head.authority) else {
            throw PageError(.misdirectedRequest, .unknownHost)
        }
        var context = context
        let now = desk.now()
        let known = desk.sessions.session(token: request.cookies[Self.cookie]?.value, now: now)
        let session = known ?? desk.sessions.begin(now: now, isSignedIn: desk.settings.passphrase == nil)
        context.session = session
        var response: Response
        do {
            response = try await answer(request, known: known, context: &context, next: next)
        } catch {
            // In the session's language.
            response = desk.page(for: error, request: request, context: context)
        }
        // A route that signed somebody in has put its own cookie.
        if known == nil, !response.headers[values: .setCookie].contains(where: { $0.hasPrefix(Self.cookie) }) {
            response.setSession(session.token)
        }
        return response
    }

    private func answer(
        _ request: Request, known: Session?, context: inout ReviewContext,
        next: (Request, ReviewContext) async throws -> Response
    ) async throws -> Response {
        switch request.method {
        case .get, .head: break
        case .post: context.form = try await form(of: request, session: known, context: context)
        default: throw PageError(.methodNotAllowed, .notFound)
        }
        let isOpen = Self.open.contains { request.uri.path.hasPrefix($0) }
        guard context.session?.isSignedIn == true || isOpen else {
            guard request.method == .get else { throw PageError(.unauthorized, .signInFirst) }
            return Response.redirect("/login?next=" + Address.encoded(request.uri.string))
        }
        return try await next(request, context)
    }

    private func form(of request: Request, session: Session?, context: ReviewContext) async throws -> Form {
        guard
            desk.hostRule.allowsChange(
                origin: request.headers[.origin], fetchSite: request.headers[.fetchSite],
                authority: request.head.authority)
        else { throw PageError(.forbidden, .otherSite) }
        guard let session else { throw PageError(.forbidden, .sessionEnded) }
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: Self.longestForm)
        } catch is NIOTooManyBytesError {
            throw PageError(.contentTooLarge, .formTooLarge)
        }
        let form = Form(body: String(buffer: body))
        guard SecretText.areEqual(form.exact("csrf"), session.formToken) else {
            throw PageError(.forbidden, .sessionEnded)
        }
        return form
    }
}

extension Response {
    mutating func setSession(_ token: String) {
        headers[values: .setCookie].append(
            "\(SessionGuard.cookie)=\(token); Path=/; HttpOnly; SameSite=Strict")
    }

    /// After a form: the browser asks for the page anew.
    static func redirect(_ path: String) -> Response {
        Response(status: .seeOther, headers: [.location: path])
    }
}
