import Village

/// A flag with the pictures that show it.
public struct FlagPictures: Sendable, Equatable {
    public var flag: Flag
    /// The same rectangle of the same place, before and after.
    public var before: Picture?
    public var after: Picture?
    /// The after picture with the changed area drawn into it.
    public var mask: Picture?
    /// The same rectangle in some of the captures between before and after, in order of time.
    public var between: [Moment] = []
    /// The captures that the crops are cut from: their times, where these come from, and the originals' hashes.
    public var beforeCapture: Capture?
    public var afterCapture: Capture?
    /// The case that was opened for it.
    public var caseNumber: String?
    /// Whether a person has closed it.
    public var isClosed: Bool

    /// One look at the place.
    public struct Moment: Sendable, Equatable {
        public var capture: Capture
        public var picture: Picture

        public init(capture: Capture, picture: Picture) {
            self.capture = capture
            self.picture = picture
        }
    }

    public init(
        flag: Flag, before: Picture?, after: Picture?, mask: Picture?, beforeCapture: Capture? = nil,
        afterCapture: Capture? = nil,
        caseNumber: String? = nil, isClosed: Bool = false
    ) {
        self.flag = flag
        self.before = before
        self.after = after
        self.mask = mask
        self.beforeCapture = beforeCapture
        self.afterCapture = afterCapture
        self.caseNumber = caseNumber
        self.isClosed = isClosed
    }

    /// Whether somebody has to go and look.
    public var isOpen: Bool { !isClosed && flag.isOpen }
}
