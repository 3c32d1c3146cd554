import Analysis
import Foundation
import Kernels
import Pixels
import Testing

@testable import Detection

/// What the rules and the region model say of a region, against each other.
@Suite struct BuiltEvidenceTests {
    let parameters: ConstructionParameters

    init() throws { parameters = try ConstructionParameters.shipped.get() }

    /// Brick-coloured, with straight edges.
    func judgement(outlineBefore: Double) -> RegionJudgement {
        RegionJudgement(
            kind: .structure, structureScore: 0.6, vegetationBefore: 0, vegetationNow: 0, straightness: 0.45,
            crossing: 0.1,
            sheetColour: 0, grey: 0, brick: 0.8, soil: 0.2, outlineBefore: outlineBefore, stage: .walls)
    }

    func score(detailBefore: Double, outlineBefore: Double) -> Double {
        BuiltEvidence(newBrick: 0.8, detailBefore: detailBefore).score(
            judgement(outlineBefore: outlineBefore), hasBegun: false, parameters: parameters)
    }

    /// Ploughed ground in low sun has the colour of bricks; where beds stood before, edges and their outline are gone.
    @Test func bricksWhereEdgesAndTheOutlineWentRaiseNothing() {
        let walls = score(detailBefore: 0.5, outlineBefore: 0.4)
        let ploughed = score(detailBefore: 2.3, outlineBefore: 1.4)
        #expect(abs(walls - (0.6 + parameters.newBrickWeight)) < 1e-9)
        #expect(abs(ploughed - (0.6 - parameters.lostDetailWeight)) < 1e-9)
        // A storey of brick on a house that was there: the outline below it was as strong, the edges are not gone.
        #expect(score(detailBefore: 0.95, outlineBefore: 1.6) == walls)
        // Bricks on rough ground: edges went, and an outline came.
        #expect(score(detailBefore: 2.3, outlineBefore: 0.4) > ploughed)
        // Never more for more that went.
        for outline in stride(from: 0.0, through: 2, by: 0.1) {
            let details = stride(from: 0.8, through: 1.6, by: 0.05)
            let scores = details.map { score(detailBefore: $0, outlineBefore: outline) }
            #expect(zip(scores, scores.dropFirst()).allSatisfy { $0 >= $1 })
        }
    }

    /// Mats of red peppers have the colour of bricks; where the region model makes little of them, that raises nothing.
    @Test func bricksThatTheModelTakesForSomethingElseRaiseLittle() {
        let evidence = BuiltEvidence(newBrick: 0.8, detailBefore: 0.5)
        func score(works: Double?) -> Double {
            var judgement = judgement(outlineBefore: 0.4)
            judgement.likely = works.map { Self.likelihood([.structure: $0, .shadow: 1 - $0]) }
            return evidence.score(judgement, hasBegun: false, parameters: parameters)
        }
        #expect(score(works: 0.32) == 0.6 && score(works: 0.77) == score(works: nil))
        let scores = stride(from: 0.0, through: 1, by: 0.05).map { score(works: $0) }
        #expect(zip(scores, scores.dropFirst()).allSatisfy { $0 <= $1 })
    }

    /// The surer the model is of material, the fewer bricks make a pile; those that lay there before make none.
    @Test func aPileIsOfNewBricks() {
        let size = Size(width: 64, height: 48)
        let watch = ConstructionWatch(parameters: parameters, model: nil, size: size, plots: [], kernels: .best)
        func isPile(material: Double, brick: Double, new: Double, person: Double = 0) -> Bool {
            var judgement = judgement(outlineBefore: 0.4)
            judgement.brick = brick
            let candidate = Candidate(
                number: 1, firstSeen: .distantPast, lastSeen: .distantPast, looks: 6,
                region: RunLengthMask(Mask(width: size.width, height: size.height, inside: true)),
                judgement: judgement, builtInARow: 0,
                likely: Self.likelihood([.material: material, .shadow: 1 - material - person, .person: person]),
                sameShapeInARow: 4, steadiness: 1, stages: [], plots: [], after: "")
            return watch.isPile(candidate, BuiltEvidence(newBrick: new, detailBefore: 0.5))
        }
        #expect(isPile(material: 0.55, brick: 0.5, new: 0.5))
        #expect(isPile(material: 0.8, brick: 0.4, new: 0.35))
        #expect(!isPile(material: 0.55, brick: 0.4, new: 0.35) && !isPile(material: 0.95, brick: 0.2, new: 0.2))
        #expect(!isPile(material: 0.8, brick: 0.9, new: 0.42))
        #expect(!isPile(material: 0.8, brick: 0.7, new: 0.65, person: 0.15))
    }

