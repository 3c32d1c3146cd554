import Foundation

/// One verdict as it is kept: who, when, on which flag. Never changed and never deleted; a later one stands in its place.
public struct Decision: Sendable, Equatable {
    /// Its number in the journal, counting up over the whole store.
    public var id: Int64
    public var flag: String
    public var camera: String
    public var verdict: Verdict
    /// A short label of the person's or the post's own choosing.
    public var by: String
    public var at: Date
    public var note: String?

    public init(id: Int64, flag: String, camera: String, verdict: Verdict, by: String, at: Date, note: String?) {
        self.id = id
        self.flag = flag
        self.camera = camera
        self.verdict = verdict
        self.by = by
        self.at = at
        self.note = note
    }
}

/// Where a rejected flag lay and since when it was seen: what a detector must not raise again.
public struct RejectedOutline: Sendable, Equatable {
    public var flag: String
    public var plot: String
    public var camera: String
    /// In pixels of the reference picture, as it was when it was rejected.
    public var outline: Outline
    public var box: [Int]
    public var areaInPixels: Int
    public var stage: Flag.Stage
    public var firstSeen: Date
    public var lastSeen: Date
    public var rejectedAt: Date
    public var reason: Rejection

    public init(flag: Flag, rejectedAt: Date, reason: Rejection) {
        self.flag = flag.id
        plot = flag.plot
        camera = flag.camera
        outline = flag.polygon
        box = flag.box
        areaInPixels = flag.areaInPixels
        stage = flag.stage
        firstSeen = flag.firstSeen
        lastSeen = flag.lastSeen
        self.rejectedAt = rejectedAt
        self.reason = reason
    }
}
