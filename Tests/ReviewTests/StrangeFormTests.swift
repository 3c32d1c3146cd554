import TestKit
import Testing
import Village

@testable import Review

/// What a browser never sends.
@Suite struct StrangeFormTests {
    private static let pieces = [
        "a", "b", "=", "&", "+", "%", "%2", "%00", "%FF", "%C3%28", "%E5%90%8E", "%25", "points", "row", "&&==&",
        "\u{0}", "后",
        "1,2", " ", "%0D%0A", "-", ".", "1e9", "nan", "inf", "0", "99999999999999999999", ";", "，",
    ]

    private func text(_ chance: inout SeededGenerator) -> String {
        (0..<Int.random(in: 0..<20, using: &chance)).map { _ in Self.pieces.randomElement(using: &chance) ?? "" }
            .joined()
    }

    @Test func anyBodyIsAForm() {
        var chance = SeededGenerator(seed: 3)
        for _ in 0..<20_000 {
            let body = text(&chance)
            let form = Form(body: body)
            for name in ["a", "b", "", "points"] {
                // A field is no longer than what it came from, and only there where it was sent.
                #expect(form.exact(name).utf8.count <= body.utf8.count)
                #expect(form[name] == nil || body.contains("="))
            }
        }
    }

    @Test func anyOutlineIsInsideAndSimpleOrRefused() {
        var chance = SeededGenerator(seed: 4)
        for _ in 0..<20_000 {
            guard case .success(let outline) = DrawnOutline.read(text(&chance), width: 100, height: 80) else {
                continue
            }
            #expect((3...DrawnOutline.mostCorners).contains(outline.count))
            #expect(outline.allSatisfy { (0...100).contains($0.x) && (0...80).contains($0.y) })
            #expect(!DrawnOutline.crossesItself(outline))
        }
    }
}
