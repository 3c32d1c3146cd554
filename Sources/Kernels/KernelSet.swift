internal import CVectors
internal import KernelsBaseline
internal import KernelsV3

/// One version of every kernel, chosen once for a run and handed down as a value.
///
/// The results do not depend on the choice; the time does. `reference` is the definition, the others are admitted by
/// the equivalence tests.
public struct KernelSet: Sendable {
    /// `reference`, `baseline` or `v3`: what the run's record says.
    public let name: String
    public let colorSums: ColorSums.Row
    public let colorHistograms: ColorHistograms.Row
    public let greenMask: GreenMask.Row
    public let luminance: Luminance.Row
    public let byteSum: ByteSum.Row
    public let blockColors: BlockColors.Row
    public let blockSums: BlockSums.Row
    public let denseLayer: DenseLayer.Layer
    public let boxMeans: BoxMeans.Row
    public let normalizedRow: NormalizedRow.Row
    public let changedRow: ChangedRow.Row
    public let pointResiduals: PointResiduals.Row
    public let windowMeans: WindowMeans.Rows
    public let productSum: ProductSum.Block

    /// The plain loops that define what every kernel returns.
    public static let reference = KernelSet(
        name: "reference", colorSums: ColorSums.reference, colorHistograms: ColorHistograms.reference,
        greenMask: GreenMask.reference, luminance: Luminance.reference, byteSum: ByteSum.reference,
        blockColors: BlockColors.reference, blockSums: BlockSums.reference, denseLayer: DenseLayer.reference,
        boxMeans: BoxMeans.reference, normalizedRow: NormalizedRow.reference,
        changedRow: ChangedRow.reference, pointResiduals: PointResiduals.reference,
        windowMeans: WindowMeans.reference, productSum: ProductSum.reference)

    static let baseline = KernelSet(
        name: "baseline", colorSums: ColorSums.row(KernelsBaseline.colorSums),
        colorHistograms: ColorHistograms.row(KernelsBaseline.colorHistograms),
        greenMask: GreenMask.row(KernelsBaseline.greenMask), luminance: Luminance.row(KernelsBaseline.luminance),
        byteSum: ByteSum.row(KernelsBaseline.byteSum),
        blockColors: BlockColors.row(KernelsBaseline.blockColors), blockSums: BlockSums.row(KernelsBaseline.blockSums),
        denseLayer: DenseLayer.layer(KernelsBaseline.denseLayer), boxMeans: BoxMeans.row(KernelsBaseline.boxMeans),
        normalizedRow: NormalizedRow.row(KernelsBaseline.normalizedRow),
        changedRow: ChangedRow.row(KernelsBaseline.changedRow),
        pointResiduals: PointResiduals.row(KernelsBaseline.pointResiduals),
        windowMeans: WindowMeans.rows(KernelsBaseline.windowMeans),
        productSum: KernelsBaseline.productSum)

    static let v3 = KernelSet(
        name: "v3", colorSums: ColorSums.row(KernelsV3.colorSums),
        colorHistograms: ColorHistograms.row(KernelsV3.colorHistograms),
        greenMask: GreenMask.row(KernelsV3.greenMask), luminance: Luminance.row(KernelsV3.luminance),
        byteSum: ByteSum.row(KernelsV3.byteSum),
        blockColors: BlockColors.row(KernelsV3.blockColors), blockSums: BlockSums.row(KernelsV3.blockSums),
        denseLayer: DenseLayer.layer(KernelsV3.denseLayer), boxMeans: BoxMeans.row(KernelsV3.boxMeans),
        normalizedRow: NormalizedRow.row(KernelsV3.normalizedRow),
        changedRow: ChangedRow.row(KernelsV3.changedRow),
        pointResiduals: PointResiduals.row(KernelsV3.pointResiduals),
        windowMeans: WindowMeans.rows(KernelsV3.windowMeans),
        productSum: KernelsV3.productSum)

    /// The sets this CPU can run, fastest first.
    public static var all: [KernelSet] { cv_cpu_level() >= 3 ? [v3, baseline, reference] : [baseline, reference] }

    /// The fastest set this CPU can run.
    public static var best: KernelSet { cv_cpu_level() >= 3 ? v3 : baseline }
}

extension KernelSet {
    /// The set of that name; `nil` where there is none or this CPU cannot run it.
    public init?(named name: String) {
        guard let set = KernelSet.all.first(where: { $0.name == name }) else { return nil }
        self = set
    }
}
