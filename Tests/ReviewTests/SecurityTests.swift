import Foundation
import HTTPTypes
import Testing

@testable import Review

@Suite struct SecurityTests {
    @Test(arguments: LoginTests.pages + ["/login", "/assets/style.css", "/assets/keys.js", "/assets/x", "/%2e%2e/x"])
    func everyAnswerCarriesTheHeaders(path: String) async throws {
        let answer = try await Browser(try ReviewSite(flags: ReviewSite.flags(1))).get(path)
        let policy = answer.headers[.contentSecurityPolicy] ?? ""
        for rule in ["default-src 'none'", "script-src 'self';", "frame-ancestors 'none'", "form-action 'self'"] {
            #expect(policy.contains(rule), "\(path): \(rule)")
        }
        #expect(!policy.contains("script-src 'self' 'unsafe"))
        #expect(answer.headers[.xContentTypeOptions] == "nosniff")
        #expect(answer.headers[.referrerPolicy] == "same-origin")
        #expect(answer.headers[.frameOptions] == "DENY")
        #expect(answer.headers[.cacheControl] != nil)
    }

    @Test func pagesCarryNoScriptOfTheirOwn() async throws {
        let browser = Browser(try ReviewSite(flags: ReviewSite.flags(2)))
        for path in ["/", "/flags", "/flags/cam-1", "/plots/p1", "/plots/p1/draw", "/cameras/cam/draw", "/cameras"] {
            let text = try await browser.get(path).text
            #expect(!text.contains("<script>") && !text.contains(" onclick=") && !text.contains("javascript:"))
            #expect(
                text.range(of: #"<script src="/assets/[a-z]+\.js" defer></script>"#, options: .regularExpression) != nil
            )
            #expect(text.range(of: #"(src|href|action)="(https?:)?//"#, options: .regularExpression) == nil, "\(path)")
        }
    }

    @Test func namesOfOtherSitesAreNotServed() async throws {
        let browser = Browser(try ReviewSite(flags: ReviewSite.flags(1)))
        browser.host = "rebound.example:8377"
        let answer = try await browser.get("/flags")
        #expect(answer.status == 421 && !answer.text.contains("cam-1"))
    }

    // MARK: Forms

    @Test func aFormNeedsTheTokenOfItsSession() async throws {
        let site = try ReviewSite(flags: ReviewSite.flags(1))
        let browser = Browser(site), other = Browser(site)
        _ = try await browser.get("/flags/cam-1")
        _ = try await other.get("/flags/cam-1")
        for token in ["", "x", other.token, browser.token.uppercased(), browser.token + "x"] {
            let answer = try await browser.post("/flags/cam-1/verdict", ["verdict": "confirm", "csrf": token])
            #expect(answer.status == 403, "\(token)")
        }
        let stranger = Browser(site)
        #expect(try await stranger.post("/flags/cam-1/verdict", ["verdict": "confirm"]).status == 403)
        #expect(try site.store.decisions(flag: "cam-1").isEmpty)
    }

    @Test(
        arguments: [
            [HTTPField.Name.origin: "http://evil.example"], [.origin: "null"], [.origin: "https://127.0.0.1:8377"],
            [.origin: "http://127.0.0.1:9999"], [.fetchSite: "cross-site"], [.fetchSite: "same-site"],
        ] as [[HTTPField.Name: String]])
    func aFormOfAnotherSiteIsRefused(fields: [HTTPField.Name: String]) async throws {
        let site = try ReviewSite(flags: ReviewSite.flags(1))
        let browser = Browser(site)
        _ = try await browser.get("/flags/cam-1")
        var headers = HTTPFields()
        for (name, value) in fields { headers[name] = value }
        let answer = try await browser.post("/flags/cam-1/verdict", ["verdict": "confirm"], headers: headers)
        #expect(answer.status == 403)
        #expect(try site.store.decisions(flag: "cam-1").isEmpty)
    }

    @Test func aHugeFormIsRefused() async throws {
        let browser = Browser(try ReviewSite(flags: ReviewSite.flags(1)))
        _ = try await browser.get("/flags/cam-1")
        let note = String(repeating: "x", count: SessionGuard.longestForm)
        #expect(try await browser.post("/flags/cam-1/verdict", ["verdict": "confirm", "note": note]).status == 413)
    }

    @Test(arguments: [HTTPRequest.Method.put, .delete, .patch, .options, .trace])
    func otherMethodsAreRefused(method: HTTPRequest.Method) async throws {
        let answer = try await Browser(try ReviewSite()).send(method, "/", headers: [:], body: "")
        #expect(answer.status == 405 && answer.headers[.contentSecurityPolicy] != nil)
    }

    // MARK: Files

