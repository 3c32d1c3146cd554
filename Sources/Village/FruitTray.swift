/// The fruit that one capture shows of a tray, a table or a belt.
public struct FruitTray: Sendable, Equatable, Codable {
    public var plot: String
    /// The capture's path.
    public var capture: String
    /// The grade table's id.
    public var table: String
    public var fruit: [GradedFruit]
    /// `nil` without a scale.
    public var pixelsPerMillimetre: Double?
    /// Fruits that the border cuts, and pieces that look like no single fruit: seen, not measured.
    public var cutOff: Int
    public var unclear: Int

    public init(
        plot: String, capture: String, table: String, fruit: [GradedFruit], pixelsPerMillimetre: Double?, cutOff: Int,
        unclear: Int
    ) {
        self.plot = plot
        self.capture = capture
        self.table = table
        self.fruit = fruit
        self.pixelsPerMillimetre = pixelsPerMillimetre
        self.cutOff = cutOff
        self.unclear = unclear
    }
}

/// One fruit with the class that a table gave it.
public struct GradedFruit: Sendable, Equatable, Codable {
    public var figures: FruitFigures
    /// The width that the table takes for the diameter, millimetres; `nil` without a scale.
    public var diameter: Double?
    /// The class's id; `nil` where it meets none, and where it could not be judged.
    public var grade: String?
    /// What it fails in the last class, each once; empty where it has a class or could not be judged.
    public var failed: [String]
    /// Whether no earlier capture of the same standing tray has shown it.
    public var isNew: Bool

    public init(figures: FruitFigures, diameter: Double?, grade: String?, failed: [String], isNew: Bool = true) {
        self.figures = figures
        self.diameter = diameter
        self.grade = grade
        self.failed = failed
        self.isNew = isNew
    }

    /// Its class, `none` where it meets none, `unknown` where it could not be judged.
    public var classID: String { grade ?? (failed.isEmpty ? "unknown" : "none") }
}
