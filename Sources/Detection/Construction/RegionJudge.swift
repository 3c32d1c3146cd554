import Analysis
import Foundation
import Kernels
import Pixels
import Village

/// What a changed region looks like, from its colours and edges before and after.
///
/// A structure is told from plants, soil and weather by what people build with: long straight edges in few directions,
/// colours that plants and soil do not have, and planes without fine texture. These measures are few, so that an
/// inspector can be told which of them spoke; a model that learnt from pictures says besides what the region is likely
/// to be.
public struct RegionJudgement: Sendable, Equatable, Codable {
    public enum Kind: String, Sendable, Codable {
        case vegetation, soil, structure, unknown
        /// Told by the region model alone.
        case person, sheet, shadow
    }

    public var kind: Kind
    /// How strongly the region looks built, 0…1.
    public var structureScore: Double
    /// Shares of living plants before and now.
    public var vegetationBefore: Double
    public var vegetationNow: Double
    /// Share of the edge energy in the two strongest directions (15° each way) less what chance gives, 0…1.
    public var straightness: Double
    /// Share of the edge energy in the second strongest direction, less what chance gives.
    public var crossing: Double
    /// Share of pixels with colours of painted sheet (blue, cyan, strong red).
    public var sheetColour: Double
    /// Share of grey pixels: concrete, plaster, tiles.
    public var grey: Double
    /// Share of brick-coloured pixels.
    public var brick: Double
    /// Share of soil-coloured pixels.
    public var soil: Double
    /// Edge strength along the outline before over after: above 1 something was taken away rather than put there.
    public var outlineBefore: Double
    public var stage: Flag.Stage
    /// What a region model is told, see ``RegionMeasures``; `nil` in stores of 0.1.0.
    public var measures: [Float]?
    /// What the region model makes of it; `nil` without one.
    public var likely: RegionLikelihood?
}

struct RegionJudge {
    /// Height over width from which a region stands up.
    static let wallTallness = 0.50

    let parameters: ConstructionParameters
    /// Where there is none, the rules alone judge.
    let model: RegionModel?
    let kernels: KernelSet

    /// - Parameters:
    ///   - region: the changed pixels, working frame.
    ///   - now: the composite of the latest looks; before: the background that fits best.
    func judge(_ region: Mask, now: SceneView, before: SceneView) -> RegionJudgement {
        let vegetationNow = share(of: Mask(vegetationIn: now.image, kernels: kernels), in: region)
        let vegetationBefore = share(of: Mask(vegetationIn: before.image, kernels: kernels), in: region)
        let colours = ColourCensus(of: region, now: now.image, before: before.image)
        let sheet = colours.share(now: .sheet), grey = colours.share(now: .grey)
        let brick = colours.share(now: .brick), soil = colours.share(now: .soil)
        let edges = Edges(of: now, in: region)
        let earlier = Edges(of: before, in: region)
        let outline = outlineStrength(region, view: now), outlineEarlier = outlineStrength(region, view: before)
        let outlineBefore = Double(outlineEarlier / max(outline, 0.5))

        var score = 0.0
        // What is built has edges that cross; ripples and furrows run one way. Works had 0.03 to 0.11 when they were
        // confirmed, moving water −0.05 to −0.07.
        let crossing = min(max((edges.crossing + 0.03) / 0.04, 0), 1)
        score += 0.55 * min(max((edges.straightness - 0.12) / 0.30, 0), 1) * crossing
        score += 0.45 * min(sheet / 0.35, 1)
        score += 0.30 * min((grey + brick) / 0.60, 1)
        score += 0.10 * min(vegetationBefore / 0.5, 1)
        if edges.straightness < earlier.straightness - 0.10, sheet < 0.2 { score -= 0.20 }
        // Wet concrete is concrete: where neither the colours' kinds nor the edges are new, nothing was built.
        let novelty = max(colours.novelty, (edges.straightness - earlier.straightness) * 2)
        score -= 0.40 * max(0, 1 - novelty / 0.30)
        score -= 0.80 * vegetationNow
        score = min(max(score, 0), 1)

        let kind: RegionJudgement.Kind =
            if vegetationNow > parameters.vegetationShare { .vegetation } else if score >= parameters.structureScore {
                .structure
            } else if soil > 0.5 { .soil } else { .unknown }
        var judgement = RegionJudgement(
            kind: kind, structureScore: score, vegetationBefore: vegetationBefore, vegetationNow: vegetationNow,
            straightness: edges.straightness, crossing: edges.crossing, sheetColour: sheet, grey: grey, brick: brick,
            soil: soil, outlineBefore: outlineBefore, stage: .unknown)
        judgement.stage = stage(of: judgement, image: now.image, region: region)
        let measures = RegionMeasures(of: region, colours: colours, judgement: judgement, now: now, before: before)
        judgement.measures = measures.values
        judgement.likely = model?.likelihood(of: measures, kernels: kernels)
        return judgement
    }

