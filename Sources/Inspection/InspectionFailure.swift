import Village

/// Why an image was skipped, or the whole run stopped.
public struct InspectionFailure: Error, Sendable, Equatable {
    public enum Stage: String, Sendable { case configuring, scanning, reading, decoding, detecting, storing }

    public enum Disposition: Sendable {
        /// A row with a reason; the run goes on.
        case skipImage
        /// Nothing more can be done.
        case stopRun
    }

    /// Which camera, image or file.
    public var subject: String
    public var stage: Stage
    /// What happened and what can be done.
    public var message: String
    /// The same in Chinese; `nil` where only English says it.
    public var chinese: String?
    public var disposition: Disposition

    public init(
        subject: String, stage: Stage, message: String, chinese: String? = nil, disposition: Disposition
    ) {
        self.subject = subject
        self.stage = stage
        self.message = message
        self.chinese = chinese
        self.disposition = disposition
    }
}
