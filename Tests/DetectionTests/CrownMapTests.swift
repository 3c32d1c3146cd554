import Foundation
import Pixels
import TestKit
import Testing
import Village

@testable import Detection

/// A plot of 64 × 32 blocks whose left half is crown, with a model that errs in every single picture.
@Suite struct CrownMapTests {
    static let area = PlotArea(mask: Mask(width: 128, height: 64, inside: true))
    static let grid = CrownGrid(of: area)
    let day = Day("2024-05-01")!

    /// What a model says that takes a share of each for the other, differently in each picture.
    ///
    /// - Parameter grass: share of the ground between the crowns that is green.
    func picture(_ number: Int, grass: Double, leaves: Double = 0.9) -> PlantCells {
        var cells = PlantCells(grid: Self.grid)
        let lean = Float(0.12 * sin(Double(number) * 1.7))
        for i in 0..<Self.grid.count {
            let isCrown = i % Self.grid.columns < Self.grid.columns / 2
            let plants = Float(isCrown ? leaves : grass)
            let noise = Float(0.2 * sin(Double(i * 7919 + number * 104_729)))
            let leaf = min(max((isCrown ? 0.82 : 0.38) + lean + noise, 0), 1)
            cells.sums[i] = 16 * SIMD4(1, plants, plants * leaf, plants * (1 - leaf))
        }
        return cells
    }

    func learnt(_ pictures: Int, grass: Double = 0.8, from map: CrownMap? = nil) -> CrownMap {
        var map = map ?? CrownMap(grid: Self.grid)
        for k in 0..<pictures { map.learn(picture(k, grass: grass), on: day + k * 7) }
        return map
    }

    func value(_ measured: Measured) -> Double? {
        if case .value(let value) = measured { return value }
        return nil
    }

    @Test func canopyStaysWhereGrassIsMown() throws {
        let map = learnt(20)
        let green = try #require(value(map.canopy(in: picture(40, grass: 0.9))))
        let mown = try #require(value(map.canopy(in: picture(41, grass: 0.1))))
        // Cover loses 0.40 of the plot with the grass.
        #expect(abs(green - 0.45) <= 0.12, "\(green)")
        #expect(abs(mown - 0.45) <= 0.08, "\(mown)")
        #expect(abs(green - mown) <= 0.10)
    }

    @Test func canopyFallsWithTheLeaves() throws {
        let map = learnt(20)
        let thin = try #require(value(map.canopy(in: picture(40, grass: 0.9, leaves: 0.45))))
        let full = try #require(value(map.canopy(in: picture(40, grass: 0.9))))
        #expect(full - thin > 0.15)
        let bare = try #require(value(map.canopy(in: picture(40, grass: 0, leaves: 0))))
        #expect(bare < 0.01)
    }

    /// Rows of a crop with weeds between them, both within every square: its own leaves are what is canopy.
    @Test(arguments: [0.5, 0.7, 0.85]) func weedsWithinASquareAreLeftOutWhereTheCropIsKnown(leaf: Double) throws {
        var rows = PlantCells(grid: Self.grid, isCropKnown: true)
        for i in rows.sums.indices { rows.sums[i] = 16 * SIMD4(1, 0.7, 0.7 * Float(leaf), 0.7 * Float(1 - leaf)) }
        var map = CrownMap(grid: Self.grid)
        for k in 0..<20 { map.learn(rows, on: day + k * 7) }
        let told = try #require(value(map.canopy(in: rows)))
        #expect(abs(told - 0.7 * leaf) <= 0.02, "\(told)")
    }

    @Test func nothingIsSaidBeforeItIsLearnt() {
        for pictures in 0..<CrownMap.fewestLooks {
            guard case .absent(let reason) = learnt(pictures).canopy(in: picture(9, grass: 0.8)) else {
                Issue.record("told after \(pictures) pictures")
                continue
            }
            #expect(reason.contains("\(pictures) of \(CrownMap.fewestLooks) days"))
        }
        #expect(value(learnt(CrownMap.fewestLooks).canopy(in: picture(9, grass: 0.8))) != nil)
        // Bare trees on bare ground have no canopy, whatever is known.
        #expect(value(CrownMap(grid: Self.grid).canopy(in: picture(9, grass: 0.01, leaves: 0.02))) ?? 1 < 0.02)
    }

