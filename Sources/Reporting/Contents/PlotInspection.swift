import Foundation
import Village

/// One plot as `inspect` shows it.
public struct PlotInspection: Sendable {
    public var at: Date
    public var plot: PlotSummary
    public var flags: [Flag]
    public var advice: [Advice]
    /// The pictures behind it, newest first.
    public var captures: [Capture]

    public init(at: Date, plot: PlotSummary, flags: [Flag], advice: [Advice], captures: [Capture]) {
        self.at = at
        self.plot = plot
        self.flags = flags
        self.advice = advice
        self.captures = captures
    }
}