    @Test(arguments: [
        "/pictures/capture/../../site.yaml", "/pictures/capture/..%2f..%2fsite.yaml", "/pictures/capture/%2e%2e",
        "/pictures/capture/1%00.jpg", "/pictures/capture/-1", "/pictures/capture/99999999999999999999",
        "/pictures/capture/1?width=5", "/pictures/capture/1?width=../x", "/pictures/capture/cam%2f0.jpg",
        "/pictures/reference/..%2f..%2fetc%2fpasswd", "/pictures/reference/%2e%2e", "/pictures/evidence/cam-1/..",
        "/pictures/evidence/..%2fcam-1/after", "/pictures/evidence/cam-1/after%00", "/assets/..%2fsite.yaml",
        "/assets/../../site.yaml", "/assets/%2e%2e%2fsite.yaml", "/assets//etc/passwd", "/../site.yaml", "/site.yaml",
        "/archive/cam/x.jpg", "/plotwatch.sqlite", "/plots/..%2f..", "/flags/..%2f..%2fsite.yaml",
        "/flags/cam-1%27%20OR%201=1--", "/plots/p1%22%3E%3Cscript%3E",
    ])
    func noAddressNamesAFile(path: String) async throws {
        let answer = try await Browser(try ReviewSite(flags: ReviewSite.flags(1))).get(path)
        #expect(answer.status == 404 || answer.status == 400, "\(path)")
        #expect(!answer.text.contains("kept:") && !answer.text.contains("root:"))
    }

    @Test func aCaptureIsServedByItsNumber() async throws {
        let browser = Browser(try ReviewSite(flags: ReviewSite.flags(1)))
        let answer = try await browser.get("/pictures/capture/3?width=320")
        #expect(answer.text == "capture cam/2.jpg 320" && answer.headers[.contentType] == "image/jpeg")
        let tag = try #require(answer.headers[.eTag])
        let again = try await browser.get("/pictures/capture/3?width=320", headers: [.ifNoneMatch: tag])
        #expect(again.status == 304 && again.bytes.isEmpty)
        #expect(try await browser.get("/pictures/evidence/cam-1/mask").text == "evidence cam-1 mask")
    }

    @Test func roomsAreNotShown() async throws {
        let browser = Browser(
            try ReviewSite(flags: [ReviewSite.flag(1), ReviewSite.flag(2, plot: "r1", camera: "care")]))
        for path in [
            "/pictures/capture/21", "/pictures/reference/care", "/pictures/evidence/care-2/after",
            "/pictures/evidence/care-2/mask", "/cameras/care/draw", "/plots/r1/draw",
        ] {
            let answer = try await browser.get(path)
            #expect(answer.status == 403 && !answer.text.contains("capture care"), "\(path)")
        }
        for path in ["/", "/flags/care-2", "/plots/r1", "/cameras"] {
            let text = try await browser.get(path).text
            #expect(!text.contains("/pictures/reference/care") && !text.contains("evidence/care-2"), "\(path)")
            #expect(text.contains("室内摄像头的照片不在这里显示"), "\(path)")
        }
        #expect(!(try await browser.get("/plots/r1").text.contains("/pictures/capture/")))
    }

    // MARK: Names

    @Test func hostileNamesAreTexts() async throws {
        let hostile = "\"><img src=x onerror=alert(1)>'</script><!--\u{202E}"
        var text = ReviewSite.text.replacingOccurrences(of: "name: 后山", with: "name: '\"><svg onload=alert(2)>'")
        text = text.replacingOccurrences(of: "name: 大溪镇", with: "name: '<script>alert(3)</script>'")
        let site = try ReviewSite(text: text, flags: [ReviewSite.flag(1, explanation: hostile)])
        try site.store.commit(
            .init(captures: [
                .init(
                    camera: "cam", path: "cam/<script>alert(4)</script>\".jpg", at: ReviewSite.start, sizeInBytes: 1,
                    sha256: "x", quality: .corrupt, reason: "<iframe src=//evil.example>")
            ]))
        let browser = Browser(site)
        _ = try await browser.get("/flags/cam-1")
        _ = try await browser.post("/inspector", ["name": "<u>王</u>\"'"])
        _ = try await browser.get("/flags/cam-1")
        _ = try await browser.post("/flags/cam-1/verdict", ["verdict": "confirm", "note": "</textarea><script>"])
        for path in [
            "/", "/flags?show=all", "/flags/cam-1", "/plots/b1", "/plots/p1", "/cameras", "/plots/b1/draw",
            "/cameras/cam/draw", "/flags?show=%3Cscript%3E", "/flags?after=%22%3E%3Cscript%3E",
        ] {
            let text = try await browser.get(path).text
            for tag in ["<img src=x", "<svg onload", "<script>", "<iframe", "<u>", "<b>叶", "\u{202E}", "</textarea><s"]
            {
                #expect(!text.contains(tag), "\(path) holds \(tag)")
            }
        }
        let page = try await browser.get("/flags/cam-1").text
        #expect(page.contains("&lt;img src=x onerror=alert(1)&gt;") && page.contains("&lt;u&gt;王"))
    }
}