    /// Ten pictures of one day are one look, and canopy is never more than plants.
    @Test func aDayIsOneLookAndCanopyIsPartOfThePlants() throws {
        var map = CrownMap(grid: Self.grid)
        for k in 0..<10 { map.learn(picture(k, grass: 0.8), on: day) }
        #expect(map.looks == 1)
        let learnt = learnt(9)
        for k in 0..<30 {
            let cells = picture(k, grass: Double(k % 10) / 10, leaves: Double(k % 7) / 7)
            let canopy = try #require(value(learnt.canopy(in: cells)))
            #expect(canopy >= 0 && canopy <= cells.plants + 1e-6)
        }
    }

    @Test func whatIsStoredGoesOnAsIfNeverStored() throws {
        let map = learnt(6)
        let back = try JSONDecoder().decode(CrownMap.self, from: JSONEncoder().encode(map))
        #expect(back == map)
        let a = try #require(value(learnt(4, from: map).canopy(in: picture(30, grass: 0.6))))
        let b = try #require(value(learnt(4, from: back).canopy(in: picture(30, grass: 0.6))))
        #expect(a == b)
        let text = try #require(String(bytes: JSONEncoder().encode(map), encoding: .utf8))
        let cut = text.replacingOccurrences(of: "\"columns\":16", with: "\"columns\":17")
        #expect(cut != text)
        #expect(throws: (any Error).self) { try JSONDecoder().decode(CrownMap.self, from: Data(cut.utf8)) }
    }

    /// Trees that are felled are unlearnt.
    @Test func theMapFollowsTheOrchard() throws {
        var map = learnt(10)
        for k in 0..<60 {
            var cells = picture(k, grass: 0.8, leaves: 0.8)
            for i in cells.sums.indices {
                cells.sums[i].z = 0.33 * cells.sums[i].y; cells.sums[i].w = 0.67 * cells.sums[i].y
            }
            map.learn(cells, on: day + 100 + k * 7)
        }
        #expect(try #require(value(map.canopy(in: picture(40, grass: 0.8, leaves: 0.8)))) < 0.1)
    }

    @Test(arguments: [(128, 64), (4000, 2250), (3, 3), (1, 1)])
    func everyBlockHasItsSquare(size: (Int, Int)) {
        let area = PlotArea(mask: Mask(width: size.0, height: size.1, inside: true))
        let grid = CrownGrid(of: area)
        #expect((1...CrownGrid.mostCells).contains(grid.count))
        let region = area.blocks.region
        for x in [region.x - 9, region.x, region.maxX - 1, region.maxX + 9] {
            for y in [region.y - 9, region.y, region.maxY - 1, region.maxY + 9] {
                for shift in [(0, 0), (3, -2)] {
                    #expect((0..<grid.count).contains(grid.cell(x: x, y: y, shift: shift)))
                }
            }
        }
        // A displaced picture finds its square.
        #expect(grid.cell(x: region.x + 5, y: region.y + 7, shift: (5, 7)) == 0)
    }

    /// The squares hold what the survey of the whole plot says.
    @Test func squaresAddUpToThePlot() throws {
        let model = try PlantModel.shipped.get()
        var image = RGBImage.filled(128, 64, (150, 118, 88))
        for y in 0..<64 { for x in 0..<64 { image[x, y] = (70, 105, 45) } }
        let survey = PlantSurvey(of: image, in: Self.area, model: model, kernels: .best, grid: Self.grid)
        let cells = try #require(survey.cells)
        #expect(abs(cells.plants - survey.shares.plants) < 1e-4)
        #expect(cells.sums.reduce(SIMD4<Float>.zero, +).x == 128 * 64)
        #expect(PlantSurvey(of: image, in: Self.area, model: model, kernels: .best).cells == nil)
    }
}