    /// What one look alone suggests; ``WorksProgress`` follows the works over time.
    private func stage(of judgement: RegionJudgement, image: RGBImage, region: Mask) -> Flag.Stage {
        switch judgement.kind {
        case .vegetation, .unknown, .person, .sheet, .shadow: return .unknown
        case .soil: return .clearing
        case .structure:
            if RoofSigns.hasSheet(image, in: region, share: judgement.sheetColour) { return .roof }
            let box = region.bounds
            // On an oblique view what lies on the ground is wide and low; walls make it tall.
            let tallness = Double(box.height) / Double(max(box.width, 1))
            if tallness < RegionJudge.wallTallness { return judgement.brick > 0.4 ? .material : .foundation }
            return .walls
        }
    }

    private func share(of mask: Mask, in region: Mask) -> Double {
        let count = region.count
        return count == 0 ? 0 : Double(mask.intersection(region).count) / Double(count)
    }

    /// Mean gradient of luminance across the region's outline.
    private func outlineStrength(_ region: Mask, view: SceneView) -> Float {
        let (width, height) = (region.width, region.height)
        var sum: Float = 0, count: Float = 0
        guard width > 2, height > 2 else { return 0 }
        for y in 1..<height - 1 {
            for x in 1..<width - 1
            where region[x, y] && !(region[x - 1, y] && region[x + 1, y] && region[x, y - 1] && region[x, y + 1]) {
                sum += view.gradient(at: y * width + x)
                count += 1
            }
        }
        return count == 0 ? 0 : 100 * sum / count
    }
}

/// Directions of the edges inside a region.
private struct Edges {
    /// 0 = every direction alike, 1 = all in two.
    var straightness: Double
    /// Share of the edge energy in the second strongest direction less what chance gives: near 0 or below for ripples,
    /// furrows and planks, which run one way only.
    var crossing: Double

    init(of view: SceneView, in region: Mask) {
        let (width, height) = (region.width, region.height)
        // 24 bins of 7.5° over half a turn.
        var bins = [Double](repeating: 0, count: 24)
        var total = 0.0
        for y in 1..<max(height - 1, 1) {
            for x in 1..<max(width - 1, 1) where region[x, y] {
                let step = view.step(at: y * width + x)
                let magnitude = (step * step).sum().squareRoot()
                guard magnitude > 0.06 * max(view.mean[x, y], SceneView.leastMean) else { continue }
                let turn = atan2(step.y, step.x) / .pi + 1
                bins[Int(turn * 24) % 24] += Double(magnitude)
                total += Double(magnitude)
            }
        }
        guard total > 0 else {
            straightness = 0
            crossing = 0
            return
        }
        let smoothed = bins.indices.map { bins[$0] + bins[($0 + 1) % 24] + bins[($0 + 23) % 24] }
        let first = smoothed.indices.max { smoothed[$0] < smoothed[$1] } ?? 0
        let others = smoothed.indices.filter { min(($0 - first + 24) % 24, (first - $0 + 24) % 24) >= 4 }
        let second = others.map { smoothed[$0] }.max() ?? 0
        crossing = second / total - 3.0 / 24.0
        straightness = max(((smoothed[first] + second) / total - 6.0 / 24.0) / (1 - 6.0 / 24.0), 0)
    }
}
