import Analysis
import Pixels
import Village

/// Says whether a capture can be measured, and why not.
public struct SceneHealth: Sendable {
    public let parameters: SceneHealthParameters

    public init(parameters: SceneHealthParameters) { self.parameters = parameters }

    /// Whether pictures so wide can be judged from sizes that are multiples of `step` alone as any others.
    public static func isJudged(width: Int, step: Int) -> Bool { step == 1 || width / step >= HealthViews.leastWidth }

    /// A camera's reference picture, with what a comparison needs of it.
    public struct Reference: Sendable {
        public let measures: SceneMeasures
        let blocks: StructureBlocks

        public init(of image: RGBImage, parameters: SceneHealthParameters) {
            var pictures = ReducedPictures(of: image)
            self.init(of: &pictures, parameters: parameters)
        }

        /// The same, from sizes that others may have asked for already.
        public init(of pictures: inout ReducedPictures, parameters: SceneHealthParameters) {
            let views = HealthViews(of: &pictures)
            measures = SceneMeasures(of: views, parameters: parameters)
            blocks = StructureBlocks(of: views.smallLuminance)
        }
    }

    public struct Judgement: Sendable, Equatable {
        public var quality: Quality
        /// Why it is not `ok`, with the figure and what to do.
        public var reason: String?
        public var measures: [String: Double]
    }

    /// - Parameters:
    ///   - reference: `nil` while the camera has none.
    ///   - isSamePlace: what alignment says; `nil` = it could not tell, or was not asked.
    public func judge(_ image: RGBImage, reference: Reference?, isSamePlace: Bool?) -> Judgement {
        var pictures = ReducedPictures(of: image)
        return judge(&pictures, reference: reference, isSamePlace: isSamePlace)
    }

    /// The same, from sizes that others may have asked for already.
    public func judge(_ pictures: inout ReducedPictures, reference: Reference?, isSamePlace: Bool?) -> Judgement {
        let views = HealthViews(of: &pictures)
        let measures = SceneMeasures(of: views, parameters: parameters)
        var named = measures.named
        let comparison = reference.flatMap {
            StructureBlocks(of: views.smallLuminance).compare(with: $0.blocks, parameters: parameters)
        }
        if let comparison {
            named["lostStructure"] = comparison.lostShare
            named["foreignStructure"] = comparison.foreignShare
        }
        let (quality, reason) = verdict(
            measures, comparison: comparison, reference: reference?.measures, isSamePlace: isSamePlace)
        return Judgement(quality: quality, reason: reason, measures: named)
    }

    /// Of a scene that is no landscape: things on a plain ground, another lot of them in each picture.
    public func judgePlain(_ pictures: inout ReducedPictures) -> Judgement {
        let views = HealthViews(of: &pictures)
        let measures = SceneMeasures(of: views, parameters: parameters)
        let steepness = EdgeSteepness.of(views.medium)
        var named = measures.named
        named["steepness"] = steepness
        let (quality, reason) =
            exposure(measures.light)
            ?? (steepness < parameters.blurSteepness
                ? (.blur, "no outline in it is sharp (\(hundredths(steepness))): clean or focus the lens")
                : colour(measures.light) ?? (.ok, nil))
        return Judgement(quality: quality, reason: reason, measures: named)
    }

    /// Of a part of a picture, by its light and colour alone: whether the scene can be seen stays unknown.
    ///
    /// - Parameters:
    ///   - image: reduced to ``SceneMeasures/workingWidth`` columns or less.
    ///   - luminance: of the same size.
    public func judgeLight(of image: RGBImage, _ luminance: Plane<UInt8>) -> Judgement {
        let light = SceneLight(of: image, luminance, parameters: parameters)
        let (quality, reason) = exposure(light) ?? colour(light) ?? (.ok, nil)
        return Judgement(quality: quality, reason: reason, measures: light.named)
    }

