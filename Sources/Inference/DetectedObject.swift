/// One object that a detector sees.
public struct DetectedObject: Sendable, Equatable {
    /// Left, top, width and height in pixels of the picture.
    public var x: Double
    public var y: Double
    public var width: Double
    public var height: Double
    /// Index into the card's classes.
    public var kind: Int
    /// 0…1.
    public var confidence: Double

    public init(x: Double, y: Double, width: Double, height: Double, kind: Int, confidence: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
        self.kind = kind
        self.confidence = confidence
    }

    /// Intersection over union of the boxes.
    func overlap(with other: DetectedObject) -> Double {
        let wide = min(x + width, other.x + other.width) - max(x, other.x)
        let high = min(y + height, other.y + other.height) - max(y, other.y)
        guard wide > 0, high > 0 else { return 0 }
        let both = wide * high
        return both / (width * height + other.width * other.height - both)
    }
}

extension [DetectedObject] {
    /// Non-maximum suppression: of objects of one class that overlap by more than `limit` the surest stays.
    ///
    /// - Returns: the surest first; among equals in the order given.
    /// - Complexity: O(n²).
    func suppressed(overlap limit: Double) -> [DetectedObject] {
        let order = indices.sorted {
            self[$0].confidence != self[$1].confidence ? self[$0].confidence > self[$1].confidence : $0 < $1
        }
        var kept: [DetectedObject] = []
        for k in order where !kept.contains(where: { $0.kind == self[k].kind && $0.overlap(with: self[k]) > limit }) {
            kept.append(self[k])
        }
        return kept
    }
}