    /// A look that shows that edges went makes nothing built by itself, however sure the region model is.
    @Test func lostEdgesAreNoWalls() {
        let watch = ConstructionWatch(
            parameters: parameters, model: nil, size: Size(width: 64, height: 48), plots: [], kernels: .best)
        var judgement = judgement(outlineBefore: 1.4)
        judgement.likely = Self.likelihood([.structure: 0.9])
        #expect(watch.isBuilt(judgement, score: 0.8, BuiltEvidence(newBrick: 0.8, detailBefore: 1)))
        #expect(!watch.isBuilt(judgement, score: 0.8, BuiltEvidence(newBrick: 0.8, detailBefore: 2.3)))
    }

    /// Bricks beside larger works belong to these, also before these are flagged, and on ground that was followed before.
    @Test func materialBesideLargerWorksIsTheirs() {
        let size = Size(width: 160, height: 120), start = Date(timeIntervalSince1970: 1_700_000_000)
        var watch = ConstructionWatch(parameters: parameters, model: nil, size: size, plots: [], kernels: .best)
        func candidate(
            _ number: Int, _ box: Region, _ shares: [RegionLikelihood.Kind: Double], day: Double
        ) -> Candidate {
            var judgement = judgement(outlineBefore: 0.4)
            judgement.stage = .material
            judgement.likely = Self.likelihood(shares)
            let at = start.addingTimeInterval(day * 86_400)
            return Candidate(
                number: number, firstSeen: at, lastSeen: at, looks: 4,
                region: RunLengthMask(Mask(size: size, filling: box)), judgement: judgement, builtInARow: 0,
                likely: judgement.likely, sameShapeInARow: 3, steadiness: 1, stages: [], plots: [], after: "")
        }
        func isTheirs(
            works: [RegionLikelihood.Kind: Double], heap: [RegionLikelihood.Kind: Double], confirmed: Bool = false,
            x: Int = 74, day: Double = 0
        ) -> Bool {
            var other = candidate(1, Region(x: 10, y: 30, width: 60, height: 40), works, day: 3)
            if confirmed { other.status = .confirmed }
            let own = candidate(2, Region(x: x, y: 44, width: 14, height: 12), heap, day: day)
            watch.state.candidates = [other, own]
            return watch.isHeapOfNeighbour(own, region: own.region.mask)
        }
        let works: [RegionLikelihood.Kind: Double] = [.structure: 0.6, .soil: 0.3]
        let bricks: [RegionLikelihood.Kind: Double] = [.material: 0.8]
        #expect(isTheirs(works: works, heap: bricks) && isTheirs(works: works, heap: bricks, confirmed: true))
        // What began before, and is no plain material, is something of its own; what begins later is theirs.
        #expect(!isTheirs(works: works, heap: [.material: 0.5, .structure: 0.4]))
        #expect(isTheirs(works: works, heap: [.material: 0.5, .structure: 0.4], day: 3))
        // Ploughed ground has no bricks; nor has what is too far away.
        #expect(!isTheirs(works: [.soil: 0.95], heap: bricks))
        #expect(!isTheirs(works: works, heap: bricks, x: 130))
    }

    /// The shares, and what is left over evenly among the others.
    static func likelihood(_ shares: [RegionLikelihood.Kind: Double]) -> RegionLikelihood {
        let kinds = RegionLikelihood.Kind.allCases
        let rest = (1 - shares.values.reduce(0, +)) / Double(max(kinds.count - shares.count, 1))
        return RegionLikelihood(shares: kinds.map { shares[$0] ?? rest })
    }
}

extension Mask {
    /// Inside in the box.
    init(size: Size, filling box: Region) {
        self.init(width: size.width, height: size.height, inside: false)
        for y in box.y..<box.maxY { for x in box.x..<box.maxX { self[x, y] = true } }
    }
}
