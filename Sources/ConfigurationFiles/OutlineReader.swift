import Village

/// Reads outlines, as `[x,y, x,y, …]` or `[[x,y], [x,y], …]`.
enum OutlineReader {
    /// Pixels; four times the longest side a JPEG can have.
    static let farthest = 262_140.0

    static func outline(_ node: Node) -> Outline? {
        guard let items = node.list() else { return nil }
        let isPaired = items.first?.isList ?? false
        let points: Outline
        if isPaired {
            let pairs = items.map { point($0) }
            guard !pairs.contains(where: { $0 == nil }) else { return nil }
            points = pairs.compactMap { $0 }
        } else {
            guard let numbers = node.numbers(in: -farthest...farthest) else { return nil }
            guard numbers.count.isMultiple(of: 2) else {
                node.fail(
                    .init(
                        zh: "\(node.name.zh) 有 \(numbers.count) 个数，是单数",
                        en: "\(node.name.en) has \(numbers.count) numbers, an odd count"),
                    remedy: .init(zh: "每个角都要写 x 和 y 两个数", en: "write x and y for each corner"))
                return nil
            }
            points = stride(from: 0, to: numbers.count, by: 2).map { SIMD2(numbers[$0], numbers[$0 + 1]) }
        }
        guard points.count >= 3 else {
            node.fail(
                .init(zh: "\(node.name.zh) 只有 \(points.count) 个角", en: "\(node.name.en) has \(points.count) corners"),
                remedy: .init(
                    zh: "至少要 3 个角：[x1,y1, x2,y2, x3,y3]", en: "write at least 3: [x1,y1, x2,y2, x3,y3]"))
            return nil
        }
        guard area(of: points) > 0 else {
            node.fail(
                .init(
                    zh: "\(node.name.zh) 的角都在一条线上，围不出面积",
                    en: "\(node.name.en) encloses nothing: its corners lie on one line"),
                remedy: .init(zh: "请把地块围一圈", en: "draw it around the place"))
            return nil
        }
        return points
    }

    /// A list of outlines; one outline alone is accepted too.
    static func outlines(_ node: Node) -> [Outline] {
        guard let items = node.list() else { return [] }
        if let first = items.first, !first.isList || isPair(first) { return outline(node).map { [$0] } ?? [] }
        return items.compactMap { outline($0) }
    }

    static func point(_ node: Node) -> SIMD2<Double>? {
        guard let numbers = node.numbers(in: -farthest...farthest) else { return nil }
        guard numbers.count == 2 else {
            node.fail(
                .init(zh: "\(node.name.zh) 有 \(numbers.count) 个数", en: "\(node.name.en) has \(numbers.count) numbers"),
                remedy: .init(zh: "一个点请写成 [x,y]", en: "write a point as [x,y]"))
            return nil
        }
        return SIMD2(numbers[0], numbers[1])
    }

    /// `[x,y]`, as against an outline of its own.
    private static func isPair(_ node: Node) -> Bool {
        guard case .list(let items) = node.content else { return false }
        return items.count == 2 && !items.contains { $0.isList }
    }

    /// Twice the area that a flat outline may have by rounding, in square pixels, is far below this.
    private static let flat = 1e-6

    /// The enclosed area, in square pixels; 0 where all corners lie on one line. Outlines that cross themselves, whose
    /// signed parts may cancel, have at least the area of a triangle of theirs.
    private static func area(of points: Outline) -> Double {
        let origin = points[0]
        var largest = 0.0
        guard let far = points.max(by: { distance($0, origin) < distance($1, origin) }) else { return 0 }
        let axis = far - origin
        for point in points {
            let step = point - origin
            largest = max(largest, abs(axis.x * step.y - axis.y * step.x) / 2)
        }
        return largest > flat ? largest : 0
    }

    private static func distance(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> Double { ((a - b) * (a - b)).sum() }
}
