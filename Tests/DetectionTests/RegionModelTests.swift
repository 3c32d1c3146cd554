import Analysis
import Foundation
import Kernels
import Pixels
import Testing

@testable import Detection

@Suite struct RegionModelTests {
    static let size = Size(width: 120, height: 90)

    /// Even grey ground with a little texture, and a thing of one colour on it.
    static func view(thing: Region? = nil, colour: (UInt8, UInt8, UInt8) = (40, 90, 170), light: Double = 1)
        -> SceneView
    {
        var bytes: [UInt8] = []
        for y in 0..<size.height {
            for x in 0..<size.width {
                let isThing = thing.map { (x >= $0.x && x < $0.maxX && y >= $0.y && y < $0.maxY) } ?? false
                let grain = Double((7 * x + 13 * y) % 11) - 5
                let rgb =
                    isThing ? [colour.0, colour.1, colour.2].map(Double.init) : [120, 118, 112].map { $0 + grain }
                bytes += rgb.map { UInt8(min(max($0 * light, 0), 255)) }
            }
        }
        let image = RGBImage(width: size.width, height: size.height, bytes: bytes)
        return SceneView(image: image, valid: Mask(width: size.width, height: size.height, inside: true), radius: 4)
    }

    static func mask(_ region: Region) -> Mask {
        var mask = Mask(width: size.width, height: size.height, inside: false)
        for y in region.y..<region.maxY { for x in region.x..<region.maxX { mask[x, y] = true } }
        return mask
    }

    func measures(_ region: Mask, now: SceneView, before: SceneView) throws -> [String: Float] {
        let judge = RegionJudge(parameters: try ConstructionParameters.shipped.get(), model: nil, kernels: .best)
        let judgement = judge.judge(region, now: now, before: before)
        #expect(judgement.likely == nil)
        let values = try #require(judgement.measures)
        return Dictionary(uniqueKeysWithValues: zip(RegionMeasures.names, values))
    }

    /// The network evaluated in numpy by the training.
    @Test(arguments: KernelSet.all) func sharesAreThoseOfTheTraining(kernels: KernelSet) throws {
        let model = RegionModel.shipped
        #expect(!RegionVectors.regions.isEmpty)
        for (measures, shares) in RegionVectors.regions {
            let found = model.likelihood(of: measures, kernels: kernels)
            #expect(zip(found.shares, shares).allSatisfy { abs($0 - $1) < 2e-4 }, "\(found.shares) \(shares)")
            #expect(abs(found.shares.reduce(0, +) - 1) < 1e-5)
            #expect(abs(found.works - found[.structure] - found[.soil] - found[.material]) < 1e-12)
        }
    }

    @Test func everyMeasureHasANameOfItsOwnAndIsFinite() throws {
        #expect(Set(RegionMeasures.names).count == RegionMeasures.names.count)
        let thing = Region(x: 40, y: 30, width: 30, height: 20)
        for region in [thing, Region(x: 0, y: 0, width: 120, height: 90), Region(x: 0, y: 0, width: 1, height: 1)] {
            let found = try measures(Self.mask(region), now: Self.view(thing: thing), before: Self.view())
            #expect(found.count == RegionMeasures.names.count && found.values.allSatisfy(\.isFinite), "\(region)")
        }
        // Nothing of it can be compared.
        var blind = Self.view(thing: thing)
        blind = SceneView(
            image: blind.image, valid: Mask(width: 120, height: 90, inside: false), radius: 4)
        #expect(try measures(Self.mask(thing), now: blind, before: blind).values.allSatisfy(\.isFinite))
    }

    /// By hand: a blue box of 30 × 20 on grey ground.
    @Test func aBlueBoxIsMeasured() throws {
        let thing = Region(x: 40, y: 30, width: 30, height: 20)
        let found = try measures(Self.mask(thing), now: Self.view(thing: thing), before: Self.view())
        func near(_ name: String, _ value: Float, _ tolerance: Float = 0.02) {
            #expect(abs((found[name] ?? .nan) - value) <= tolerance, "\(name) \(found[name] ?? .nan), not \(value)")
        }
        near("sheetNow", 1)
        near("greyBefore", 1)
        near("sheetBefore", 0)
        near("novelty", 1)
        near("fill", 1, 0)
        near("area", log(Float(600) / Float(120 * 90)), 1e-5)
        near("tallness", log(Float(20) / 30), 1e-5)
        // 96 pixels on its rim.
        near("raggedness", 96 * 96 / 600, 1e-3)
        // Chromaticity is a mean over 5 × 5: away from the edges it is that of the colour.
        #expect((found["blueNow"] ?? 0) > 0.8 * log(Float(178) / 98) * 0.85)
        near("blueBefore", log(Float(120) / 126), 0.02)
        #expect((found["blueOverRimNow"] ?? 0) > 0.3 && abs(found["blueOverRimBefore"] ?? 1) < 0.02)
    }

    /// Brightness is no measure: half the light gives nearly the same numbers.
    @Test func lessLightIsNotAnotherThing() throws {
        let thing = Region(x: 40, y: 30, width: 30, height: 20), region = Self.mask(thing)
        let bright = try measures(region, now: Self.view(thing: thing), before: Self.view())
        let dim = try measures(region, now: Self.view(thing: thing, light: 0.6), before: Self.view())
        for name in [
            "lightOverRimNow", "redOverRimNow", "blueOverRimNow", "redNow", "coarseNow", "fineNow", "uprightNow",
        ] {
            #expect(abs((bright[name] ?? .nan) - (dim[name] ?? .nan)) < 0.12, "\(name) \(bright) \(dim)")
        }
        // In shade what was there is as it was.
        let shade = try measures(region, now: Self.view(light: 0.6), before: Self.view())
        #expect((shade["likeness"] ?? 0) > 0.95)
    }

