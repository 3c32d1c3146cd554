import Foundation
import Village

/// Everything that a report shows, as plain values: what is not in here is not in the report.
public struct ReportContents: Sendable {
    public var site: Site
    /// The days that the report covers; open ends are taken from the captures.
    public var period: DayRange
    public var generatedAt: Date
    public var toolVersion: String
    /// Name of the kernel set that measured.
    public var kernels: String
    /// Further facts about how the figures were made, each shown as one line.
    public var parameters: [Parameter]
    public var cameras: [CameraSummary]
    public var plots: [PlotSummary]
    public var flags: [FlagPictures]
    public var advice: [Advice]
    /// The plot as the card's capture shows it, by the card's id.
    public var adviceThumbnails: [String: Picture]
    /// Captures whose quality is not `ok`.
    public var unusable: [Capture]
    /// Households that have points, the highest balance first.
    public var points: [PointsAccount]
    /// The last flights of each patrol.
    public var patrols: [PatrolSummary] = []
    /// Pairs of photographs before and after a clean-up, those that wait for approval first.
    public var pairs: [CleanupSummary] = []

    public init(
        site: Site, period: DayRange, generatedAt: Date, toolVersion: String, kernels: String,
        parameters: [Parameter] = [],
        cameras: [CameraSummary], plots: [PlotSummary], flags: [FlagPictures], advice: [Advice],
        adviceThumbnails: [String: Picture] = [:], unusable: [Capture], points: [PointsAccount] = []
    ) {
        self.site = site
        self.period = period
        self.generatedAt = generatedAt
        self.toolVersion = toolVersion
        self.kernels = kernels
        self.parameters = parameters
        self.cameras = cameras
        self.plots = plots
        self.flags = flags
        self.advice = advice
        self.adviceThumbnails = adviceThumbnails
        self.unusable = unusable
        self.points = points
    }

    /// A setting that shaped the figures, with its value and unit in words.
    public struct Parameter: Sendable, Equatable {
        public var name: Bilingual
        public var value: String

        public init(name: Bilingual, value: String) {
            self.name = name
            self.value = value
        }
    }
}
