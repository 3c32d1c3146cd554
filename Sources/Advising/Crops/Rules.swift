import Village

/// Work that is due in a part of the year, or so many days after something that was seen.
public struct WorkRule: Sendable, Equatable {
    public enum Priority: String, Sendable, CaseIterable { case high, normal }

    public struct Anchor: Sendable, Equatable {
        public var event: EventSign
        /// After it, both included.
        public var days: ClosedRange<Int>
    }

    public var id: String
    public var stage: String
    /// Holds until the anchor was seen.
    public var windows: Crop.Windows
    public var anchor: Anchor?
    public var priority: Priority
    public var text: RuleText
}

/// What to say when a plot differs from its past and its neighbours.
public struct SymptomRule: Sendable, Equatable {
    public enum Sign: String, Sendable, CaseIterable {
        case frostScorch, yellowing, wilting, defoliation, greenness, weeds
    }

    public var id: String
    public var sign: Sign
    /// When the rule is meant; `nil` = always. Of two rules for one sign the first that is meant counts.
    public var windows: Crop.Windows?
    public var text: RuleText
}

/// What to say when something happened that a picture shows.
public struct EventRule: Sendable, Equatable {
    public var id: String
    public var sign: EventSign
    /// When it is expected; pruning, frost and rain have windows of their own, the others follow the stages.
    public var windows: Crop.Windows?
    public var text: RuleText
}

public enum EventSign: String, Sendable, CaseIterable {
    case bloomStart, bloomPeak, colouringStart, harvested, pruning
    /// From the weather file.
    case frostNight, heavyRain
}

/// The words of a rule and where they come from.
public struct RuleText: Sendable, Equatable {
    public var title: Bilingual
    public var action: Bilingual
    /// Title and action in one short message, for each language in which they don't fit one.
    public var message: [Language: String]?
    public var source: String
    public var reliability: Crop.Reliability
    /// Whether a local expert has confirmed it.
    public var isConfirmed: Bool
}
