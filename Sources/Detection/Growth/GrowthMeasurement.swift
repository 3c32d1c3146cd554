import Analysis
import Kernels
import Pixels
import Village

/// What a plot's pixels say about its plants.
public struct GrowthMeasurement: Sendable {
    public var statistics: ColorStatistics?
    public var values: [Quantity: Measured]
    /// What is plant in each square of the plot, for the map of its crowns; `nil` where that was not asked for.
    public var cells: PlantCells?

    /// Below this many pixels shares mean nothing.
    public static let fewestPixels = 64
    /// Share of clipped pixels from which colour is not to be trusted (PlantCV, qc_exposure: 5 %).
    public static let clippedShare = 0.05

    /// Share of a plot that the plant model takes for blossom where there is none: the most it did on the rendered
    /// orchard out of bloom.
    static let blossomDoubt = 0.022

    /// Canopy is not told: one picture can't tell it from the grass below, a ``CrownMap`` can.
    ///
    /// - Parameter quality: shares are taken from usable captures only; channel statistics, as PhenoCam does, from
    ///   every picture.
    /// - Parameters:
    ///   - crop: what is grown there, by the name of its file in `models/crops`; `nil` = not known. Shares of plants
    ///     depend on it, colour does not.
    ///   - grid: of the plot where the camera's reference shows it.
    ///   - shift: how far this picture is displaced against that, in blocks of 2 × 2 pixels.
    public init(
        of image: RGBImage, in area: PlotArea, crop: String? = nil, quality: Quality, plants: PlantModel,
        kernels: KernelSet, grid: CrownGrid? = nil, shift: (x: Int, y: Int) = (0, 0)
    ) {
        self.init(
            colourOf: image, in: area, withoutShares: "the capture is \(quality.rawValue)", kernels: kernels)
        guard quality == .ok, statistics != nil else { return }
        let survey = PlantSurvey(
            of: image, in: area, crop: crop, model: plants, kernels: kernels, grid: grid, shift: shift)
        let found = survey.shares
        cells = survey.cells
        let sample = ColourSample(of: image, in: area), colours = PlantColours(of: sample)
        let points = LeafPoints(of: image, inside: area.mask, bounds: area.bounds)
        values[.vegetationCover] = .value(found.plants)
        values[.canopyCover] = .absent(reason: "canopy is told from what grows below it in orchards only")
        values[.bloom] = .value(
            max(found.blossom - GrowthMeasurement.blossomDoubt, BlossomColour.share(of: sample), points.blossom))
        values[.ripeColour] = .value(max(found.ripe, colours.ripe, points.ripe))
        values[.yellowing] =
            colours.yellowing.map(Measured.value)
            ?? .absent(reason: "too few plants to judge their colour")
    }

    /// Colour alone: what PhenoCam's files hold.
    ///
    /// - Parameter reason: why shares of plants are not measured.
    public init(colourOf image: RGBImage, in area: PlotArea, withoutShares reason: String, kernels: KernelSet) {
        precondition(image.size == area.mask.size, "the plot's mask has the picture's size")
        let measured =
            area.pixelCount < GrowthMeasurement.fewestPixels
            ? nil : MeasuredColor(of: image, inside: area.mask, within: area.bounds, kernels: kernels)
        let statistics = measured.map(ColorStatistics.init)
        self.init(mean: statistics?.mean, pixels: area.pixelCount, withoutShares: reason)
        self.statistics = statistics
        if let measured { values[.clippedShare] = .value(measured.clippedShare) }
    }

    /// Mean colours alone.
    ///
    /// - Parameters:
    ///   - mean: `nil` where it could not be measured, the plot's pixels being too few.
    ///   - reason: why shares are not measured.
    public init(mean: MeanColor?, pixels: Int, withoutShares reason: String) {
        guard pixels >= GrowthMeasurement.fewestPixels, let mean else {
            values = GrowthMeasurement.absent("the plot has only \(pixels) pixels in this picture")
            return
        }
        values = GrowthMeasurement.absent(reason)
        let black = "the plot is black in this picture"
        values[.gcc] = mean.gcc.map(Measured.value) ?? .absent(reason: black)
        values[.rcc] = mean.rcc.map(Measured.value) ?? .absent(reason: black)
        values[.exg] = mean.exg.map(Measured.value) ?? .absent(reason: black)
    }

    /// Every quantity of growth, for this reason not measured.
    public static func absent(_ reason: String) -> [Quantity: Measured] {
        Dictionary(uniqueKeysWithValues: quantities.map { ($0, .absent(reason: reason)) })
    }

    private static let quantities: [Quantity] = [
        .gcc, .rcc, .exg, .clippedShare, .vegetationCover, .canopyCover, .bloom, .ripeColour, .yellowing,
    ]
}

extension ColorStatistics {
    public init(_ measured: MeasuredColor) {
        self.init(
            red: ChannelStatistics(measured.red), green: ChannelStatistics(measured.green),
            blue: ChannelStatistics(measured.blue),
            redGreenCorrelation: measured.redGreenCorrelation, greenBlueCorrelation: measured.greenBlueCorrelation,
            blueRedCorrelation: measured.blueRedCorrelation, pixelCount: measured.pixelCount)
    }
}

extension ChannelStatistics {
    init(_ measured: MeasuredChannel) {
        self.init(mean: measured.mean, deviation: measured.standardDeviation, quantiles: measured.quantiles)
    }
}
