import Analysis
import Archive
import Decoding
import Detection
import Kernels
import Pixels
import Village

/// The part of a camera's pictures that holds its plots, for a camera whose colours alone are measured.
///
/// Nothing else of a picture is decoded: whether the camera was moved or covered stays unknown.
struct ColourFrame: Sendable {
    private enum Area: Sendable {
        /// Its outline is of the region.
        case pixels(PlotArea)
        /// Of the picture at an eighth.
        case blocks(BlockShares)
    }

    /// Of the reference picture, or of that at an eighth where means of blocks are enough.
    private let region: Region
    private let scale: Scale
    /// In the order of the site file.
    private let plots: [(plot: Plot, area: Area)]
    private let measures: Camera.Measures
    private let whole: Size
    /// By how much the region is reduced to judge its light.
    private let factor: Int
    private let ignored: Mask

    /// How far gcc of the reference may move with means of blocks, for them to be taken: half of what a reading may be
    /// off, as what lies beside a plot changes with the season.
    private static let blockError = 0.0001

    private var absence: String { "the camera measures colour only (\"measures: \(measures.rawValue)\")" }

    /// - Parameters:
    ///   - plots: in the reference's frame.
    ///   - reference: and its blocks' means; without these the plots' pixels are measured.
    ///   - ignored: where nothing counts, in the same frame.
    /// - Returns: `nil` where no plot has a pixel.
    init?(
        plots: [(plot: Plot, area: PlotArea)], reference: RGBImage, blockMeans: RGBImage?, ignored: Mask,
        measures: Camera.Measures
    ) {
        self.measures = measures
        whole = ignored.size
        let areas: [Area], bounds: [Region]
        if let blockMeans,
            let blocks = ColourFrame.blocks(of: plots.map(\.area), in: reference, means: blockMeans)
        {
            scale = .eighth
            bounds = blocks.map(\.bounds)
            areas = blocks.map(Area.blocks)
        } else {
            scale = .full
            bounds = plots.map(\.area.bounds)
            areas = plots.map { .pixels($0.area) }
        }
        let region = bounds.reduce(Region(x: 0, y: 0, width: 0, height: 0)) { $0.union($1) }
        guard !region.isEmpty else { return nil }
        self.region = region
        self.plots = zip(plots, areas).map { plot, area in
            guard case .pixels(let area) = area else { return (plot.plot, area) }
            return (plot.plot, .pixels(PlotArea(mask: area.mask.cropped(to: region))))
        }
        factor = max(1, (region.width + SceneMeasures.workingWidth - 1) / SceneMeasures.workingWidth)
        self.ignored = ignored.downscaled(by: scale.divisor).cropped(to: region).downscaled(by: factor)
    }

    /// The plots' shares of blocks; `nil` where the means of blocks are not a plot's own.
    private static func blocks(of areas: [PlotArea], in reference: RGBImage, means: RGBImage) -> [BlockShares]? {
        var result: [BlockShares] = []
        for area in areas {
            let shares = BlockShares(of: area.mask, side: Scale.eighth.divisor)
            guard
                let exact = MeasuredColor(of: reference, inside: area.mask, within: area.bounds, kernels: .best),
                let gcc = ColorStatistics(exact).mean.gcc,
                let coarse = shares.mean(of: means, from: Region(means.size))?.gcc,
                abs(coarse - gcc) <= blockError
            else { return nil }
            result.append(shares)
        }
        return result
    }

    /// The region of a picture that is whole and of the reference's size; `nil` for any other, which has to be looked at
    /// in full.
    func decoded(_ bytes: [UInt8], by decoder: Decoder) -> DecodedImage<RGBImage>? {
        guard FileEnding(of: bytes) == .complete, let header = try? decoder.header(of: bytes),
            header.orientation.applied(to: header.size) == whole,
            // Where a picture is turned, its blocks begin at another edge.
            scale == .full || header.orientation == .upright, let image = try? decode(bytes, by: decoder),
            image.truncation == nil
        else { return nil }
        return image
    }

    private func decode(_ bytes: [UInt8], by decoder: Decoder) throws(DecodingError) -> DecodedImage<RGBImage> {
        scale == .full
            ? try decoder.rgb(bytes, region: region) : try decoder.blockMeans(bytes, region: region)
    }

    /// The region of a picture that was decoded in full.
    func part(of image: RGBImage, kernels: KernelSet) -> RGBImage {
        let reduced = scale == .full ? image : image.downscaled(by: scale.divisor, kernels: kernels)
        return reduced.cropped(to: region)
    }

    /// Measures the region of a capture.
    ///
    /// - Parameter image: of the region's size.
    func measure(
        _ image: RGBImage, of capture: Capture, on day: Day?, health: SceneHealth, kernels: KernelSet
    ) -> CaptureInspector.Inspected {
        var result = CaptureInspector.Inspected(capture: capture)
        let small = image.downscaled(by: factor, kernels: kernels)
        var luminance = Plane(luminanceOf: small, kernels: kernels)
        let judgement = health.judgeLight(of: small, luminance)
        if capture.quality != .wrongClock {
            result.capture.quality = judgement.quality
            result.capture.reason = judgement.reason
        }
        result.capture.measures = judgement.measures
        result.capture.measures[PhenoCamBrightness.name] = PhenoCamBrightness.mean(
            of: image, border: 0, kernels: kernels)
        for i in luminance.samples.indices where ignored.bytes[i] != 0 { luminance.samples[i] = 0 }
        result.pixelHash = String(PerceptualHash.exact(of: luminance), radix: 16)
        guard let at = capture.at, let day else { return result }
        for (plot, area) in plots where plot.valid.contains(day) {
            let growth = growth(of: image, in: area, kernels: kernels)
            var reading = Reading(
                plot: plot.id, camera: capture.camera, capture: capture.path, at: at, quality: result.capture.quality,
                statistics: growth.statistics, values: growth.values)
            if plot.kind == .orchard, case .pixels(let area) = area {
                let fruit = FruitCount.values(
                    of: image, in: area, quality: result.capture.quality, ripeColour: growth.values[.ripeColour])
                reading.values.merge(fruit) { own, _ in own }
            }
            result.readings.append(reading)
        }
        return result
    }

    private func growth(of image: RGBImage, in area: Area, kernels: KernelSet) -> GrowthMeasurement {
        switch area {
        case .blocks(let blocks):
            return GrowthMeasurement(
                mean: blocks.mean(of: image, from: region), pixels: blocks.pixelCount, withoutShares: absence)
        case .pixels(let area):
            let growth = GrowthMeasurement(colourOf: image, in: area, withoutShares: absence, kernels: kernels)
            guard measures == .means else { return growth }
            return GrowthMeasurement(
                mean: growth.statistics?.mean, pixels: area.pixelCount, withoutShares: absence)
        }
    }
}
