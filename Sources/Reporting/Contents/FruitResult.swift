import Village

/// The graded fruits of some pictures.
public struct FruitResult: Sendable {
    /// One class of the table, best first.
    public struct Grade: Sendable, Equatable {
        public var id: String
        public var name: Bilingual

        public init(id: String, name: Bilingual) {
            self.id = id
            self.name = name
        }
    }

    public struct Fruit: Sendable {
        public var figures: FruitFigures
        /// The width that the table takes for the diameter.
        public var diameterInMillimetres: Double?
        /// `nil` where it meets no class, and where it could not be judged: then `reason` tells.
        public var grade: Grade?
        public var reason: Bilingual?

        /// - Parameter grades: of the table that graded it.
        public init(_ fruit: GradedFruit, grades: [Grade]) {
            figures = fruit.figures
            diameterInMillimetres = fruit.diameter
            grade = fruit.grade.map { id in
                // A class that the table has lost since is told by its id.
                grades.first { $0.id == id } ?? Grade(id: id, name: Bilingual(zh: id, en: id))
            }
            guard grade == nil else { return }
            if !fruit.failed.isEmpty {
                let named = fruit.failed.map { Fruit.asks[$0] ?? Bilingual(zh: $0, en: $0) }
                reason = Bilingual(
                    zh: "不入等：" + named.map(\.zh).joined(separator: "、"),
                    en: "meets no class: " + named.map(\.en).joined(separator: ", "))
            } else {
                reason =
                    fruit.diameter == nil
                    ? Bilingual(zh: "没有比例，量不出毫米", en: "no scale, so no millimetres")
                    : Bilingual(zh: "反光盖住了果面，看不出颜色", en: "the skin shines all over: its colour cannot be seen")
            }
        }

        private static let asks = [
            "diameter": Bilingual(zh: "直径", en: "diameter"), "colour": Bilingual(zh: "着色", en: "colour"),
            "spots": Bilingual(zh: "斑点", en: "spots"), "blemish": Bilingual(zh: "斑面积", en: "blemish area"),
        ]
    }

    public struct Picture: Sendable {
        public var path: String
        public var fruit: [Fruit]
        public var pixelsPerMillimetre: Double?
        public var cameraHeight: Double?
        public var cutOff: Int
        public var unclear: Int
        public var warnings: [Bilingual]
        /// Where the overlay was written.
        public var overlay: String?

        public init(
            path: String, fruit: [Fruit], pixelsPerMillimetre: Double?, cameraHeight: Double?, cutOff: Int,
            unclear: Int,
            warnings: [Bilingual], overlay: String?
        ) {
            self.path = path
            self.fruit = fruit
            self.pixelsPerMillimetre = pixelsPerMillimetre
            self.cameraHeight = cameraHeight
            self.cutOff = cutOff
            self.unclear = unclear
            self.warnings = warnings
            self.overlay = overlay
        }
    }

    public var table: String
    public var name: Bilingual
    public var source: Bilingual
    public var notSeen: Bilingual
    public var grades: [Grade]
    public var pictures: [Picture]

    public init(
        table: String, name: Bilingual, source: Bilingual, notSeen: Bilingual, grades: [Grade], pictures: [Picture]
    ) {
        self.table = table
        self.name = name
        self.source = source
        self.notSeen = notSeen
        self.grades = grades
        self.pictures = pictures
    }

    /// Stands on every result.
    public static let note = Bilingual(
        zh: "只看得见朝上的一面，这是按外观的初分，不能代替定等。",
        en: "The visible side only: a first grading by appearance, not a verdict by the standard.")

    var fruit: [Fruit] { pictures.flatMap(\.fruit) }

    /// How many of the lot are of each class, best first; then those of none, then those not judged.
    public var counts: [(name: Bilingual, id: String, count: Int)] {
        let all = fruit
        var rows = grades.map { grade in
            (name: grade.name, id: grade.id, count: all.filter { $0.grade == grade }.count)
        }
        let isJudged: (Fruit) -> Bool = { $0.diameterInMillimetres != nil && $0.figures.colourShare != nil }
        let none = all.filter { $0.grade == nil && isJudged($0) }.count
        let rest = all.filter { $0.grade == nil && !isJudged($0) }.count
        if none > 0 { rows.append((Bilingual(zh: "不入等", en: "none of them"), "none", none)) }
        if rest > 0 { rows.append((Bilingual(zh: "没有判定", en: "not judged"), "unknown", rest)) }
        return rows
    }

    /// The middle diameter of the lot, millimetres.
    public var medianDiameter: Double? {
        let all = fruit.compactMap(\.diameterInMillimetres).sorted()
        return all.isEmpty ? nil : (all[(all.count - 1) / 2] + all[all.count / 2]) / 2
    }
}
