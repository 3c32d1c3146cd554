import HTTPTypes
import Hummingbird

/// Puts on every answer, errors included, what keeps other sites and hostile names out of the page.
struct SecurityHeaders: RouterMiddleware {
    typealias Context = ReviewContext

    static let policy =
        "default-src 'none'; img-src 'self' data:; style-src 'self'; style-src-attr 'unsafe-inline'; "
        + "script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

    let desk: Desk

    func handle(
        _ request: Request, context: ReviewContext, next: (Request, ReviewContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            response = desk.page(for: error, request: request, context: context)
        }
        response.headers[.contentSecurityPolicy] = Self.policy
        response.headers[.xContentTypeOptions] = "nosniff"
        // Nothing goes to other sites. Under "no-referrer" browsers would send our own forms with the origin "null".
        response.headers[.referrerPolicy] = "same-origin"
        response.headers[.frameOptions] = "DENY"
        response.headers[.openerPolicy] = "same-origin"
        response.headers[.resourcePolicy] = "same-origin"
        response.headers[.permissions] = "camera=(), microphone=(), geolocation=()"
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        return response
    }
}

extension HTTPField.Name {
    // Literal names that are valid by their spelling; were one not, the header would be the harmless one.
    static let referrerPolicy = Self("Referrer-Policy") ?? .via
    static let frameOptions = Self("X-Frame-Options") ?? .via
    static let openerPolicy = Self("Cross-Origin-Opener-Policy") ?? .via
    static let resourcePolicy = Self("Cross-Origin-Resource-Policy") ?? .via
    static let permissions = Self("Permissions-Policy") ?? .via
    static let fetchSite = Self("Sec-Fetch-Site") ?? .via
}
