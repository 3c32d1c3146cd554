import Casework
import HTTPTypes
import Hummingbird
import Reporting
import Village

/// One page for one person: language, dates, and what every template needs.
struct View {
    typealias Context = [String: Any]

    let desk: Desk
    let site: Site
    let session: Session
    let language: Language
    let dates: DateText
    private let path: String

    init(desk: Desk, site: Site, session: Session, path: String) throws {
        guard let clock = SiteClock(timeZone: site.timeZone) else {
            throw PageError(.internalServerError, .failed, detail: "time zone \(site.timeZone)")
        }
        self.desk = desk
        self.site = site
        self.session = session
        self.path = path
        language = session.language ?? site.language
        dates = DateText(clock: clock, language: language)
    }

    var inspector: String { session.inspector ?? desk.settings.inspector }

    var ledger: CaseLedger { CaseLedger(site: site, clock: dates.clock, store: desk.store, rules: desk.rules) }
    var today: Day { dates.clock.day(of: desk.now()) }
    func cases() throws -> [Case] { try desk.shelf.cases(ledger) }
    /// Who has seen to cases, for a form to propose.
    func members() throws -> [String] { try Set(cases().compactMap(\.assignee)).sorted() }

    func say(_ text: Bilingual) -> String { text.text(in: language) }
    func say(_ phrase: Phrase) -> String { phrase.bilingual.text(in: language) }
    func say(_ word: Word) -> String { word.text(in: language) }
    /// The value, or `false` where there is none: Mustache looks a missing name up in the enclosing scopes.
    func some(_ value: Any?) -> Any { value ?? false }
    func some(_ list: [Context]) -> Any { list.isEmpty ? false : list }

    /// Pictures of a camera that looks into a room are not shown.
    func isPrivate(_ camera: String) -> Bool { site.isPrivate(camera) }

    func response(_ template: String, _ context: Context, status: HTTPResponse.Status = .ok) throws -> Response {
        var words: Context = [:]
        for word in Word.allCases { words[word.rawValue] = say(word) }
        for phrase in Phrase.allCases { words[phrase.rawValue] = say(phrase) }
        let base: Context = [
            "w": words, "lang": language == .zh ? "zh-CN" : "en", "colon": language == .zh ? "：" : ": ",
            "siteName": site.name, "csrf": session.formToken, "signedIn": session.isSignedIn,
            "locked": desk.settings.passphrase != nil, "inspector": inspector, "here": path,
            "otherLanguage": language == .zh ? "en" : "zh", "otherLanguageName": language == .zh ? "English" : "中文",
            "otherLanguageCode": language == .zh ? "en" : "zh-CN",
            "madeWith": "PlotWatch \(desk.settings.toolVersion)", "flash": false, "scripts": false, "leaflet": false,
            "kind": template,
        ]
        let html = try desk.templates.render(base.merging(context) { $1 }, template)
        return Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: html)))
    }
}

extension Site {
    /// Whether a camera looks into somebody's room.
    func isPrivate(_ camera: String) -> Bool { plots.contains { $0.camera == camera && $0.kind == .room } }
}
