import Village

/// One class of a ``GradeTable``; what is absent is not asked for.
public struct GradeClass: Sendable, Equatable {
    public var id: String
    public var name: Bilingual
    /// Millimetres; the upper end belongs to it.
    public var diameter: ClosedRange<Double>?
    /// Least share of ripe colour.
    public var colourShare: Double?
    /// Most spots.
    public var spotCount: Int?
    /// Millimetres.
    public var spotDiameter: Double?
    /// Square millimetres of all spots.
    public var blemishTotal: Double?
    /// Square millimetres of the largest spot.
    public var blemishLargest: Double?

    public init(
        id: String, name: Bilingual, diameter: ClosedRange<Double>? = nil, colourShare: Double? = nil,
        spotCount: Int? = nil, spotDiameter: Double? = nil, blemishTotal: Double? = nil, blemishLargest: Double? = nil
    ) {
        self.id = id
        self.name = name
        self.diameter = diameter
        self.colourShare = colourShare
        self.spotCount = spotCount
        self.spotDiameter = spotDiameter
        self.blemishTotal = blemishTotal
        self.blemishLargest = blemishLargest
    }

    /// What of the class a fruit fails; empty where it belongs to it, `nil` where something it asks for was not
    /// measured.
    func failures(of fruit: FruitFigures, width: GradeTable.Width) -> [GradeTable.Ask]? {
        var failed: [GradeTable.Ask] = []
        func ask(_ what: GradeTable.Ask, _ isMet: Bool?) -> Bool {
            guard let isMet else { return false }
            if !isMet { failed.append(what) }
            return true
        }
        let across = width == .widest ? fruit.widestInMillimetres : fruit.narrowestInMillimetres
        if let diameter, !ask(.diameter, across.map(diameter.contains)) { return nil }
        if let colourShare, !ask(.colour, fruit.colourShare.map { $0 >= colourShare }) { return nil }
        if let spotCount, !ask(.spots, across.map { _ in fruit.spots.count <= spotCount }) { return nil }
        if let spotDiameter, !ask(.spots, fruit.largestSpotInMillimetres.map { $0 <= spotDiameter }) { return nil }
        if let blemishTotal, !ask(.blemish, fruit.spotAreaInSquareMillimetres.map { $0 <= blemishTotal }) { return nil }
        if let blemishLargest {
            let largest = across.map { _ in fruit.spots.compactMap(\.areaInSquareMillimetres).max() ?? 0 }
            if !ask(.blemish, largest.map { $0 <= blemishLargest }) { return nil }
        }
        return failed
    }
}
