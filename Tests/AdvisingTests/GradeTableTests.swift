import ConfigurationFiles
import Foundation
import TestKit
import Testing
import Village

@testable import Advising

@Suite struct GradeTableTests {
    static let models = ModelFolder(
        folder: ProjectFiles.models, own: nil)

    static func fruit(_ diameter: Double?, colour: Double?, spots: [Double]) -> FruitFigures {
        FruitFigures(
            number: 1, x: 0, y: 0, radii: [1, 1], angle: 0, widestInMillimetres: diameter,
            narrowestInMillimetres: diameter,
            colourShare: colour,
            spots: spots.map {
                .init(
                    x: 0, y: 0, diameterInMillimetres: diameter == nil ? nil : $0,
                    areaInSquareMillimetres: diameter == nil ? nil : Double.pi * $0 * $0 / 4, areaInPixels: 1)
            }, outlineSeen: 1)
    }

    static func id(_ grade: GradeTable.Grade) -> String {
        switch grade {
        case .grade(let entry): entry.id
        case .none(let asks): "none:" + asks.map(\.rawValue).joined(separator: ",")
        case .unknown: "unknown"
        }
    }

    @Test func everyShippedTableIsSound() throws {
        let names = GradeTable.names(in: Self.models)
        #expect(names.contains("danling-qingjian") && names.contains("gbt21488-navel") && names.contains("generic"))
        for name in names {
            let table = try GradeTable.load(name, from: Self.models)
            #expect(table.id == name && !table.classes.isEmpty && !table.source.zh.isEmpty)
        }
    }

    /// The figures of the trading standard, at their limits.
    @Test func danling() throws {
        let table = try GradeTable.load("danling-qingjian", from: Self.models)
        func grade(_ d: Double?, _ c: Double?, _ s: [Double]) -> String {
            Self.id(table.grade(of: Self.fruit(d, colour: c, spots: s)))
        }
        #expect(grade(80, 1, [1.5, 1.5]) == "premium" && grade(90, 1, []) == "premium")
        #expect(grade(79.9, 1, []) == "first" && grade(85, 0.9, []) == "first" && grade(85, 1, [1.6]) == "first")
        #expect(grade(85, 1, [1, 1, 1]) == "first" && grade(72, 1, []) == "second" && grade(85, 0.8, []) == "second")
        #expect(grade(95, 1, []) == "outside" && grade(69, 0.7, [4]) == "outside")
        #expect(grade(85, 0.69, []) == "none:colour" && grade(85, 1, [4.1]) == "none:spots")
        #expect(grade(nil, 1, []) == "unknown" && grade(85, nil, []) == "unknown")
    }

    /// cm² in the file are mm² in the table.
    @Test func navel() throws {
        let table = try GradeTable.load("gbt21488-navel", from: Self.models)
        let small = 2 * (30 / Double.pi).squareRoot()
        #expect(Self.id(table.grade(of: Self.fruit(75, colour: 0.9, spots: [small - 0.01]))) == "special")
        #expect(Self.id(table.grade(of: Self.fruit(75, colour: 0.9, spots: [small + 0.05]))) == "first")
        #expect(Self.id(table.grade(of: Self.fruit(75, colour: 0.1, spots: []))) == "second")
        #expect(Self.id(table.grade(of: Self.fruit(75, colour: 1, spots: [12]))) == "none:blemish")
    }

    @Test func everyFaultIsToldAtOnce() throws {
        let text = """
            table: my oranges
            name: {zh: 甲}
            source: {zh: 甲, en: a}
            notSeen: {zh: 甲, en: a}
            width: wide
            ripe: {from: 60, until: 30}
            classes:
              - {id: a, zh: 一, en: one, colourShare: 1.5}
              - {id: a, zh: 一, en: one, colour: 0.5}
            """
        let document = try Document(text: text, file: "t.yaml")
        let error = #expect(throws: ConfigurationError.self) { try GradeFile.table(in: document) }
        let lines = Set((error?.faults ?? []).map(\.line))
        #expect(lines.isSuperset(of: [1, 2, 5, 6, 8, 9]), "\(error?.faults.map(\.description) ?? [])")
    }
}
