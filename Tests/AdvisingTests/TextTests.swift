import Foundation
import Testing
import Village

@testable import Advising
@testable import Reporting

struct TextTests {
    private func advice(_ title: Bilingual, _ seen: Bilingual, _ action: Bilingual) -> Advice {
        Advice(
            id: "1", plot: "p1", household: "h01", camera: "cam", crop: "citrus", kind: .anomaly,
            at: Date(timeIntervalSince1970: 0), bbch: nil,
            title: title, seen: seen, action: action, confidence: 0.5, source: "x", confirmedLocally: false,
            capture: nil)
    }

    /// Every card of three whole simulated years fits radio and phone in both languages.
    @Test func everyCardFits() throws {
        var count = 0
        for (seed, household) in [(UInt64(1), "h01"), (2, "h02"), (3, nil)] {
            let season = Season(
                seed: seed, from: Day("2023-11-01")!, until: Day("2024-12-31")!,
                plots: ["citrus", "citrus", "plum", "yellow-peach", "kiwifruit", "tea", "tomato", "rice", "vegetables"]
                    .enumerated().map {
                        .init(
                            id: "plot-\($0)", crop: $1, sickFrom: $0 == 0 ? Day("2024-06-20") : nil,
                            household: household)
                    })
            for card in try Models.adviser.cards(
                for: Season.site, plots: season.series(), from: Day("2023-11-01")!, until: Day("2024-12-31")!)
            {
                count += 1
                for language in Language.allCases {
                    let radio = RadioText(
                        card, language: language, recipient: language == .zh ? "三组冉家" : "Household h01"
                    ).text
                    let sms = SMSText(card, language: language).text
                    #expect(radio.count <= 200 && radio.contains(card.title.text(in: language)), "\(radio)")
                    #expect(sms.utf16.count <= 70, "\(sms)")
                    if language == .zh { #expect(radio.contains(card.action.zh)) }
                    let marks = SentenceMarks(language: language)
                    #expect(!sms.contains(marks.seeCard), "an errand, not a message: \(sms)")
                    if let own = card.message?[language] {
                        #expect(sms == own && DosePattern.first(in: own) == nil)
                        continue
                    }
                    #expect(sms.hasPrefix(card.title.text(in: language)), "\(sms)")
                    let told = sms.dropFirst(marks.ended(card.title.text(in: language)).count)
                        .trimmingCharacters(in: .whitespaces)
                    let isWhole = told.last.map { ".!?。！？".contains($0) } ?? true
                    #expect(
                        isWhole
                            && (told == marks.seeCard || marks.ended(card.action.text(in: language)).hasPrefix(told)),
                        "half a sentence may say the opposite: \(sms)")
                    #expect(DosePattern.first(in: card.action.text(in: language)) == nil)
                }
            }
        }
        #expect(count > 60)
    }

    /// No household is sent to a card by a message: of every rule that is shipped the essence fits one.
    @Test func everyRuleFitsAShortMessage() throws {
        var count = 0
        for crop in try Models.adviser.library.crops.values {
            for text in crop.work.map(\.text) + crop.symptoms.map(\.text) + crop.events.map(\.text) {
                var card = advice(text.title, Bilingual(zh: "", en: ""), text.action)
                card.message = text.message
                for language in Language.allCases {
                    let sms = SMSText(card, language: language).text
                    let title = SentenceMarks(language: language).ended(text.title.text(in: language))
                    #expect(sms.utf16.count <= 70 && sms.utf16.count > title.utf16.count, "\(crop.id): \(sms)")
                    #expect(!sms.contains(SentenceMarks(language: language).seeCard), "\(crop.id): \(sms)")
                }
                count += 1
            }
        }
        #expect(count > 90)
    }

    @Test func longTextsAreCutAtSentences() {
        let seen = String(repeating: "看到了一些东西，", count: 20) + "就这些。"
        let action = "去看一看。" + String(repeating: "再看一看。", count: 30)
        let long = advice(
            Bilingual(zh: "题目", en: "Title"), Bilingual(zh: seen, en: "s"), Bilingual(zh: action, en: "a"))
        let radio = RadioText(long, language: .zh).text
        #expect(radio.count <= 200 && radio.hasPrefix("题目。") && radio.last == "。")
        let sms = SMSText(long, language: .zh).text
        #expect(sms.utf16.count <= 70 && sms.hasPrefix("题目。去看一看。再看一看。") && sms.last == "。")
    }

    @Test func textsWithoutAnyMarkOrWithWideLettersStillFit() {
        let emoji = String(repeating: "👩‍🌾", count: 300)
        let odd = advice(Bilingual(zh: emoji, en: emoji), Bilingual(zh: emoji, en: ""), Bilingual(zh: emoji, en: emoji))
        for language in Language.allCases {
            #expect(SMSText(odd, language: language).text.utf16.count <= 70)
            #expect(RadioText(odd, language: language).text.count <= 200)
        }
        let empty = advice(Bilingual(zh: "", en: ""), Bilingual(zh: "", en: ""), Bilingual(zh: "", en: ""))
        #expect(SMSText(empty, language: .en).text.trimmingCharacters(in: .whitespaces) == "")
    }

    @Test func anSMSEndsAtASentenceOrSendsToTheCard() {
        let short = Bilingual(zh: "剪枝", en: "Pruning")
        let long = Bilingual(
            zh: "剪去枯枝。" + String(repeating: "带出果园处理，", count: 12) + "完。",
            en: "Cut out dead, diseased and crowded wood and take it far out of the orchard; then rest. Done.")
        let card = advice(short, short, long)
        #expect(SMSText(card, language: .zh).text == "剪枝。剪去枯枝。")
        #expect(SMSText(card, language: .en).text == "Pruning. What to do: see the card.")
    }

    @Test func aDecimalPointEndsNoSentence() {
        let marks = SentenceMarks(language: .en)
        #expect(marks.shortened("Greenness 0.382 is low. Go and look at it.", to: 30) == "Greenness 0.382 is low.")
        #expect(
            marks.shortened("Greenness 0.382 is low", to: 14) == "Greenness 0.3…"
                || marks.shortened("Greenness 0.382 is low", to: 14).count <= 14)
    }

    @Test(arguments: [
        ("兑水1000倍", true), ("每株20 克", true), ("二十毫升", true), ("500–800倍液", true), ("2.5kg per tree", true),
        ("20 g/L", true), ("30 ml", true),
        ("5 grams", true), ("隔5到6厘米留1个", false), ("每5到6 cm", false), ("65 mlk", false), ("三成开花", false), ("", false),
        ("两次", false),
    ])
    func dosesAreFound(text: String, isDose: Bool) { #expect((DosePattern.first(in: text) != nil) == isDose) }

    @Test func idsDependOnEveryPart() {
        let ids = [["a", "b"], ["ab"], ["a", "b", ""], ["b", "a"], [], [""]].map(CardID.of)
        #expect(Set(ids).count >= 5)
        #expect(ids.allSatisfy { $0.count == 16 })
        // FNV-1a of "a", from the algorithm's own test vectors.
        #expect(CardID.of(["a"]) == "af63dc4c8601ec8c")
    }
}
