import Foundation
import Village

/// What was measured of a plot in one capture.
public struct Measurements: Sendable, Equatable {
    public var at: Date
    /// The capture's path.
    public var capture: String
    /// Without what could not be measured.
    public var values: [Quantity: Double]

    public init(at: Date, capture: String, values: [Quantity: Double]) {
        self.at = at
        self.capture = capture
        self.values = values
    }
}
