import Foundation
import Village

/// One camera over the period of a report.
public struct CameraSummary: Sendable {
    public var camera: Camera
    /// Captures in the period by quality; `ok` included.
    public var captures: [Quality: Int]
    public var first: Date?
    public var last: Date?
    /// Days of the period with at least one usable capture.
    public var usableDays: Int
    /// Pixels of the reference picture that outlines are drawn in.
    public var frameWidth: Int
    public var frameHeight: Int
    /// The reference picture, perhaps scaled down.
    public var reference: Picture?
    /// The clean composite: no people, no vehicles.
    public var composite: Picture?
    public var notes: [Note]

    public init(
        camera: Camera, captures: [Quality: Int], first: Date?, last: Date?, usableDays: Int, frameWidth: Int,
        frameHeight: Int,
        reference: Picture?, composite: Picture? = nil, notes: [Note] = []
    ) {
        self.camera = camera
        self.captures = captures
        self.first = first
        self.last = last
        self.usableDays = usableDays
        self.frameWidth = frameWidth
        self.frameHeight = frameHeight
        self.reference = reference
        self.composite = composite
        self.notes = notes
    }

    public var total: Int { captures.values.reduce(0, +) }
    public var usable: Int { captures[.ok] ?? 0 }
    public var needsAttention: Bool { notes.contains { $0.isProblem } }

    /// What a person should know about the camera.
    public struct Note: Sendable, Equatable {
        public enum Kind: String, Sendable, Codable, CaseIterable {
            case moved, silent, clock, dirty, frozen, dark, other
        }
        public var kind: Kind
        public var text: Bilingual
        public var since: Date?
        /// `false` for a note that asks for nothing, such as a nudge that was followed.
        public var isProblem: Bool

        public init(kind: Kind, text: Bilingual, since: Date? = nil, isProblem: Bool = true) {
            self.kind = kind
            self.text = text
            self.since = since
            self.isProblem = isProblem
        }
    }
}
