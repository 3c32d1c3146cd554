import Foundation

/// Tells a picture that is still being uploaded from one that was cut short for good.
public struct HalfWrittenRule: Sendable, Equatable {
    public enum Verdict: Sendable, Equatable {
        case whole
        /// Leave it for the next run.
        case wait
        case truncated
    }

    /// Seconds without a change after which an upload counts as given up; 60…86 400. A camera on a 2G line needs a few
    /// minutes for a picture.
    public var patience: Double

    public init(patience: Double = 600) { self.patience = patience }

    /// A time of modification in the future by less than `patience` is the clock of a file server; by more, it is
    /// worth nothing.
    public func verdict(ending: FileEnding, modified: Date, now: Date) -> Verdict {
        switch ending {
        case .complete, .unknown: .whole
        case .incomplete: abs(now.timeIntervalSince(modified)) < patience ? .wait : .truncated
        }
    }
}
