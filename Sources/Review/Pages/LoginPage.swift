import Hummingbird
import Storage
import Village

/// Signing in and out, the inspector's name, the language.
struct LoginPage: Sendable {
    let desk: Desk

    func add(to router: Router<ReviewContext>) {
        router.get("/login") { request, context in
            try page(desk.view(request, context), next: Query(request)["next"], fault: nil, status: .ok)
        }
        router.post("/login") { request, context in try signIn(request, context) }
        router.post("/logout") { _, context in
            if let session = context.session { desk.sessions.end(session) }
            return Response.redirect("/login")
        }
        router.post("/language") { _, context in
            let language = context.form["language"].flatMap(Language.init(rawValue:))
            if let session = context.session, let language {
                desk.sessions.update(session) { $0.language = language }
            }
            return Response.redirect(Address.local(context.form["next"]) ?? "/")
        }
        router.post("/inspector") { request, context in
            guard let session = context.session, let name = name(context.form["name"]) else {
                throw PageError(.unprocessableContent, .nameNeeded)
            }
            desk.sessions.update(session) { $0.inspector = name }
            return Response.redirect(Address.local(context.form["next"]) ?? "/")
        }
    }

    private func page(
        _ view: View, next: String?, name: String? = nil, fault: Phrase?, status: HTTPResponse.Status
    ) throws -> Response {
        try view.response(
            "login",
            [
                "title": view.say(Phrase.signIn), "next": Address.local(next) ?? "/",
                "fault": view.some(fault.map { view.say($0) }), "given": name ?? "",
            ], status: status)
    }

    private func signIn(_ request: Request, _ context: ReviewContext) throws -> Response {
        let view = try desk.view(request, context)
        let next = context.form["next"]
        guard let hash = desk.settings.passphrase, let session = context.session else {
            return Response.redirect("/")
        }
        guard let name = name(context.form["name"]) else {
            return try page(view, next: next, fault: .nameNeeded, status: .unprocessableContent)
        }
        // Tries that wait for their turn are counted as failed already.
        if let wait = desk.loginLimit.begin(context.peer, now: desk.now()) {
            var response = try page(
                view, next: next, name: name, fault: .tryLater, status: .tooManyRequests)
            response.headers[.retryAfter] = String(Int(wait.rounded(.up)))
            return response
        }
        let given = context.form.exact("passphrase")
        guard desk.passphraseTry.withLock({ _ in hash.matches(given) }) else {
            return try page(view, next: next, name: name, fault: .wrongPassphrase, status: .forbidden)
        }
        desk.loginLimit.succeeded(context.peer)
        let signedIn = desk.sessions.signIn(session, inspector: name, now: desk.now())
        var response = Response.redirect(Address.local(next) ?? "/")
        response.setSession(signedIn.token)
        return response
    }

    /// As the journal takes it; `nil` where it is empty, too long or holds control characters.
    private func name(_ text: String?) -> String? {
        guard let text, text.count <= Store.longestLabel,
            !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else { return nil }
        return text
    }
}
