import Foundation

/// One card for a household: what was seen, what to do, how sure, and where the rule comes from.
public struct Advice: Sendable, Equatable, Codable {
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// Work that the calendar and the pictures say is due.
        case work
        /// Something differs from the plot's own past or its neighbours.
        case anomaly
        /// Something happened: bloom, colouring, pruning, harvest.
        case event
    }

    /// Stable for the same rule, plot and occasion.
    public var id: String
    public var plot: String
    public var household: String?
    public var camera: String
    public var crop: String?
    public var kind: Kind
    /// When the card is raised.
    public var at: Date
    /// Growth stage behind it: a BBCH code where the crop file gives one.
    public var bbch: String?
    public var title: Bilingual
    /// With the figure.
    public var seen: Bilingual
    public var action: Bilingual
    /// The essence in one short message, for each language in which title and action don't fit one.
    public var message: [Language: String]?
    /// UTF-16 units of a short message: one message with Chinese letters.
    public static let longestMessage = 70
    public var confidence: Double
    /// Where the rule comes from.
    public var source: String
    /// The rule: crop file and id, `plum/harvestWindow`; `nil` for cards of before 0.2.
    public var rule: String?
    /// Whether a local expert has confirmed the rule.
    public var confirmedLocally: Bool
    /// The picture that shows it.
    public var capture: String?

    public init(
        id: String, plot: String, household: String?, camera: String, crop: String?, kind: Kind, at: Date,
        bbch: String?, title: Bilingual,
        seen: Bilingual, action: Bilingual, message: [Language: String]? = nil, confidence: Double, source: String,
        rule: String? = nil,
        confirmedLocally: Bool,
        capture: String?
    ) {
        self.id = id
        self.plot = plot
        self.household = household
        self.camera = camera
        self.crop = crop
        self.kind = kind
        self.at = at
        self.bbch = bbch
        self.title = title
        self.seen = seen
        self.action = action
        self.message = message
        self.confidence = confidence
        self.source = source
        self.rule = rule
        self.confirmedLocally = confirmedLocally
        self.capture = capture
    }
}
