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
    public let absoluteDifference: AbsoluteDifference.Row
    public let greenMask: GreenMask.Row

    /// The plain loops that define what every kernel returns.
    public static let reference = KernelSet(
        name: "reference", colorSums: ColorSums.reference, colorHistograms: ColorHistograms.reference,
        absoluteDifference: AbsoluteDifference.reference, greenMask: GreenMask.reference)

    static let baseline = KernelSet(
        name: "baseline", colorSums: ColorSums.row(KernelsBaseline.colorSums),
        colorHistograms: ColorHistograms.row(KernelsBaseline.colorHistograms),
        absoluteDifference: AbsoluteDifference.row(KernelsBaseline.absoluteDifference),
        greenMask: GreenMask.row(KernelsBaseline.greenMask))

    static let v3 = KernelSet(
        name: "v3", colorSums: ColorSums.row(KernelsV3.colorSums),
        colorHistograms: ColorHistograms.row(KernelsV3.colorHistograms),
        absoluteDifference: AbsoluteDifference.row(KernelsV3.absoluteDifference),
        greenMask: GreenMask.row(KernelsV3.greenMask))

    /// The sets this CPU can run, fastest first.
    public static var all: [KernelSet] { cv_cpu_level() >= 3 ? [v3, baseline, reference] : [baseline, reference] }

    /// The fastest set this CPU can run.
    public static var best: KernelSet { cv_cpu_level() >= 3 ? v3 : baseline }

    /// The set of that name; `nil` where there is none or this CPU cannot run it.
    public init?(named name: String) {
        guard let set = KernelSet.all.first(where: { $0.name == name }) else { return nil }
        self = set
    }

    init(
        name: String, colorSums: @escaping ColorSums.Row, colorHistograms: @escaping ColorHistograms.Row,
        absoluteDifference: @escaping AbsoluteDifference.Row, greenMask: @escaping GreenMask.Row
    ) {
        self.name = name
        self.colorSums = colorSums
        self.colorHistograms = colorHistograms
        self.absoluteDifference = absoluteDifference
        self.greenMask = greenMask
    }
}
