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
    /// Of the reference picture.
    let region: Region
    /// In the order of the site file; outlines are of the region.
    let plots: [(plot: Plot, area: PlotArea)]
    private let whole: Size
    /// By how much the region is reduced to judge its light.
    private let factor: Int
    private let ignored: Mask

    static let absence = "the camera measures colour only (\"measures: colour\")"

    /// - Parameters:
    ///   - plots: in the reference's frame.
    ///   - ignored: where nothing counts, in the same frame.
    /// - Returns: `nil` where no plot has a pixel.
    init?(plots: [(plot: Plot, area: PlotArea)], ignored: Mask) {
        let region = plots.reduce(Region(x: 0, y: 0, width: 0, height: 0)) { $0.union($1.area.bounds) }
        guard !region.isEmpty else { return nil }
        self.region = region
        self.plots = plots.map { ($0.plot, PlotArea(mask: $0.area.mask.cropped(to: region))) }
        whole = ignored.size
        factor = max(1, (region.width + SceneMeasures.workingWidth - 1) / SceneMeasures.workingWidth)
        self.ignored = ignored.cropped(to: region).downscaled(by: factor)
    }

    /// The region of a picture that is whole and of the reference's size; `nil` for any other, which has to be looked at
    /// in full.
    func decoded(_ bytes: [UInt8], by decoder: Decoder) -> DecodedImage<RGBImage>? {
        guard FileEnding(of: bytes) == .complete, let header = try? decoder.header(of: bytes),
            header.orientation.applied(to: header.size) == whole,
            let image = try? decoder.rgb(bytes, region: region), image.truncation == nil
        else { return nil }
        return image
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
            let growth = GrowthMeasurement(
                colourOf: image, in: area, withoutShares: ColourFrame.absence, kernels: kernels)
            var reading = Reading(
                plot: plot.id, camera: capture.camera, capture: capture.path, at: at, quality: result.capture.quality,
                statistics: growth.statistics, values: growth.values)
            if plot.kind == .orchard {
                let fruit = FruitCount.values(
                    of: image, in: area, quality: result.capture.quality, ripeColour: growth.values[.ripeColour])
                reading.values.merge(fruit) { own, _ in own }
            }
            result.readings.append(reading)
        }
        return result
    }
}
