/// What is wrong in a file of weights, and what would be right.
public struct PlantModelFault: Error, Sendable, Equatable {
    /// From 1.
    public var line: Int
    public var message: String
    public var remedy: String
}
