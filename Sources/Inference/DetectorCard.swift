/// What must be known of a detector's model to use it: the user's own words about a file.
public struct DetectorCard: Sendable, Equatable {
    /// How the model writes its boxes.
    public enum Layout: String, Sendable, CaseIterable {
        /// 1 × (4 + classes) × n: middle x, middle y, width, height, then a score for each class (YOLO 8, 9, 11).
        case yolov8
        /// 1 × n × (5 + classes): the same with a score that there is anything before those of the classes (YOLO 5, 7).
        case yolov5
        /// 1 × n × 6: left, top, right, bottom, score, class; overlaps are gone already (YOLO 10).
        case boxes
    }

    /// The model's file.
    public var path: String
    /// Lower-case hex; the file must have it.
    public var sha256: String
    /// Pixels of the input.
    public var width: Int
    public var height: Int
    public var layout: Layout
    /// In the model's order.
    public var classes: [String]
    /// Those which count.
    public var counted: Set<String>
    /// From which an object counts, 0…1.
    public var confidence: Double
    /// Objects of at least the upper bound make the least count, those of at least the lower one the most.
    public var range: ClosedRange<Double>
    /// Two boxes whose intersection over union is greater are one object, 0…1.
    public var overlap: Double

    public init(
        path: String, sha256: String, width: Int, height: Int, layout: Layout, classes: [String], counted: Set<String>,
        confidence: Double, range: ClosedRange<Double>, overlap: Double
    ) {
        self.path = path
        self.sha256 = sha256
        self.width = width
        self.height = height
        self.layout = layout
        self.classes = classes
        self.counted = counted
        self.confidence = confidence
        self.range = range
        self.overlap = overlap
    }
}
