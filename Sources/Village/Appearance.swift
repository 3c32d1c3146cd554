import Foundation

/// When what is seen in an outline first appeared, as the archive's pictures tell.
public struct Appearance: Sendable, Equatable {
    public struct Sighting: Sendable, Equatable {
        public var at: Date
        /// Archive path of the capture.
        public var capture: String

        public init(at: Date, capture: String) {
            self.at = at
            self.capture = capture
        }
    }

    public var plot: String
    public var camera: String
    /// In pixels of the reference picture.
    public var outline: Outline
    /// `nil` with a reason where it cannot be told.
    public var firstSeen: Sighting?
    /// The last capture before that.
    public var lastWithout: Sighting?
    /// Share of the outline that differs from before since then, 0…1.
    public var changedShare: Double?
    /// How many captures were looked at.
    public var captures: Int
    public var reason: Bilingual?

    public init(
        plot: String, camera: String, outline: Outline, firstSeen: Sighting? = nil, lastWithout: Sighting? = nil,
        changedShare: Double? = nil, captures: Int, reason: Bilingual? = nil
    ) {
        self.plot = plot
        self.camera = camera
        self.outline = outline
        self.firstSeen = firstSeen
        self.lastWithout = lastWithout
        self.changedShare = changedShare
        self.captures = captures
        self.reason = reason
    }
}
