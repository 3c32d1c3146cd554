import Foundation
import Kernels
import Pixels
import TestKit
import Testing

@testable import Detection

@Suite struct PlantModelTests {
    /// The picture of `scripts/covertraining/vectors.py`.
    static let picture: RGBImage = {
        var image = RGBImage.filled(PlantVectors.width, PlantVectors.height, (0, 0, 0))
        var state = 12345
        for y in 0..<image.height {
            for x in 0..<image.width {
                var colour = x < image.width / 2 ? [70, 105, 45] : [150, 118, 88]
                if x % 9 == 4, y % 7 == 3 { colour = x < 18 ? [235, 232, 225] : [225, 120, 30] }
                for k in 0..<3 {
                    state = (state * 1_103_515_245 + 12345) % (1 << 31)
                    image.bytes[3 * (y * image.width + x) + k] = UInt8(
                        min(max(colour[k] + state / 65536 % 41 - 20, 0), 255))
                }
            }
        }
        return image
    }()

    func shares(_ image: RGBImage, _ mask: Mask, _ model: PlantModel, crop: String? = nil) -> PlantShares {
        PlantSurvey(of: image, in: PlotArea(mask: mask), crop: crop, model: model, kernels: .best).shares
    }

    /// The features of every block, by column and row.
    func features(_ image: RGBImage, _ mask: Mask, _ kernels: KernelSet, rows: [Int]? = nil) -> [SIMD2<Int>: [Float]] {
        let plot = PlotArea(mask: mask).blocks, region = plot.region
        var features = PlantFeatures(of: image, in: plot, kernels: kernels)
        var found: [SIMD2<Int>: [Float]] = [:]
        for y in rows ?? Array(region.y..<region.maxY) {
            features.row(y, columns: Array(region.x..<region.maxX)) { x, values in found[SIMD2(x, y)] = Array(values) }
        }
        let middle = features.medianLevel()
        return found.mapValues { [$0[0] - middle] + $0.dropFirst() }
    }

    /// Inputs as the perceptron takes them.
    func grouped(_ blocks: [[Float]]) -> [Float] {
        let lanes = Perceptron.lanes, inputs = blocks.first?.count ?? 0
        var out = [Float](repeating: 0, count: (blocks.count + lanes - 1) / lanes * inputs * lanes)
        for (n, block) in blocks.enumerated() {
            for (k, value) in block.enumerated() { out[(n / lanes * inputs + k) * lanes + n % lanes] = value }
        }
        return out
    }

    func everywhere(_ image: RGBImage) -> Mask { Mask(width: image.width, height: image.height, inside: true) }

    // MARK: Against the training's own evaluation

    @Test func featuresAreThoseOfTheTraining() throws {
        let found = features(Self.picture, everywhere(Self.picture), .best)
        for vector in PlantVectors.blocks {
            let values = try #require(found[SIMD2(vector.x, vector.y)])
            for (k, pair) in zip(values, vector.features).enumerated() {
                // Deviations are roots of differences of large numbers.
                let tolerance = max(abs(pair.1) * 1e-4, k >= 5 && (k - 5) % 8 >= 5 ? 0.05 : 0.01)
                #expect(abs(pair.0 - pair.1) <= tolerance, "block \(vector.x), \(vector.y), feature \(k)")
            }
        }
    }

