import Kernels
import Pixels

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Finds how pictures of a fixed camera are displaced against one reference.
///
/// Edge vectors (Haber and Modersitzki's normalised gradient fields) are correlated over all shifts and rotations at
/// a small size; the best candidates are refined from level to level on locally normalised levels, with robust
/// weights. What is made for the reference is made once.
///
/// - Exactness: the same result for the same two planes, whatever runs beside it.
public struct Registration: Sendable {
    /// What is kept of a level of the reference; the rest went into the anchors and the searches.
    private struct Kept {
        let scale: Double
        let width: Int
        let edges: EdgeVectors
    }

    /// Score from which no other place is looked for.
    private static let convincing = 0.6

    public let size: Size
    public let parameters: Parameters
    /// By how much pictures are reduced for the finest level.
    private let factor: Int
    private let levels: [Kept]
    /// Of every level some points, and of the finest all.
    private let anchors: [Anchors]
    private let finest: Anchors
    private let search: Search
    private let ignored: [Mask?]
    /// The level, about 128 to 256 wide, at which shifts are compared when edges alone do not settle the question.
    private let judged: Int
    private let judge: Search

    /// - Parameters:
    ///   - reference: the luminance of the reference.
    ///   - ignored: inside where the reference must not be compared: a clock, the sky.
    public init(reference: Plane<UInt8>, ignoring ignored: Mask? = nil, parameters: Parameters = Parameters()) {
        let factor = Registration.factor(reference.size, parameters)
        self.init(
            size: reference.size, reduced: reference.downscaled(by: factor), factor: factor, ignoring: ignored,
            parameters: parameters)
    }

    /// The same for a colour image, reduced before its luminance is taken, as ``align(_:)-(ReducedPictures)`` does.
    public init(reference: RGBImage, ignoring ignored: Mask? = nil, parameters: Parameters = Parameters()) {
        var pictures = ReducedPictures(of: reference)
        self.init(reference: &pictures, ignoring: ignored, parameters: parameters)
    }

    /// The same from a size that others may have asked for already; for pictures of the same step.
    public init(
        reference pictures: inout ReducedPictures, ignoring ignored: Mask? = nil, parameters: Parameters = Parameters()
    ) {
        let factor = pictures.factor(atLeast: Registration.factor(pictures.size, parameters))
        self.init(
            size: pictures.size, reduced: pictures.luminance(by: factor), factor: factor, ignoring: ignored,
            parameters: parameters)
    }

    private static func factor(_ size: Size, _ parameters: Parameters) -> Int {
        max(1, (size.width + parameters.finestWidth - 1) / max(parameters.finestWidth, 1))
    }

    private init(size: Size, reduced: Plane<UInt8>, factor: Int, ignoring ignored: Mask?, parameters: Parameters) {
        precondition(ignored.map { $0.size == size } ?? true, "the mask has the reference's size")
        self.size = size
        self.parameters = parameters
        self.factor = factor
        let levels = Registration.pyramid(of: reduced, factor: factor, coarsestWidth: parameters.coarsestWidth)
        self.levels = levels.map { Kept(scale: $0.scale, width: $0.plane.width, edges: $0.edges) }
        var masks = [ignored.map { $0.dilated(by: .square(radius: factor)).downscaled(by: factor) }]
        for _ in levels.dropFirst() {
            masks.append(masks[masks.count - 1].map { $0.dilated(by: .square(radius: 1)).downscaled(by: 2) })
        }
        self.ignored = masks
        anchors = zip(levels, masks).map {
            Anchors($0, ignoring: $1, centre: Registration.centre(size, $0.scale), most: Anchors.few)
        }
        finest = Anchors(levels[0], ignoring: masks[0], centre: Registration.centre(size, levels[0].scale))
        let last = levels.count - 1
        judged = levels.lastIndex { $0.plane.width >= 128 } ?? 0
        judge = Search(levels[judged], ignoring: masks[judged], centre: Registration.centre(size, levels[judged].scale))
        search = Search(levels[last], ignoring: masks[last], centre: Registration.centre(size, levels[last].scale))
    }

    private static func centre(_ size: Size, _ scale: Double) -> SIMD2<Float> {
        SIMD2(Float(Double(size.width) / 2 / scale - 0.5), Float(Double(size.height) / 2 / scale - 0.5))
    }

    /// Where `image` lies against the reference.
    ///
    /// - Returns: an alignment with `isSamePlace == nil` and score 0 for a picture of another size or too small or
    ///   flat to compare.
    /// - Complexity: O(pixels) and a search of constant size.
    public func align(_ image: Plane<UInt8>) -> Alignment {
        guard isComparable(image.size) else { return .unknown }
        return align(reduced: image.downscaled(by: factor))
    }

    /// The same for a colour image, from a size that others may have asked for already.
    public func align(_ pictures: inout ReducedPictures) -> Alignment {
        guard isComparable(pictures.size) else { return .unknown }
        return align(reduced: pictures.luminance(by: factor))
    }

