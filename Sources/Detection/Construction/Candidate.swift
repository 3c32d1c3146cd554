import Foundation
import Pixels
import Village

/// Something new that stays: followed from look to look until it is confirmed, or gone.
public struct Candidate: Sendable, Equatable, Codable {
    public enum Status: String, Sendable, Codable {
        /// Seen, not yet long enough or not surely built.
        case open
        /// Long enough, and built: a flag.
        case confirmed
        /// It was confirmed and is no longer there.
        case removed
        /// Another candidate has grown over it.
        case merged
    }

    /// Whether it is still followed.
    public var stands: Bool { status == .open || status == .confirmed }

    /// Counts up within a camera.
    public let number: Int
    public var status: Status = .open
    public var firstSeen: Date
    public var lastSeen: Date
    public var confirmedAt: Date?
    public var removedAt: Date?
    /// Looks that showed it.
    public var looks: Int
    /// Looks since it was last seen.
    public var missed = 0
    /// Where it is, working frame.
    public var region: RunLengthMask
    /// What of the region stands there, once works have walls (see ``BuiltOutline``); `nil` = the whole region.
    var builtOutline: RunLengthMask?
    public var judgement: RegionJudgement
    /// Looks in a row that judged it built.
    public var builtInARow: Int
    /// ``RegionJudgement/structureScore`` smoothed over the looks: a worker before the wall for a look unbuilds nothing.
    public var built: Double?
    /// The first of the latest looks in a row each of which alone makes it built; `nil` = the latest does not.
    var builtSince: Date?
    /// The most looks in a row that judged it bare ground, and those of late; `nil` = none.
    var clearedLooks: Int?
    var clearedInARow: Int?
    /// What it was last as bare ground, before something else came of it; `nil` = it never lay bare for looks.
    var ground: Groundwork?
    /// What it was when it first passed for a neighbour's heap, and when it last did; `nil` = it never did.
    var heap: Heap?
    /// How far the works have come, once it is confirmed.
    var progress: WorksProgress?
    /// What the region model makes of it, smoothed over the looks like ``built``; `nil` without a model.
    public var likely: RegionLikelihood?
    /// The latest look after which the region model was sure that nobody built it; `nil` = it never was.
    var mistakenAt: Date?
    /// How likely a flag of it is right, 0…1; `nil` in stores of 0.1.0.
    var rightness: Double?
    /// Looks in a row in which its outline stayed: what drifts by is elsewhere each time.
    public var sameShapeInARow: Int
    /// Share of the latest looks that agree with their median inside it, 0…1.
    public var steadiness: Double
    public var stages: [Flag.StageSeen]
    /// Plots by the share of the region in them, largest first.
    public var plots: [PlotShare]
    /// Other plots onto which it goes on without a break; `nil` = none.
    public var touches: [String]?
    /// Captures: the last without it, the latest with it.
    public var before: String?
    public var after: String
    /// The capture that was current at the last event, whose picture is kept.
    public var evidence: String?

    struct Heap: Sendable, Equatable, Codable {
        var region: RunLengthMask
        var at: Date
    }

    public struct PlotShare: Sendable, Equatable, Codable {
        public var plot: String
        public var share: Double
    }

    /// Whether it was confirmed and yet gone again within so many days: nothing that was built.
    public func isPassing(days: Double) -> Bool {
        status == .removed && lastSeen.timeIntervalSince(firstSeen) < days * 86_400
    }

    /// What an inspector is shown and measures.
    public var outline: RunLengthMask { builtOutline ?? region }

    /// The share of flags like this one that are right, 0…1, as far as rendered scenes tell.
    public var confidence: Double { rightness ?? strength }

    /// 0…1: how built it looks, how often it was seen, how steady it is.
    var strength: Double {
        0.55 * (built ?? judgement.structureScore) + 0.30 * min(Double(looks) / 8, 1) + 0.15
            * min(max(steadiness, 0), 1)
    }
}

/// What changed about a candidate with one look.
public enum ConstructionEvent: Sendable, Equatable {
    case confirmed(Candidate)
    /// The stage went on, or the region grew by half.
    case progressed(Candidate)
    case removed(Candidate)
    /// It left before it was confirmed: a lorry, a tent, a drying mat.
    case withdrawn(Candidate)
}