    @Test func sharesAreThoseOfTheTraining() throws {
        let model = try PlantModel.shipped.get(), lanes = Perceptron.lanes
        let blocks = Array(features(Self.picture, everywhere(Self.picture), .best).values)
        let network = model.network.adapted(to: grouped(blocks).span, count: blocks.count, kernels: .best)
        var scratch = Perceptron.Scratch(for: network)
        for vector in PlantVectors.blocks {
            let same = grouped([[Float]](repeating: vector.features, count: lanes))
            var told = [Float](repeating: 0, count: PlantShares.classCount * lanes)
            network.shares(same.span, &scratch, into: &told, kernels: .best)
            for (j, expected) in vector.shares.enumerated() {
                for l in [0, 7, lanes - 1] {
                    let share = told[j * lanes + l]
                    #expect(abs(share - expected) < 2e-4, "block \(vector.x), \(vector.y), class \(j)")
                }
            }
        }
        let whole = shares(Self.picture, everywhere(Self.picture), model)
        let found = [whole.leaf, whole.weed, whole.blossom, whole.ripe]
        for (value, expected) in zip(found, PlantVectors.whole.dropFirst()) { #expect(abs(value - expected) < 2e-4) }
    }

    /// Every crop that the training knew has a name that a site file may give, and tells as the training does.
    @Test func aCropIsToldAsInTheTraining() throws {
        let model = try PlantModel.shipped.get(), all = everywhere(Self.picture)
        #expect(model.crops == PlantVectors.crops.keys.sorted() && !model.crops.isEmpty)
        let crops = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("models/crops")
        for (crop, expected) in PlantVectors.crops {
            #expect(FileManager.default.fileExists(atPath: crops.appendingPathComponent(crop + ".yaml").path))
            let found = shares(Self.picture, all, model, crop: crop)
            for (value, expected) in zip([found.leaf, found.weed, found.blossom, found.ripe], expected.dropFirst()) {
                #expect(abs(value - expected) < 2e-4, "\(crop)")
            }
            #expect(found != shares(Self.picture, all, model), "\(crop)")
        }
        #expect(shares(Self.picture, all, model, crop: "kiwifruit") == shares(Self.picture, all, model))
    }

    /// Against the plainest evaluation: each block's values, and its squares block by block.
    @Test(arguments: KernelSet.all.map(\.name)) func featuresAreExact(set: String) throws {
        let kernels = try #require(KernelSet(named: set))
        for (seed, size, plot) in [
            (1 as UInt64, Size(width: 71, height: 57), Region(x: 7, y: 3, width: 60, height: 54)),
            (2, Size(width: 24, height: 90), Region(x: 0, y: 13, width: 24, height: 77)),
            (3, Size(width: 9, height: 5), Region(x: 2, y: 1, width: 3, height: 3)),
        ] {
            let image = Scene(size: size, seed: seed).picture()
            var mask = Mask(width: size.width, height: size.height, inside: false)
            for y in plot.y..<plot.maxY { for x in plot.x..<plot.maxX { mask[x, y] = true } }
            let expected = SlowFeatures(of: image)
            let middle = expected.median(in: PlotArea(mask: mask).blocks.region)
            let last = (plot.maxY + 1) / 2 - 1
            for rows in [nil, Set([plot.y / 2, plot.y / 2 + 1, (plot.y / 2 + last) / 2, last]).sorted()] as [[Int]?] {
                for (at, values) in features(image, mask, kernels, rows: rows)
                where (at.x + 3 * at.y).isMultiple(of: 5) {
                    #expect(values == expected.features(at.x, at.y, middle: middle), "seed \(seed), block \(at)")
                }
            }
        }
    }

    // MARK: Properties

    @Test(arguments: [(0, 0), (40, 0), (0, 38), (62, 14)]) func whereThePlotLiesDoesNotMatter(dx: Int, dy: Int) throws {
        let model = try PlantModel.shipped.get()
        let small = Scene(size: Size(width: 90, height: 80), seed: 5).picture()
        var mask = Mask(width: 90, height: 80, inside: false)
        for y in 30..<50 { for x in 30..<60 { mask[x, y] = true } }
        var large = RGBImage.filled(160, 130, (90, 30, 200))
        var moved = Mask(width: 160, height: 130, inside: false)
        for y in 0..<80 {
            for x in 0..<90 {
                large[x + dx, y + dy] = small[x, y]
                moved[x + dx, y + dy] = mask[x, y]
            }
        }
        #expect(shares(large, moved, model) == shares(small, mask, model))
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func farPixelsDoNotCount(seed: UInt64) throws {
        let model = try PlantModel.shipped.get()
        var generator = SeededGenerator(seed: seed)
        let image = Scene(size: Size(width: 131, height: 97), seed: seed).picture()
        var mask = Mask(width: 131, height: 97, inside: false)
        for y in 40..<60 { for x in 50..<80 where generator.next() % 3 != 0 { mask[x, y] = true } }
        let near = mask.bounds.expanded(by: PlantFeatures.reachInPixels)
        var other = image
        for y in 0..<image.height {
            for x in 0..<image.width where x < near.x || x >= near.maxX || y < near.y || y >= near.maxY {
                other[x, y] = (UInt8(truncatingIfNeeded: generator.next()), 0, 255)
            }
        }
        #expect(shares(other, mask, model) == shares(image, mask, model), "seed \(seed)")
    }

    /// Above `mostBlocks` only some blocks are looked at; the share stays. Rasters of 30 pixels are left
    /// out: they are in step with the blocks that tell what the plot is like, which moves the share by 0.02.
    @Test(arguments: [23, 29, 31, 37]) func aLargePlotIsSampledEvenly(cell: Int) throws {
        let model = try PlantModel.shipped.get()
        var image = RGBImage.filled(402, 402, (150, 118, 88))
        for y in 0..<402 {
            for x in 0..<402 where (x / cell + y / cell).isMultiple(of: 3) { image[x, y] = (70, 105, 45) }
        }
        let whole = shares(image, everywhere(image), model).plants
        var parts: [Double] = []
        for left in [0, 201] {
            for top in [0, 201] {
                var mask = Mask(width: 402, height: 402, inside: false)
                for y in top..<top + 201 { for x in left..<left + 201 { mask[x, y] = true } }
                parts.append(shares(image, mask, model).plants)
            }
        }
        #expect(abs(whole - parts.reduce(0, +) / 4) < 0.01)
    }

    @Test(arguments: [(1, 1), (2, 1), (1, 7), (3, 3), (16, 2)]) func smallPictures(width: Int, height: Int) throws {
        let image = RGBImage.filled(width, height, (60, 120, 20))
        let found = shares(image, everywhere(image), try PlantModel.shipped.get())
        #expect(found.plants.isFinite && found.plants >= 0 && found.plants <= 1.0001)
    }

    @Test(arguments: [(0, 0, 0), (255, 255, 255), (255, 0, 255), (0, 255, 0)] as [(UInt8, UInt8, UInt8)])
    func extremeColoursGiveShares(colour: (UInt8, UInt8, UInt8)) throws {
        let image = RGBImage.filled(40, 40, colour)
        let found = shares(image, everywhere(image), try PlantModel.shipped.get())
        for share in [found.leaf, found.weed, found.blossom, found.ripe] { #expect(share >= 0 && share <= 1) }
        #expect(found.plants <= 1.0001)
    }

    // MARK: The group

    /// Against sums in double precision, block by block; other values in the lanes left over don't count.
    @Test(arguments: [1, 5, 16, 17, 70]) func aGroupAddsToTheBiases(count: Int) throws {
        var generator = SeededGenerator(seed: UInt64(count))
        func numbers(_ count: Int) -> [Float] { (0..<count).map { _ in Float(generator.next() % 2001) / 1000 - 1 } }
        let sizes = [(3, 4), (4, 5), (5, 2)]
        let layers = sizes.enumerated().map { k, size in
            Perceptron.Layer(
                inputs: size.0, outputs: size.1, weights: numbers(size.0 * size.1), biases: numbers(size.1),
                context: k == 1 ? [] : numbers(2 * size.0 * size.1))
        }
        let network = Perceptron(mean: [0.1, -0.2, 0], scale: [1, 2, 9], layers: layers)
        let blocks = (0..<count).map { _ in numbers(3) }
        var group = grouped(blocks)
        for k in 0..<3 {
            for lane in (count - 1) % Perceptron.lanes + 1..<Perceptron.lanes {
                group[(((count - 1) / Perceptron.lanes) * 3 + k) * Perceptron.lanes + lane] = 77
            }
        }
        var values = blocks.map { block in
            block.enumerated().map { k, value in
                Double(min(max((value - network.mean[k]) * network.scale[k], -Perceptron.clip), Perceptron.clip))
            }
        }
        for set in KernelSet.all {
            let adapted = network.adapted(to: group.span, count: count, kernels: set)
            #expect(adapted.layers[1].biases == layers[1].biases)
            #expect(adapted.layers[0].weights == layers[0].weights)
            #expect(
                adapted.layers[2].biases
                    == network.adapted(to: group.span, count: count, kernels: .best).layers[2].biases)
        }
        let adapted = network.adapted(to: group.span, count: count, kernels: .best)
        for (k, layer) in layers.enumerated() {
            var biases = layer.biases.map(Double.init)
            if !layer.context.isEmpty {
                for n in 0..<layer.inputs {
                    let mean = values.reduce(0) { $0 + $1[n] } / Double(count)
                    let variance = values.reduce(0) { $0 + ($1[n] - mean) * ($1[n] - mean) } / Double(count)
                    for j in 0..<layer.outputs {
                        biases[j] += Double(layer.context[j * 2 * layer.inputs + n]) * mean
                        biases[j] +=
                            Double(layer.context[j * 2 * layer.inputs + layer.inputs + n])
                            * (variance + 1e-4).squareRoot()
                    }
                }
            }
            for (found, expected) in zip(adapted.layers[k].biases, biases) {
                #expect(abs(Double(found) - expected) < 2e-4, "layer \(k)")
            }
            values = values.map { block in
                (0..<layer.outputs).map { j in
                    max(
                        block.enumerated().reduce(biases[j]) {
                            $0 + Double(layer.weights[j * layer.inputs + $1.offset]) * $1.element
                        }, 0)
                }
            }
        }
    }

    @Test func aKindAddsToTheBiasesOfAllLayersButTheLast() {
        let layers = [(2, 3), (3, 2), (2, 1)].map { size in
            Perceptron.Layer(
                inputs: size.0, outputs: size.1, weights: [Float](repeating: 1, count: size.0 * size.1),
                biases: (0..<size.1).map { Float($0) })
        }
        var network = Perceptron(mean: [0, 0], scale: [1, 1], layers: layers)
        network.kinds = ["tea": [10, 20, 30, 40, 50]]
        let known = network.known(as: "tea")
        #expect(known.layers.map(\.biases) == [[10, 21, 32], [40, 51], [0]])
        #expect(known.layers.map(\.weights) == layers.map(\.weights))
        for other in [nil, "", "Tea", "plum"] {
            #expect(network.known(as: other).layers.map(\.biases) == layers.map(\.biases))
        }
    }

    /// What a block is depends on its plot, so that a plot's blocks in any order give the same shares.
    @Test func theOrderOfAGroupDoesNotMatter() throws {
        let network = try PlantModel.shipped.get().network
        let blocks = Array(features(Self.picture, everywhere(Self.picture), .best).values)
        let one = network.adapted(to: grouped(blocks).span, count: blocks.count, kernels: .best)
        let other = network.adapted(to: grouped(blocks.reversed()).span, count: blocks.count, kernels: .best)
        for (a, b) in zip(one.layers, other.layers) {
            for (x, y) in zip(a.biases, b.biases) { #expect(abs(x - y) < 1e-3) }
        }
        #expect(one.layers[0].biases != network.layers[0].biases)
    }

    // MARK: The file

    @Test func aContextIsReadWhereThereAreGroups() throws {
        let numbers = { (count: Int) in [String](repeating: "0.5", count: count).joined(separator: " ") }
        let text =
            "sizes 29 5\nmean \(numbers(29))\nscale \(numbers(29))\n"
            + "weights \(numbers(145))\ncontext \(numbers(290))\nbiases \(numbers(5))\n"
        #expect(try PlantModel(text: text).network.layers[0].context.count == 290)
        #expect(throws: PlantModelFault.self) { try PlantModel(text: text.replacing("context 0.5", with: "context")) }
        #expect {
            try Perceptron(text: text, inputs: 29, outputs: 5, training: "scripts/train-flock")
        } throws: { ($0 as? PlantModelFault)?.message == "\"context\" stands where \"biases\" is expected" }
    }

    @Test func kindsAreReadWhereThereAreGroups() throws {
        let numbers = { (count: Int) in [String](repeating: "0.5", count: count).joined(separator: " ") }
        let text =
            "sizes 29 2 5\nmean \(numbers(29))\nscale \(numbers(29))\n"
            + "weights \(numbers(58))\nbiases 0 0\nweights \(numbers(10))\nbiases \(numbers(5))\n"
        let model = try PlantModel(text: text + "kinds\nyellow-peach 1\n  -2\n# tea is not known\nplum 3 4\n")
        #expect(model.crops == ["plum", "yellow-peach"])
        #expect(model.network.known(as: "yellow-peach").layers[0].biases == [1, -2])
        #expect(try PlantModel(text: text + "kinds\n").crops.isEmpty && PlantModel(text: text).crops.isEmpty)
        for (end, line, message) in [
            ("kinds\nplum 1\n", 9, "\"plum\" has 1 numbers, not 2"), ("kinds 1\n", 8, "\"kinds\" has 1 numbers, not 0"),
            ("kinds\nplum 1 2\ntea 1 2\nplum 1 2\n", 11, "\"plum\" stands there twice"),
            ("kinds\nplum 1 2 inf\n", 9, "\"inf\" is no weight"), ("plum 1 2\n", 8, "\"plum\" follows the last layer"),
        ] {
            #expect {
                try PlantModel(text: text + end)
            } throws: {
                ($0 as? PlantModelFault)?.message == message && ($0 as? PlantModelFault)?.line == line
            }
        }
        #expect(throws: PlantModelFault.self) {
            try Perceptron(text: text + "kinds\nplum 1 2\n", inputs: 29, outputs: 5, training: "scripts/train-flock")
        }
    }

