import Casework
import Foundation
import HTTPTypes
import Hummingbird
import Reporting
import Storage
import Synchronization
import Village

/// What all routes share.
final class Desk: Sendable {
    let settings: ReviewSettings
    let store: Store
    let views: any SiteViews
    let now: @Sendable () -> Date
    let hostRule: HostRule
    let sessions = Sessions()
    let loginLimit = LoginLimit()
    let rules: CaseworkRules
    let shelf = CaseShelf()
    let templates: PageTemplates
    let style: String
    /// Passphrases are tried one at a time: each takes 128 MiB.
    let passphraseTry = Mutex(())
    /// Held from reading the site file to writing it.
    let siteFileEdit = Mutex(())

    init(
        settings: ReviewSettings, store: Store, views: any SiteViews, rules: CaseworkRules,
        now: @escaping @Sendable () -> Date
    ) throws {
        self.rules = rules
        self.settings = settings
        self.store = store
        self.views = views
        self.now = now
        hostRule = HostRule(settings: settings)
        templates = try PageTemplates(Assets.templates)
        style = try ReportStyle.css() + String(decoding: Assets.style, as: UTF8.self)
    }

    func view(_ request: Request, _ context: ReviewContext) throws -> View {
        guard let session = context.session else { throw PageError(.forbidden, .sessionEnded) }
        let site = try views.site()
        return try View(desk: self, site: site, session: session, path: request.uri.string)
    }

    /// The answer to a request that failed.
    func page(for error: any Error, request: Request, context: ReviewContext) -> Response {
        let fault: PageError =
            switch error {
            case let error as PageError: error
            case let error as HTTPError where error.status == .notFound: PageError(.notFound, .notFound)
            case let error as HTTPError: PageError(error.status, .badRequest)
            case let error as StoreError: PageError(.serviceUnavailable, .storeFailed, detail: error.message)
            default: PageError(.internalServerError, .failed, detail: "\(error)")
            }
        let session =
            context.session ?? Session(token: "", formToken: "", isSignedIn: false, lastSeen: now())
        do {
            let site = try views.site()
            let view = try View(desk: self, site: site, session: session, path: "/")
            return try view.response(
                "message",
                ["text": view.say(fault.phrase), "detail": view.some(fault.detail), "title": view.say(fault.phrase)],
                status: fault.status)
        } catch {
            let text = fault.phrase.bilingual
            return Response.text("\(text.zh)\n\(text.en)\n", status: fault.status)
        }
    }
}

extension Response {
    static func text(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/plain; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}
