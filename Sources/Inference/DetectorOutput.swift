/// Reads what a model writes.
enum DetectorOutput {
    /// Objects of at least `least` confidence, in pixels of the input; `nil` for a shape that the layout does not have.
    ///
    /// Numbers that are none give no object.
    static func objects(
        shape: [Int], values: [Float], layout: DetectorCard.Layout, classes: Int, least: Double
    ) -> [DetectedObject]? {
        guard shape.count == 3, shape[0] == 1, values.count == shape[1] * shape[2] else { return nil }
        let columns: Int, count: Int
        switch layout {
        case .yolov8: (columns, count) = (shape[1], shape[2])
        case .yolov5, .boxes: (columns, count) = (shape[2], shape[1])
        }
        guard columns == width(of: layout, classes: classes) else { return nil }
        return (0..<count).compactMap { n in
            func value(_ column: Int) -> Double {
                Double(layout == .yolov8 ? values[column * count + n] : values[n * columns + column])
            }
            let object = layout == .boxes ? corners(value, classes) : middle(value, layout, classes)
            guard let object, object.confidence >= least, object.width > 0, object.height > 0,
                [object.x, object.y, object.width, object.height].allSatisfy(\.isFinite)
            else { return nil }
            return object
        }
    }

    /// What the shape should be, for people.
    static func shape(of layout: DetectorCard.Layout, classes: Int) -> String {
        let columns = width(of: layout, classes: classes)
        return layout == .yolov8 ? "1 × \(columns) × n" : "1 × n × \(columns)"
    }

    private static func width(of layout: DetectorCard.Layout, classes: Int) -> Int {
        switch layout {
        case .yolov8: 4 + classes
        case .yolov5: 5 + classes
        case .boxes: 6
        }
    }

    private static func corners(_ value: (Int) -> Double, _ classes: Int) -> DetectedObject? {
        guard let kind = Int(exactly: value(5).rounded()), (0..<classes).contains(kind) else { return nil }
        return DetectedObject(
            x: value(0), y: value(1), width: value(2) - value(0), height: value(3) - value(1), kind: kind,
            confidence: value(4))
    }

    private static func middle(_ value: (Int) -> Double, _ layout: DetectorCard.Layout, _ classes: Int)
        -> DetectedObject?
    {
        let first = layout == .yolov5 ? 5 : 4
        var kind = 0
        for k in 1..<max(classes, 1) where value(first + k) > value(first + kind) { kind = k }
        let confidence = value(first + kind) * (layout == .yolov5 ? value(4) : 1)
        let width = value(2), height = value(3)
        return DetectedObject(
            x: value(0) - width / 2, y: value(1) - height / 2, width: width, height: height, kind: kind,
            confidence: confidence)
    }
}