    @Test(arguments: [
        ("", 1, "the file ends before \"sizes\""),
        ("sizes 29 4 5\nmean 1 2 3\n", 2, "\"mean\" has 3 numbers, not 29"),
        ("# card\nsizes 3 5\n", 2, "the sizes of the layers are 3 5"),
        ("sizes 29 99999 5\n", 1, "the sizes of the layers are 29 99999 5"),
        ("sizes 29 2.5 5\n", 1, "\"sizes\" are not whole numbers"),
        ("sizes 29 5\nscale 1\n", 2, "\"scale\" stands where \"mean\" is expected"),
        ("1 2 3\n", 1, "\"1\" is no weight"),
        ("sizes 29 5\nmean nan\n", 2, "\"nan\" is no weight"),
    ])
    func aWrongFileIsRefusedWithItsLine(text: String, line: Int, message: String) {
        #expect { try PlantModel(text: text) } throws: { error in
            let fault = error as? PlantModelFault
            return fault?.line == line && fault?.message == message && fault?.remedy.isEmpty == false
        }
    }

    /// Whatever is missing at the end, it is said, and nothing is taken for zero.
    @Test func aTruncatedFileIsRefused() throws {
        let numbers = { (count: Int) in [String](repeating: "0.5", count: count).joined(separator: " ") }
        let layer = "weights \(numbers(145))\nbiases \(numbers(5))\n"
        let text = "sizes 29 5\nmean \(numbers(29))\nscale \(numbers(29))\n" + layer
        _ = try PlantModel(text: text)
        let words = text.split(separator: " ")
        for count in stride(from: 0, to: words.count, by: 7) {
            #expect(throws: PlantModelFault.self, "\(count) words") {
                try PlantModel(text: words.prefix(count).joined(separator: " "))
            }
        }
        #expect(throws: PlantModelFault.self) { try PlantModel(text: text + "biases 1\n") }
    }

    /// Whatever is read fast is what `Float` reads; the rest is left to it.
    @Test func numbersAreReadAsFloatReadsThem() {
        var seed: UInt64 = 12345, fast = 0
        for k in 0..<20_000 {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let digits = String(seed >> UInt64(20 + k % 40)), place = Int(seed >> 58) % (digits.count + 1)
            let sign = k % 3 == 0 ? "-" : "", point = k % 2 == 0 ? "." : ""
            let text = sign + digits.prefix(place) + point + digits.dropFirst(place)
            guard let number = WeightText.number(text[...].utf8) else { continue }
            fast += 1
            #expect(number.bitPattern == Float(text)?.bitPattern, "\(text)")
        }
        #expect(fast > 5000)
        for text in ["0", "-0", "0.00640761", "-138.594", "9999999", "0.0000001"] {
            #expect(WeightText.number(text[...].utf8)?.bitPattern == Float(text)?.bitPattern, "\(text)")
        }
        for text in ["", "-", ".", "1.", "1e5", "nan", "+1", "--1", "1.2.3", "12345678", "0.00000000001", "١"] {
            #expect(WeightText.number(text[...].utf8) == nil, "\(text)")
        }
    }
}
