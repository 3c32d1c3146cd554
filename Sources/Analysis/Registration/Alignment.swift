/// Where a picture lies against its reference, and how far that can be believed.
public struct Alignment: Sendable, Equatable {
    /// From the reference's points to the picture's, in pixels of the full size.
    public var transform: RigidTransform
    /// Correlation of the two pictures' edges (direction and strength) after alignment, 0…1.
    public var score: Double
    /// Share of the reference that the picture still shows, 0…1.
    public var overlap: Double
    /// Share of the picture's parts that agree with the reference, 0…1.
    public var confidence: Double
    /// How far the best shift stands out among all shifts, in standard deviations; `nil` where `score` and
    /// `confidence` settled it already.
    public var distinctness: Double?
    /// Whether both show the same place; `nil` where that cannot be told (fog, darkness, a flat picture, another
    /// size).
    public var isSamePlace: Bool?

    public init(
        transform: RigidTransform, score: Double, overlap: Double, confidence: Double, distinctness: Double? = nil,
        isSamePlace: Bool?
    ) {
        self.transform = transform
        self.score = score
        self.overlap = overlap
        self.confidence = confidence
        self.distinctness = distinctness
        self.isSamePlace = isSamePlace
    }

    static let unknown = Alignment(transform: .identity, score: 0, overlap: 0, confidence: 0, isSamePlace: nil)
}