    private func exposure(_ m: SceneLight) -> (Quality, String?)? {
        if m.darkShare >= parameters.darkShare || m.meanLuminance < parameters.darkMeanLuminance {
            return (.dark, "\(percent(m.darkShare)) of the picture is dark: taken at night, or the lens is covered")
        }
        if m.brightShare >= parameters.overexposedShare {
            return (
                .overexposed,
                "\(percent(m.brightShare)) of the picture is white: check the exposure, or the sun shines into the lens"
            )
        }
        return nil
    }

    private func colour(_ m: SceneLight) -> (Quality, String?)? {
        m.greyShare >= parameters.infraredShare
            ? (.infrared, "the picture has no colour: the camera was in its infrared or grey mode") : nil
    }

    private func verdict(
        _ m: SceneMeasures, comparison: StructureBlocks.Comparison?, reference: SceneMeasures?, isSamePlace: Bool?
    ) -> (Quality, String?) {
        if let found = exposure(m.light) { return found }
        if isBlurred(m, reference: reference) {
            let ratio = hundredths(max(m.sharpness, m.sharpnessBelow))
            return (.blur, "nothing in it has sharp edges (ratio \(ratio)): clean or focus the lens")
        }
        if isFog(m, comparison: comparison, reference: reference) {
            return (
                .fog, "a veil hides the scene (dark channel \(Int(m.darkChannel))): fog, rain, snow or a misted lens"
            )
        }
        if m.sharpness < parameters.fogSharpness, m.sharpnessBelow >= parameters.fogSharpnessBelow {
            return (
                .fog,
                "what is far has lost its edges (ratio \(hundredths(m.sharpness))) while what is near is sharp: fog or haze"
            )
        }
        if let found = colour(m.light) { return found }
        if let comparison, isSamePlace != true {
            if comparison.lostShare >= parameters.obstructedLostShare {
                return (
                    .obstructed,
                    "\(percent(comparison.lostShare)) of the scene's structure is covered: something is in front of the lens"
                )
            }
        }
        if isSamePlace == false {
            return (
                .moved,
                "the picture does not show the reference's place: the camera was turned; set it back, or give it a new reference"
            )
        }
        if let comparison, comparison.lostShare >= 1.6 * parameters.obstructedLostShare {
            return (
                .obstructed,
                "\(percent(comparison.lostShare)) of the scene's structure is covered: something is in front of the lens"
            )
        }
        return (.ok, nil)
    }

    /// In the whole picture and in its near half, by itself or against the reference.
    private func isBlurred(_ m: SceneMeasures, reference: SceneMeasures?) -> Bool {
        let sharpest = max(m.sharpness, m.sharpnessBelow)
        guard let reference else { return sharpest < parameters.blurSharpness }
        // A soft lens or a shaking mast is as soft as ever: not blurred, for this camera.
        let usual = max(reference.sharpness, reference.sharpnessBelow)
        if sharpest < min(parameters.blurSharpness, usual * parameters.blurSoftRatio) { return true }
        return m.sharpness < reference.sharpness * parameters.blurSharpnessRatio
            && m.sharpnessBelow < reference.sharpnessBelow * parameters.blurSharpnessRatio
    }

    private func isFog(_ m: SceneMeasures, comparison: StructureBlocks.Comparison?, reference: SceneMeasures?) -> Bool {
        guard m.darkChannel >= parameters.fogDarkChannel else { return false }
        if let comparison, let reference {
            return m.darkChannel > reference.darkChannel * 1.35
                && m.contrast < reference.contrast * parameters.fogContrastRatio
                && comparison.lostShare >= parameters.fogLostStructure
        }
        return m.contrast < parameters.fogContrast && m.light.greyShare > 0.6
    }

    private func hundredths(_ value: Double) -> String { "0." + ("0\(Int((100 * value).rounded()))").suffix(2) }
    private func percent(_ share: Double) -> String { "\(Int((100 * share).rounded())) %" }
}
