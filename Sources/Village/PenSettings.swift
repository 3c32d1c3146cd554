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

    public init(breed: String? = nil, county: String? = nil, freshFruit: Bool = false, expected: Int? = nil) {
        self.breed = breed
        self.county = county
        self.freshFruit = freshFruit
        self.expected = expected
    }
}
