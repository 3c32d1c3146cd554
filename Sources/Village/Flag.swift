import Foundation

/// A claim that somebody should go and look.
public struct Flag: Sendable, Equatable, Codable {
    public enum Kind: String, Sendable, Codable, CaseIterable { case construction, livestock, activity, camera, growth }
    public enum Stage: String, Sendable, Codable, CaseIterable {
        case material, clearing, foundation, walls, roof, finished, removed, unknown

        /// How far the works have come, counted up; `nil` where the stage tells nothing of it.
        public var rank: Int? {
            [Stage.clearing, .material, .foundation, .walls, .roof, .finished].firstIndex(of: self)
        }
    }
    public enum Status: String, Sendable, Codable, CaseIterable { case unauthorized, permitted, unclear }

    /// Stable: the same thing in the same place keeps its id from run to run.
    public var id: String
    public var plot: String
    /// Other plots that the region reaches into.
    public var neighbours: [String]
    public var camera: String
    public var household: String?
    public var kind: Kind
    public var stage: Stage
    public var status: Status
    /// The permit that covers it, if one does.
    public var permit: String?
    public var firstSeen: Date
    public var lastSeen: Date
    public var confirmedAt: Date
    /// x, y, width, height in the reference picture.
    public var box: [Int]
    public var polygon: Outline
    public var areaInPixels: Int
    public var areaInSquareMetres: Double?
    public var confidence: Double
    public var evidence: Evidence
    /// What was seen, one sentence each language.
    public var explanation: Bilingual
    public var stages: [StageSeen]
    /// Why it was taken back: it left again after days, as a lorry, a tent or a heap does; `nil` = it stands.
    public var withdrawn: Bilingual?
    /// What a person last said of it; `nil` = nobody has decided. Not part of the judgement: the store adds it.
    public var decision: Decision?

    private enum CodingKeys: String, CodingKey {
        case id, plot, neighbours, camera, household, kind, stage, status, permit, firstSeen, lastSeen, confirmedAt,
            box, polygon, areaInPixels, areaInSquareMetres, confidence, evidence, explanation, stages, withdrawn
    }

    /// Whether it still asks somebody to go and look.
    public var isOpen: Bool { stage != .removed && status != .permitted && !isRejected }
    /// Whether lists leave it out unless they are asked for everything.
    public var isSetAside: Bool { isRejected || (withdrawn != nil && decision == nil) }
    public var isRejected: Bool { decision?.verdict.kind == .reject }

    /// The flag with the decision that stands on it; a permit that a person has found makes it permitted.
    public func decided(_ decision: Decision?) -> Flag {
        var flag = self
        flag.decision = decision
        if case .permitted(let number) = decision?.verdict {
            flag.status = .permitted
            flag.permit = number
        }
        return flag
    }

    /// Whether somebody has to go and look: what no permit covers, and warnings, while they stand.
    public var callsForAction: Bool {
        isOpen && (status == .unauthorized || (kind != .construction && status == .unclear))
    }

    public struct StageSeen: Sendable, Equatable, Codable {
        public var stage: Stage
        public var at: Date
        public init(stage: Stage, at: Date) {
            self.stage = stage
            self.at = at
        }
    }

    /// The pictures behind a flag: captures by archive path; `mask` by path relative to the site's folder.
    public struct Evidence: Sendable, Equatable, Codable {
        public var before: String?
        public var after: String?
        public var mask: String?
        public init(before: String?, after: String?, mask: String?) {
            self.before = before
            self.after = after
            self.mask = mask
        }
    }

    public init(
        id: String, plot: String, neighbours: [String], camera: String, household: String?, kind: Kind, stage: Stage,
        status: Status,
        permit: String?, firstSeen: Date, lastSeen: Date, confirmedAt: Date, box: [Int], polygon: Outline,
        areaInPixels: Int,
        areaInSquareMetres: Double?, confidence: Double, evidence: Evidence, explanation: Bilingual, stages: [StageSeen]
    ) {
        self.id = id
        self.plot = plot
        self.neighbours = neighbours
        self.camera = camera
        self.household = household
        self.kind = kind
        self.stage = stage
        self.status = status
        self.permit = permit
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
        self.confirmedAt = confirmedAt
        self.box = box
        self.polygon = polygon
        self.areaInPixels = areaInPixels
        self.areaInSquareMetres = areaInSquareMetres
        self.confidence = confidence
        self.evidence = evidence
        self.explanation = explanation
        self.stages = stages
    }
}
