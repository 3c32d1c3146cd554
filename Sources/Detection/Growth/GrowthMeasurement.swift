import Analysis
import Kernels
import Pixels
import Village

/// What a plot's pixels say about its plants.
public struct GrowthMeasurement: Sendable {
    public var statistics: ColorStatistics?
    public var values: [Quantity: Measured]

    /// Below this many pixels shares mean nothing.
    public static let fewestPixels = 64
    /// Share of clipped pixels from which colour is not to be trusted (PlantCV, qc_exposure: 5 %).
    public static let clippedShare = 0.05

    /// Share of a plot that the plant model takes for blossom where there is none: the most it did on the rendered
    /// orchard out of bloom.
    static let blossomDoubt = 0.015

    /// - Parameter quality: shares are taken from usable captures only; channel statistics, as PhenoCam does, from
    ///   every picture.
    public init(of image: RGBImage, in area: PlotArea, quality: Quality, plants: PlantModel, kernels: KernelSet) {
        precondition(image.size == area.mask.size, "the plot's mask has the picture's size")
        values = [:]
        guard area.pixelCount >= GrowthMeasurement.fewestPixels else {
            for quantity in GrowthMeasurement.quantities {
                values[quantity] = .absent(reason: "the plot has only \(area.pixelCount) pixels in this picture")
            }
            return
        }
        guard let measured = MeasuredColor(of: image, inside: area.mask, within: area.bounds, kernels: kernels) else {
            for quantity in GrowthMeasurement.quantities {
                values[quantity] = .absent(reason: "the plot has no pixels in this picture")
            }
            return
        }
        let statistics = ColorStatistics(measured)
        self.statistics = statistics
        let black = "the plot is black in this picture"
        values[.gcc] = statistics.gcc.map(Measured.value) ?? .absent(reason: black)
        values[.rcc] = statistics.rcc.map(Measured.value) ?? .absent(reason: black)
        values[.exg] = statistics.exg.map(Measured.value) ?? .absent(reason: black)
        values[.clippedShare] = .value(measured.clippedShare)
        guard quality == .ok else {
            for quantity in GrowthMeasurement.shares {
                values[quantity] = .absent(reason: "the capture is \(quality.rawValue)")
            }
            return
        }
        let found = PlantSurvey(of: image, in: area, model: plants, kernels: kernels).shares
        let sample = ColourSample(of: image, in: area), colours = PlantColours(of: sample)
        let points = LeafPoints(of: image, inside: area.mask, bounds: area.bounds)
        values[.vegetationCover] = .value(found.plants)
        values[.canopyCover] = .absent(reason: "canopy and the plants below it cannot be told apart by colour alone")
        values[.bloom] = .value(
            max(found.blossom - GrowthMeasurement.blossomDoubt, BlossomColour.share(of: sample), points.blossom))
        values[.ripeColour] = .value(max(found.ripe, colours.ripe, points.ripe))
        values[.yellowing] =
            colours.yellowing.map(Measured.value)
            ?? .absent(reason: "too few plants to judge their colour")
    }

    static let shares: [Quantity] = [.vegetationCover, .canopyCover, .bloom, .ripeColour, .yellowing]
    static let quantities: [Quantity] = [.gcc, .rcc, .exg, .clippedShare] + shares
}

extension ColorStatistics {
    init(_ measured: MeasuredColor) {
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
