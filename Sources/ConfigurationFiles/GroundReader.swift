import Village

/// Reads points whose place on the ground is known: `[{pixel: [x,y], metres: [x,y]}, …]`.
enum GroundReader {
    /// A plane seen in perspective has eight unknowns, two to a point.
    static let fewest = 4

    static func points(_ node: Node) -> [GroundPoint] {
        guard let items = node.list() else { return [] }
        var points: [GroundPoint] = []
        for item in items {
            guard let map = item.mapping(keys: ["pixel", "metres"]) else { continue }
            let pixel = map.required("pixel", example: "[102,430]").flatMap { OutlineReader.point($0) }
            let metres = map.required("metres", example: "[0,0]").flatMap { plan($0) }
            if let pixel, let metres { points.append(GroundPoint(pixel: pixel, metres: metres)) }
        }
        guard points.count == items.count else { return [] }
        guard points.count >= fewest else {
            node.fail(
                .init(zh: "\(node.name.zh) 只有 \(points.count) 个点", en: "\(node.name.en) has \(points.count) points"),
                remedy: .init(
                    zh: "至少写 \(fewest) 个点，分散在地块四周", en: "give at least \(fewest), spread over the plots"))
            return []
        }
        guard isSpread(points.map(\.pixel)), isSpread(points.map(\.metres)) else {
            node.fail(
                .init(
                    zh: "\(node.name.zh)：点几乎在一条线上，换算不出平方米",
                    en: "\(node.name.en): fewer than four of the points are free of three in a line"),
                remedy: .init(
                    zh: "请像院子四角那样选点，任意三点不在一条线上",
                    en: "choose points like the corners of a yard, no three of four in one line"))
            return []
        }
        return points
    }

    private static func plan(_ node: Node) -> SIMD2<Double>? {
        // Metres; wider than any village.
        guard let numbers = node.numbers(in: -10_000_000...10_000_000) else { return nil }
        guard numbers.count == 2 else {
            node.fail(
                .init(zh: "\(node.name.zh) 有 \(numbers.count) 个数", en: "\(node.name.en) has \(numbers.count) numbers"),
                remedy: .init(zh: "请写成 [向东,向北]，单位米", en: "write it as [east,north] in metres"))
            return nil
        }
        return SIMD2(numbers[0], numbers[1])
    }

    /// Whether four of the points can be chosen so that no three of them lie on a line.
    static func isSpread(_ points: [SIMD2<Double>]) -> Bool {
        let count = min(points.count, 12)
        for a in 0..<count {
            for b in (a + 1)..<max(count, a + 1) {
                for c in (b + 1)..<max(count, b + 1) where isTriangle(points[a], points[b], points[c]) {
                    for d in (c + 1)..<max(count, c + 1)
                    where isTriangle(points[a], points[b], points[d]) && isTriangle(points[a], points[c], points[d])
                        && isTriangle(points[b], points[c], points[d])
                    {
                        return true
                    }
                }
            }
        }
        return false
    }

    /// Height of a triangle over its longest side, as a share of that side, below which its corners count as one line.
    static let flattest = 1e-3

    private static func isTriangle(_ a: SIMD2<Double>, _ b: SIMD2<Double>, _ c: SIMD2<Double>) -> Bool {
        let ab = b - a, ac = c - a, bc = c - b
        let longest = max((ab * ab).sum(), (ac * ac).sum(), (bc * bc).sum())
        return longest > 0 && abs(ab.x * ac.y - ab.y * ac.x) / longest > flattest
    }
}
