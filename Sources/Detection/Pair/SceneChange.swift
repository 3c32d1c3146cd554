import Analysis
import Kernels
import Pixels

/// What changed between two looks across the ground, in a way that light does not explain, each piece with what it
/// looks like.
enum SceneChange {
    /// - Parameters:
    ///   - inside: where it counts.
    ///   - seeksGone: whether what looks built in the earlier picture alone counts as a structure, too.
    static func pieces(
        before: RGBImage, after: RGBImage, inside: Mask, construction: ConstructionParameters,
        model: RegionModel?, parameters: PairParameters, seeksGone: Bool, kernels: KernelSet
    ) -> ChangedPieces {
        let a = SceneView(image: before, valid: inside, radius: construction.correlationRadius)
        let matched = ToneMatch(of: after, to: before, inside: inside).image
        let b = SceneView(image: matched, valid: inside, radius: construction.correlationRadius)
        let map = ChangeMap(of: b, against: a, parameters: construction, kernels: kernels)
        // What is a living plant now was not built.
        let built = map.changed.subtracting(Mask(vegetationIn: after, kernels: kernels))
        let frame = Double(built.size.area), least = construction.smallestShare * frame
        let shaped = built.opened(by: .disc(radius: construction.openRadius))
            .closed(by: .disc(radius: construction.closeRadius)).holesFilled.intersection(inside)
            .cutAtNecks(above: Int(parameters.neckShare * frame), least: Int(least))
        let components = Components(of: shaped)
        let judge = RegionJudge(parameters: construction, model: model, kernels: kernels)
        // Plants grow and drop their leaves by themselves; where most of the picture changed, so did bare ground.
        let isSeason = map.share > parameters.sceneWideShare
        var found = ChangedPieces(components: components)
        for piece in components.pieces where Double(piece.areaInPixels) >= least {
            let region = components.mask(of: piece)
            var judgement = judge.judge(region, now: b, before: a)
            if seeksGone, judgement.kind != .structure {
                let earlier = judge.judge(region, now: a, before: b)
                if earlier.kind == .structure { judgement = earlier }
            }
            // What is small may be a person or a car, what is ragged a row of them, what is huge a lake in the wind.
            let share = Double(piece.areaInPixels) / frame, fill = Double(piece.areaInPixels) / Double(piece.box.area)
            if judgement.kind == .structure,
                share < parameters.structureShare || share > parameters.largestShare || fill < parameters.leastFill
            {
                judgement.kind = .unknown
            }
            if judgement.kind == .vegetation || (isSeason && judgement.kind != .structure) { continue }
            let told = construction.told(judgement)
            found.keep(piece, kind: told.kind, confidence: told.confidence, measures: judgement.measures ?? [])
        }
        return found
    }
}