    private func isComparable(_ other: Size) -> Bool {
        other == size && size.width / factor >= 16 && size.height / factor >= 16
    }

    private func align(reduced: Plane<UInt8>) -> Alignment {
        let pyramid = Registration.pyramid(of: reduced, factor: factor, coarsestWidth: parameters.coarsestWidth)
        let scored = Registration.scoredLevel(levels.map(\.width))

        // Most pictures lie where the reference lies: look there first, and everywhere only where that does not
        // convince.
        var best = descend(from: Pose(), at: levels.count - 1, pyramid, scored: scored)
        var isAtHome = true
        if best.agreement.score < Registration.convincing {
            for pose in search.poses(in: pyramid[levels.count - 1], parameters, count: 4) {
                let candidate = descend(from: pose, at: levels.count - 1, pyramid, scored: scored)
                if candidate.agreement.score > best.agreement.score + (isAtHome ? parameters.advantage : 0) {
                    isAtHome = false
                    best = candidate
                }
            }
        }
        // Where edges at the smallest size do not tell, all shifts at a middle size may.
        var standing = (deviations: 0.0, pose: Pose())
        if best.agreement.score < parameters.movedScore {
            let width = pyramid[judged].plane.width
            standing = judge.distinctness(
                of: pyramid[judged], reach: Int((parameters.range * Double(width)).rounded(.up)))
            if standing.deviations > parameters.chanceDistinctness {
                let start = anchors[judged].refined(standing.pose, to: pyramid[judged].normalized, iterations: 20).pose
                let level = max(judged, scored)
                let candidate = descend(
                    from: rescaled(start, from: judged, to: level), at: level, pyramid, scored: scored)
                if candidate.agreement.score > best.agreement.score { best = candidate }
            }
        }
        var pose = best.pose
        for level in stride(from: scored - 1, through: 0, by: -1) {
            pose = Pose(x: pose.x * 2, y: pose.y * 2, angle: pose.angle)
            pose = anchors[level].refined(pose, to: pyramid[level].normalized, iterations: 12).pose
        }
        pose = finest.refined(pose, to: pyramid[0].normalized, iterations: Anchors.lastSteps).pose
        var result = alignment(pose, best.agreement, pyramid[scored])
        if result.isSamePlace != true {
            result.distinctness = standing.deviations
            if result.isSamePlace == false, standing.deviations > parameters.chanceDistinctness {
                result.isSamePlace = nil
            }
        }
        return result
    }

    /// Refines from the coarsest level down to the scored one.
    private func descend(from start: Pose, at coarsest: Int, _ pyramid: [Level], scored: Int) -> (
        pose: Pose, agreement: Agreement
    ) {
        var pose = start
        for level in stride(from: coarsest, through: scored, by: -1) {
            if level < coarsest { pose = Pose(x: pose.x * 2, y: pose.y * 2, angle: pose.angle) }
            pose = anchors[level].refined(pose, to: pyramid[level].normalized, iterations: 20).pose
        }
        let agreement = Agreement(
            levels[scored].edges, pyramid[scored].edges, pose, centre: Registration.centre(size, levels[scored].scale),
            ignoring: ignored[scored])
        return (pose, agreement)
    }

    private func rescaled(_ pose: Pose, from: Int, to: Int) -> Pose {
        let factor = levels[from].scale / levels[to].scale
        return Pose(x: pose.x * factor, y: pose.y * factor, angle: pose.angle)
    }

    private func alignment(_ pose: Pose, _ agreement: Agreement, _ image: Level) -> Alignment {
        let transform = RigidTransform(
            dx: pose.x * levels[0].scale, dy: pose.y * levels[0].scale, rotationDegrees: pose.angle * 180 / .pi)
        let strength = min(
            Double(image.edges.strength),
            Double(levels[Registration.scoredLevel(levels.map(\.width))].edges.strength))
        let isInRange =
            max(abs(transform.dx), abs(transform.dy)) <= 1.2 * parameters.range * Double(size.width)
            && abs(transform.rotationDegrees) <= 1.5 * parameters.rotationRange
        let isNear =
            max(abs(transform.dx), abs(transform.dy)) <= parameters.nudge * Double(size.width)
            && abs(transform.rotationDegrees) <= parameters.nudgeRotation
        let least = isNear ? parameters.sameScore : parameters.movedScore
        let isSame: Bool? =
            if strength < parameters.leastStructure {
                nil
            } else if isInRange, agreement.score >= least, agreement.share >= parameters.sameConfidence {
                true
            } else if agreement.score < parameters.differentScore && agreement.share < parameters.differentConfidence {
                false
            } else {
                nil
            }
        return Alignment(
            transform: transform, score: max(0, agreement.score), overlap: agreement.overlap,
            confidence: agreement.share, isSamePlace: isSame)
    }
}
