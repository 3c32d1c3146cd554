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

    /// The animals of the pen's last counted picture; `nil` where nothing was counted.
    public var animals: Animals?

    public struct Animals: Sendable, Equatable {
        /// The capture's path.
        public var capture: String
        public var at: Date
        /// x, y, width, height in pixels of the camera's reference picture; animals that touch share one.
        public var boxes: [[Int]]

        public init(capture: String, at: Date, boxes: [[Int]]) {
            self.capture = capture
            self.at = at
            self.boxes = boxes
        }
    }

    public init(
        at: Date, plot: PlotSummary, flags: [Flag], advice: [Advice], captures: [Capture],
        animals: Animals? = nil
    ) {
        self.at = at
        self.plot = plot
        self.flags = flags
        self.advice = advice
        self.captures = captures
        self.animals = animals
    }
}
