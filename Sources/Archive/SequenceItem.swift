import Foundation

/// What is known of one picture when its place in the camera's sequence is judged.
public struct SequenceItem: Sendable, Equatable {
    public var path: String
    /// Of the file's bytes.
    public var sha256: String?
    /// Of the decoded picture without its clock overlay, where the caller has one; any text that is the same for the
    /// same picture.
    public var pixelHash: String?
    public var at: Date?
    /// The camera's own running number, where the name holds one.
    public var sequenceNumber: Int?

    public init(
        path: String, sha256: String? = nil, pixelHash: String? = nil, at: Date? = nil, sequenceNumber: Int? = nil
    ) {
        self.path = path
        self.sha256 = sha256
        self.pixelHash = pixelHash
        self.at = at
        self.sequenceNumber = sequenceNumber
    }
}

/// What is odd about a picture's place in the sequence.
public enum SequenceFinding: Sendable, Equatable {
    /// The same bytes as an earlier file, under the same or nearly the same time, or copied from longer ago.
    case duplicate(of: String)
    /// The same picture as the one before under a new time: the camera repeats itself since `first`, `repeats` times
    /// now.
    case frozen(first: String, repeats: Int)
    /// The clock shows less than for the picture before.
    case clockWentBack(seconds: Double, after: String)
    /// The running number goes on, but the clock leapt.
    case clockLeapt(seconds: Double, after: String)
    /// No picture for much longer than usual before this one.
    case silence(seconds: Double, after: String)
}
