/// What a pen's row says of its animals.
public struct PenSettings: Sendable, Equatable {
    /// Names a row of `models/stocking.yaml`.
    public var breed: String?
    /// Names a county there.
    public var county: String?
    /// Whether fruit that is eaten fresh grows in the pen.
    public var freshFruit: Bool
    /// Animals that should be there.
    public var expected: Int?
    /// Names a card in `models/detectors/`: the user's own detector counts instead of the built-in method.
    public var detector: String?

    public init(
        breed: String? = nil, county: String? = nil, freshFruit: Bool = false, expected: Int? = nil,
        detector: String? = nil
    ) {
        self.breed = breed
        self.county = county
        self.freshFruit = freshFruit
        self.expected = expected
        self.detector = detector
    }
}
