import Foundation
import Testing

@testable import Review

@Suite struct LoginTests {
    static let passphrase = "four words are enough"

    static let pages = [
        "/", "/flags", "/flags/cam-1", "/flags/cam-1/last", "/plots/p1", "/plots/p1/draw", "/cameras",
        "/cameras/cam/draw", "/pictures/capture/1", "/pictures/reference/cam", "/pictures/evidence/cam-1/after",
        "/nothing", "/cases", "/cases.csv", "/cases/new", "/cases/2024-0001",
    ]

    @Test(arguments: pages) func nothingIsShownBeforeSigningIn(path: String) async throws {
        let browser = Browser(try ReviewSite(flags: ReviewSite.flags(1), passphrase: Self.passphrase))
        let answer = try await browser.get(path)
        #expect(answer.status == 303 && answer.location.hasPrefix("/login?next="))
        #expect(answer.bytes.isEmpty)
    }

    @Test(arguments: [
        "/flags/cam-1/verdict", "/undo", "/plots/p1/draw", "/cameras/cam/draw", "/inspector", "/logout",
        "/flags/cam-1/case", "/cases/new", "/cases/2024-0001/assign",
    ])
    func nothingIsChangedBeforeSigningIn(path: String) async throws {
        let site = try ReviewSite(flags: ReviewSite.flags(1), passphrase: Self.passphrase)
        let browser = Browser(site)
        _ = try await browser.get("/login")
        let before = site.siteText
        let answer = try await browser.post(path, ["verdict": "confirm", "points": "1,1 9,1 9,9", "name": "x"])
        #expect(answer.status == 401)
        #expect(try site.store.decisions(flag: "cam-1").isEmpty && site.siteText == before)
        #expect(try site.store.journalHead() == nil)
    }

    @Test func signingInTakesANewTokenAndLeadsBack() async throws {
        let browser = Browser(try ReviewSite(passphrase: Self.passphrase))
        let page = try await browser.get("/login?next=/flags%3Fshow%3Dall")
        #expect(page.status == 200 && page.text.contains("name=\"next\" value=\"/flags?show=all\""))
        let before = browser.cookie
        let answer = try await browser.post(
            "/login", ["name": "王五", "passphrase": Self.passphrase, "next": "/flags?show=all"])
        #expect(answer.status == 303 && answer.location == "/flags?show=all")
        #expect(browser.cookie != before)
        let cookie = answer.headers[.setCookie] ?? ""
        #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && cookie.contains("Path=/"))
        let home = try await browser.get("/")
        #expect(home.status == 200 && home.text.contains("王五"))
        // The token that was known before signing in is worth nothing.
        browser.cookie = before
        #expect(try await browser.get("/").status == 303)
    }

    @Test func aForeignAddressIsNotLedTo() async throws {
        let browser = Browser(try ReviewSite(passphrase: Self.passphrase))
        _ = try await browser.get("/login")
        let answer = try await browser.post(
            "/login", ["name": "w", "passphrase": Self.passphrase, "next": "//evil.example/"])
        #expect(answer.location == "/")
    }

    @Test func wrongPassphrasesAreCountedAndThenRefused() async throws {
        let site = try ReviewSite(passphrase: Self.passphrase)
        let browser = Browser(site)
        _ = try await browser.get("/login")
        var statuses: [Int] = []
        for number in 0..<8 {
            statuses.append(
                try await browser.post("/login", ["name": "w", "passphrase": "wrong \(number) wrong wrong"]).status)
        }
        #expect(statuses == [403, 403, 403, 403, 403, 429, 429, 429])
        // Not even the right one passes meanwhile; another machine does.
        let refused = try await browser.post("/login", ["name": "w", "passphrase": Self.passphrase])
        #expect(refused.status == 429 && Int(refused.headers[.retryAfter] ?? "") ?? 0 > 0)
        let other = Browser(site, peer: "192.168.1.7")
        _ = try await other.get("/login")
        #expect(try await other.post("/login", ["name": "x", "passphrase": Self.passphrase]).status == 303)
        site.clock.advance(31)
        #expect(try await browser.post("/login", ["name": "w", "passphrase": Self.passphrase]).status == 303)
    }

    @Test func sessionsEnd() async throws {
        let site = try ReviewSite(passphrase: Self.passphrase)
        let browser = Browser(site)
        _ = try await browser.get("/login")
        _ = try await browser.post("/login", ["name": "w", "passphrase": Self.passphrase])
        site.clock.advance(Sessions.idleLimit - 1)
        #expect(try await browser.get("/").status == 200)
        site.clock.advance(Sessions.idleLimit + 1)
        #expect(try await browser.get("/").status == 303)
        _ = try await browser.get("/login")
        _ = try await browser.post("/login", ["name": "w", "passphrase": Self.passphrase])
        _ = try await browser.get("/")
        let kept = browser.cookie
        #expect(try await browser.post("/logout", [:]).location == "/login")
        browser.cookie = kept
        #expect(try await browser.get("/").status == 303)
    }

    @Test(arguments: ["", String(repeating: "x", count: 41), "a\u{7}b"]) func aNameIsNeeded(name: String) async throws {
        let browser = Browser(try ReviewSite(passphrase: Self.passphrase))
        _ = try await browser.get("/login")
        #expect(try await browser.post("/login", ["name": name, "passphrase": Self.passphrase]).status == 422)
    }

    @Test func manySessionsPushOutTheOldestThatIsNotSignedIn() {
        let sessions = Sessions()
        let now = Date(timeIntervalSince1970: 0)
        let signedIn = sessions.begin(now: now, isSignedIn: true)
        let first = sessions.begin(now: now + 1, isSignedIn: false)
        for number in 0..<Sessions.most { _ = sessions.begin(now: now + 2 + Double(number), isSignedIn: false) }
        #expect(sessions.session(token: signedIn.token, now: now + 3000) != nil)
        #expect(sessions.session(token: first.token, now: now + 3000) == nil)
    }
}