    @Test(arguments: [
        ("", "the file ends before \"sizes\""),
        ("sizes 43 11\n", "the sizes of the layers are 43 11"),
        ("sizes 44 10\n", "the sizes of the layers are 44 10"),
        ("sizes 44 11\nmean 1 2 3\n", "\"mean\" has 3 numbers, not 44"),
        ("<html>not found</html>", "\"<html>not\" stands where \"sizes\" is expected"),
    ])
    func aWrongFileIsRefusedInWords(text: String, message: String) {
        #expect { try RegionModel(text: text) } throws: { error in
            let fault = error as? PlantModelFault
            return fault?.message == message && fault?.remedy.isEmpty == false
        }
    }

    /// Any number of the shipped file lost: never taken for zero.
    @Test func aFileThatLostANumberIsRefused() throws {
        _ = RegionModel.shipped
        let text = try String(contentsOfFile: RegionModel.shippedPath, encoding: .utf8)
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        for lost in stride(from: words.count - 1, to: words.count / 2, by: -97) where Float(words[lost]) != nil {
            let rest = (words[..<lost] + words[(lost + 1)...]).joined(separator: " ")
            #expect(throws: PlantModelFault.self, "without word \(lost)") { try RegionModel(text: rest) }
        }
    }

    /// A likelihood moves toward what a look says, and stays one.
    @Test func looksAreWeighed() {
        let count = RegionLikelihood.Kind.allCases.count
        func all(_ k: Int) -> RegionLikelihood { RegionLikelihood(shares: (0..<count).map { $0 == k ? 1 : 0 }) }
        let moved = all(0).moved(toward: all(4), by: 0.35)
        #expect(abs(moved[.structure] - 0.65) < 1e-12 && abs(moved[.vehicle] - 0.35) < 1e-12)
        #expect(moved.likeliest.kind == .structure && abs(moved.works - 0.65) < 1e-12)
        #expect(all(0).moved(toward: all(4), by: 0) == all(0) && all(0).moved(toward: all(4), by: 1) == all(4))
    }

    @Test func confidenceRisesWithWhatSpeaksForWorks() throws {
        let confidence = try ConstructionParameters.shipped.get().confidence
        let count = RegionLikelihood.Kind.allCases.count
        func likely(_ works: Double) -> RegionLikelihood {
            RegionLikelihood(shares: (0..<count).map { $0 == 0 ? works : (1 - works) / Double(count - 1) })
        }
        let shares = stride(from: 0.0, through: 1, by: 0.1).map { confidence.of(likely($0)) }
        #expect(zip(shares, shares.dropFirst()).allSatisfy { $0 <= $1 } && shares.allSatisfy { (0...1).contains($0) })
        #expect((0...1).contains(confidence.of(nil)))
        // Nobody has seen enough flags to be surer.
        #expect(shares.allSatisfy { $0 <= 0.95 } && shares.contains { $0 > 0.9 })
    }

    /// Without the model a flag needs more looks over more hours, with it no more than before.
    @Test func withoutTheModelMoreIsNeeded() throws {
        let parameters = try ConstructionParameters.shipped.get()
        func watch(_ model: RegionModel?) -> ConstructionWatch {
            ConstructionWatch(parameters: parameters, model: model, size: Self.size, plots: [], kernels: .best)
        }
        let with = watch(RegionModel.shipped).needed, without = watch(nil).needed
        #expect(with.looks == parameters.confirmSamples && with.hours == parameters.confirmHours)
        #expect(without.looks > with.looks && without.hours > with.hours)
    }

    @Test func whatTheModelIsSureOfIsNamed() throws {
        let parameters = try ConstructionParameters.shipped.get()
        let judge = RegionJudge(parameters: parameters, model: nil, kernels: .best)
        let thing = Region(x: 40, y: 30, width: 30, height: 20)
        var judgement = judge.judge(Self.mask(thing), now: Self.view(thing: thing), before: Self.view())
        let kinds = RegionLikelihood.Kind.allCases
        func sure(_ kind: RegionLikelihood.Kind, _ share: Double) -> RegionLikelihood {
            RegionLikelihood(shares: kinds.map { $0 == kind ? share : (1 - share) / Double(kinds.count - 1) })
        }
        judgement.kind = .unknown
        judgement.likely = sure(.sheet, 0.9)
        #expect(parameters.told(judgement).kind == .sheet && abs(parameters.told(judgement).confidence - 0.9) < 1e-9)
        judgement.likely = sure(.sheet, 0.3)
        #expect(parameters.told(judgement).kind == .unknown)
        // In scenes that it never saw it takes people for vehicles.
        judgement.likely = sure(.vehicle, 0.9)
        #expect(parameters.told(judgement).kind == .unknown)
        judgement.likely = sure(.vehicle, 0.3)
        judgement.kind = .structure
        #expect(parameters.told(judgement).kind == .structure)
        judgement.likely = sure(.person, 1)
        #expect(parameters.told(judgement).kind == .person)
        judgement.likely = sure(.gone, 1)
        #expect(parameters.told(judgement).kind == .unknown)
        judgement.likely = nil
        #expect(parameters.told(judgement).kind == .structure)
        #expect(parameters.told(judgement).confidence == judgement.structureScore)
    }
}
