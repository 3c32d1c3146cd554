import Foundation
import Village

/// Something built or being built that was seen again and again in one place, before anybody asks whether it may be.
public struct ConstructionFinding: Sendable, Equatable {
    /// A plot and how much of the region lies on it.
    public struct Part: Sendable, Equatable {
        public var plot: String
        /// Of the region, 0…1.
        public var share: Double

        public init(plot: String, share: Double) {
            self.plot = plot
            self.share = share
        }
    }

    /// Stable: the same thing in the same place keeps it.
    public var id: String
    public var camera: String
    public var parts: [Part]
    /// In pixels of the reference picture.
    public var outline: Outline
    public var box: [Int]
    public var stage: Flag.Stage
    public var stages: [Flag.StageSeen]
    public var firstSeen: Date
    public var lastSeen: Date
    public var confirmedAt: Date
    public var areaInPixels: Int
    public var areaInSquareMetres: Double?
    public var confidence: Double
    public var evidence: Flag.Evidence
    /// Plots onto which it goes on without a break, each with a flag of its own for its part.
    public var touching: [String] = []
    /// Shares of the colours that things are told apart by, in a fixed order; empty where they are not known.
    public var colours: [Double] = []
    /// It left again so soon that nothing was built: a lorry, a tent, a heap.
    public var isPassing = false

    public init(
        id: String, camera: String, parts: [Part], outline: Outline, box: [Int], stage: Flag.Stage,
        stages: [Flag.StageSeen], firstSeen: Date,
        lastSeen: Date, confirmedAt: Date, areaInPixels: Int, areaInSquareMetres: Double?, confidence: Double,
        evidence: Flag.Evidence
    ) {
        self.id = id
        self.camera = camera
        self.parts = parts
        self.outline = outline
        self.box = box
        self.stage = stage
        self.stages = stages
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
        self.confirmedAt = confirmedAt
        self.areaInPixels = areaInPixels
        self.areaInSquareMetres = areaInSquareMetres
        self.confidence = confidence
        self.evidence = evidence
    }
}
