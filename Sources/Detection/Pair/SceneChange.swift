import Analysis
import Kernels
import Pixels

/// What changed between two looks across the ground, in a way that light does not explain, each piece with what it looks like.
enum SceneChange {
    /// - Parameter inside: where it counts.
    static func pieces(
        before: RGBImage, after: RGBImage, inside: Mask, construction: ConstructionParameters, parameters: PairParameters, kernels: KernelSet
    ) -> ChangedPieces {
        let a = SceneView(image: before, valid: inside, radius: construction.correlationRadius)
        let b = SceneView(image: after, valid: inside, radius: construction.correlationRadius)
        let map = ChangeMap(of: b, against: a, parameters: construction)
        let shaped = map.changed.opened(by: .disc(radius: construction.openRadius))
            .closed(by: .disc(radius: construction.closeRadius)).holesFilled.intersection(inside)
        let components = Components(of: shaped)
        let frame = Double(shaped.size.area)
        let judge = RegionJudge(parameters: construction, kernels: kernels)
        // Plants grow and drop their leaves by themselves; where most of the picture changed, so did bare ground.
        let isSeason = map.share > parameters.sceneWideShare
        var found = ChangedPieces(components: components)
        for piece in components.pieces where Double(piece.areaInPixels) >= construction.smallestShare * frame {
            var judgement = judge.judge(components.mask(of: piece), now: b, before: a)
            // What is small may be a person or a car, and is no building.
            if judgement.kind == .structure, Double(piece.areaInPixels) < parameters.structureShare * frame { judgement.kind = .unknown }
            if judgement.kind == .vegetation || (isSeason && judgement.kind != .structure) { continue }
            let score = judgement.structureScore
            found.keep(piece, kind: judgement.kind, confidence: judgement.kind == .structure ? score : score / 2)
        }
        return found
    }
}
