import ConfigurationFiles
import Foundation
import TestKit
import Testing
import Village

@testable import Advising

/// Cards from the sorting table, by the shipped rules and by faulty ones.
@Suite struct SortingTests {
    private static let models = ProjectFiles.models
    private let rules: SortingRules
    private let table: GradeTable
    private let plot = Plot(
        id: "t1", camera: "c", kind: .fruit, crop: "citrus", household: "h1", shape: .polygon([]), valid: DayRange())
    private let site = Site(
        id: "s", name: "s", language: .zh, timeZone: "Asia/Shanghai", location: nil, folder: "/", archive: "/",
        store: "/s", cameras: [], plots: [], permits: [], households: [])

    init() throws {
        rules = try SortingRules.load(path: Self.models + "/sorting.yaml")
        table = try GradeTable.load(path: Self.models + "/grades/danling-qingjian.yaml")
    }

    private func lot(
        _ day: Int, small: Int = 0, green: Int = 0, spotted: Int = 0, of count: Int = 40, scale: Bool = true
    )
        -> SortingJudge.Lot
    {
        let fruit = (0..<count).map { k in
            let spot = FruitFigures.Spot(
                x: 0, y: 0, diameterInMillimetres: 3, areaInSquareMillimetres: 7, areaInPixels: 20)
            let diameter = scale ? (k < small ? 60.0 : 80) : nil
            let figures = FruitFigures(
                number: k + 1, x: 0, y: 0, radii: [40, 40], angle: 0, widestInMillimetres: diameter,
                narrowestInMillimetres: diameter, colourShare: k < green ? 0.5 : 1, spots: k < spotted ? [spot] : [],
                outlineSeen: 1)
            return GradedFruit(figures: figures, diameter: diameter, grade: nil, failed: [])
        }
        let at = Date(timeIntervalSince1970: 1_730_000_000 + Double(day) * 86_400)
        return SortingJudge.Lot(day: Day(number: 20_000 + day), at: at, capture: "a.jpg", fruit: fruit)
    }

    private func cards(_ lots: [SortingJudge.Lot], table: GradeTable? = nil) -> [Advice] {
        SortingJudge(site: site, rules: rules).cards(of: plot, lots: lots, table: table ?? self.table)
    }

    @Test func eachRuleHasItsShareAndItsSource() throws {
        #expect(cards([lot(0)]).isEmpty)
        #expect(cards([lot(0, small: 9)]).isEmpty && cards([lot(0, small: 10)]).map(\.rule) == ["sorting/small"])
        #expect(cards([lot(0, green: 11)]).isEmpty && cards([lot(0, green: 12)]).map(\.rule) == ["sorting/green"])
        #expect(cards([lot(0, spotted: 15)]).isEmpty && cards([lot(0, spotted: 16)]).map(\.rule) == ["sorting/spots"])
        let card = try #require(cards([lot(0, small: 10)]).first)
        #expect(card.seen.zh.contains("40个里有10个（25%）") && card.seen.en.contains("10 of 40 fruits (25 %)"))
        #expect(card.household == "h1" && card.capture == "a.jpg" && !card.source.isEmpty && !card.confirmedLocally)
        for rule in rules.rules {
            #expect(!rule.source.isEmpty && !rule.action.zh.isEmpty && !rule.action.en.isEmpty)
            #expect(!rule.seen.zh.contains("ml") && !rule.action.zh.contains("毫升"), "a picture yields no dose")
        }
    }

    @Test func aHandfulAndWhatWasNotMeasuredSayNothing() throws {
        #expect(cards([lot(0, small: 5, of: 10)]).isEmpty, "ten fruits are no lot")
        #expect(cards([lot(0, small: 40, spotted: 40, scale: false)]).isEmpty, "no millimetres, no sizes and no spots")
        let sizeless = try GradeTable.load(path: Self.models + "/grades/gbt21488-navel.yaml")
        #expect(cards([lot(0, small: 40)], table: sizeless).isEmpty, "a table without sizes calls nothing small")
    }

    @Test func aCardRestsBeforeItComesAgain() {
        let season = (0..<65).map { lot($0, small: 20) }
        #expect(cards(season).map(\.at) == [0, 30, 60].map { lot($0).at })
        #expect(Set(cards(season).map(\.id)).count == 3)
        #expect(cards(season + season.map { $0 }).prefix(3).map(\.id) == cards(season).map(\.id))
    }

    @Test(arguments: [
        ("rules: [{id: a}]", 1), ("rules: 3", 1), ("rule: []", 1),
        (
            "rules:\n  - {id: a, measure: sweet, share: 0.1, title: {zh: a, en: a}, seen: {zh: a, en: a}, action: {zh: a, en: a}, source: s}",
            2
        ),
        (
            "rules:\n  - {id: a, measure: spotted, share: 10, title: {zh: a, en: a}, seen: {zh: a, en: a}, action: {zh: a, en: a}, source: s}",
            2
        ),
        (
            "rules:\n  - {id: a, measure: spotted, share: 0.1, title: {zh: a}, seen: {zh: a, en: a}, action: {zh: a, en: a}, source: s}",
            2
        ),
    ])
    func faultsAreToldByLine(text: String, line: Int) {
        do {
            _ = try SortingRules.rules(in: Document(text: text, file: "sorting.yaml"))
            Issue.record("accepted: \(text)")
        } catch { #expect(error.faults.allSatisfy { $0.line == line && !$0.remedy.isEmpty }, "\(error.faults)") }
    }
}
