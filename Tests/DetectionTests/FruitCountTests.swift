import Decoding
import Foundation
import Pixels
import TestKit
import Testing
import Village

@testable import Detection

@Suite struct FruitCountTests {
    /// Red discs on leaves.
    func tree(_ fruit: [(x: Int, y: Int, radius: Int)], colour: (UInt8, UInt8, UInt8) = (190, 45, 50)) -> RGBImage {
        var image = RGBImage.filled(320, 240, (70, 105, 45))
        for disc in fruit {
            for y in max(disc.y - disc.radius, 0)..<min(disc.y + disc.radius + 1, 240) {
                for x in max(disc.x - disc.radius, 0)..<min(disc.x + disc.radius + 1, 320)
                where (x - disc.x) * (x - disc.x) + (y - disc.y) * (y - disc.y) <= disc.radius * disc.radius {
                    image[x, y] = colour
                }
            }
        }
        return image
    }

    func count(_ image: RGBImage) -> Int {
        FruitCount(of: image, inside: Mask(width: image.width, height: image.height, inside: true)).count
    }

    @Test func eachFruitIsOne() {
        #expect(count(tree([])) == 0)
        #expect(count(tree([(60, 60, 18), (160, 80, 25), (250, 180, 14)])) == 3)
        #expect(count(tree([(100, 100, 22), (138, 100, 22)])) == 2, "two that touch")
        #expect(count(tree([(80, 100, 22), (118, 104, 22), (156, 98, 22)])) == 3, "three in a row")
    }

    @Test func greenFruitTwigsAndSmallThingsAreNone() {
        #expect(count(tree([(100, 100, 22)], colour: (120, 160, 60))) == 0)
        #expect(count(tree([(60, 60, 7), (200, 100, 8)])) == 0)
        var twig = tree([])
        for x in 20..<300 { for y in 110..<118 { twig[x, y] = (150, 80, 70) } }
        #expect(count(twig) == 0)
    }

    @Test func trunksAreNoFruitAndPaleOrOrangeOnesAre() {
        for bark: (UInt8, UInt8, UInt8) in [(239, 175, 127), (147, 112, 78), (181, 129, 83), (104, 74, 32)] {
            var trunk = tree([])
            for x in 100..<160 { for y in 0..<240 { trunk[x, y] = bark } }
            #expect(count(trunk) == 0, "bark \(bark)")
        }
        let ripe: [(UInt8, UInt8, UInt8)] = [(205, 150, 140), (235, 140, 40), (150, 80, 20), (120, 40, 45)]
        for colour in ripe { #expect(count(tree([(100, 100, 22)], colour: colour)) == 1, "fruit \(colour)") }
    }

    @Test func aLeafAcrossAFruitLeavesItOne() {
        var image = tree([(160, 120, 30)])
        for x in 130..<190 { for y in 118..<121 { image[x, y] = (70, 105, 45) } }
        #expect(count(image) == 1)
    }

    @Test func thePicturesBorderIsNoEdgeOfAFruit() {
        #expect(count(tree([(0, 100, 18)])) == 1, "half of it at the left")
        let others = tree([(319, 60, 18), (160, 239, 18), (90, 0, 18), (319, 239, 20)])
        #expect(count(others) == 4, "the other sides and a corner")
        #expect(count(tree([(2, 100, 7)])) == 0)
    }

    @Test(arguments: [142, 154, 160, 166, 178]) func aFruitOnTheLineBelongsToThePlotOfItsMiddle(x: Int) {
        let image = tree([(x, 60, 20), (40, 180, 20), (x, 200, 14)])
        func count(_ columns: Range<Int>) -> Measured? {
            var mask = Mask(width: 320, height: 240, inside: false)
            for y in 0..<240 { for x in columns { mask[x, y] = true } }
            let area = PlotArea(mask: mask)
            return FruitCount.values(of: image, in: area, quality: .ok, ripeColour: .value(0.02))[.count]
        }
        if x < 160 {
            #expect(count(0..<160) == .value(3))
        } else {
            #expect(count(0..<160) == .value(1))
            #expect(count(160..<320) == .value(2))
        }
    }

    @Test func whatSomethingRedAroundThePlotEnclosesIsNoFruit() {
        var image = tree([(130, 120, 18), (190, 120, 18)])
        var mask = Mask(width: 320, height: 240, inside: false)
        for y in 0..<240 {
            for x in 0..<320 {
                let away = max(abs(x - 160) - 40, abs(y - 120))
                if away < 60 { mask[x, y] = true }
                if away > 70, away < 90 { image[x, y] = (190, 45, 50) }
            }
        }
        #expect(FruitCount(of: image, inside: mask).count == 2)
    }

    @Test func whatIsTooSmallToCountIsSaid() {
        let image = tree((0..<12).map { (20 + 24 * $0, 100, 6) })
        let area = PlotArea(mask: Mask(width: 320, height: 240, inside: true))
        func values(_ ripe: Measured?, _ quality: Quality = .ok) -> [Quantity: Measured] {
            FruitCount.values(of: image, in: area, quality: quality, ripeColour: ripe)
        }
        guard case .absent(let reason)? = values(.value(0.02))[.count] else {
            Issue.record("counted"); return
        }
        #expect(reason.contains("22 pixels"))
        #expect(values(.value(0))[.count] == .value(0))
        #expect(values(.value(0.02), .fog)[.count] == .absent(reason: "the capture is fog"))
    }

    /// Ripe apples against boxes drawn by hand, every sixth tile.
    @Test(.enabled(if: RealData.isPresent, "PLOTWATCH_DATA is not set")) func applesOfAnOrchard() throws {
        let folder = try #require(RealData.folder).appending(path: "apples-bbch81")
        let table = try String(contentsOf: folder.appending(path: "counts.csv"), encoding: .utf8)
        var pairs: [(drawn: Double, found: Double)] = []
        for (k, line) in table.split(whereSeparator: \.isNewline).enumerated() where k % 6 == 0 {
            let cells = line.split(separator: ",")
            guard let drawn = cells.last.flatMap({ Double($0) }) else { continue }
            let bytes = try [UInt8](Data(contentsOf: folder.appending(path: "images/\(cells[2])")))
            pairs.append((drawn, Double(count(try Decoder().rgb(bytes).content))))
        }
        try #require(pairs.count > 20)
        let n = Double(pairs.count)
        let mean = (pairs.map(\.drawn).reduce(0, +) / n, pairs.map(\.found).reduce(0, +) / n)
        let product = pairs.map { ($0.drawn - mean.0) * ($0.found - mean.1) }.reduce(0, +)
        let squares = (
            pairs.map { ($0.drawn - mean.0) * ($0.drawn - mean.0) }.reduce(0, +),
            pairs.map { ($0.found - mean.1) * ($0.found - mean.1) }.reduce(0, +)
        )
        #expect(product / (squares.0 * squares.1).squareRoot() > 0.8)
    }
}
