import Village

/// Tells which fruit of a tray that stands under its camera was there before.
///
/// A tray stands where most of its fruit lie where others of the same size lay. Then each of those is one and the same,
/// what was added is new, and what a hand or a shadow hid for a while is remembered. Else all are new.
///
/// - Note: fruit on a belt moves on between captures, and a tray that was pushed is another: each is counted again.
public struct StandingTray: Sendable, Equatable, Codable {
    /// Middle and mean radius of an outline, pixels.
    struct Place: Sendable, Equatable, Codable {
        var x: Double
        var y: Double
        var radius: Double
    }

    private(set) var places: [Place] = []

    public init() {}

    /// For each fruit of the next capture, whether it is new.
    ///
    /// - Complexity: fruits of the one times those of the other.
    public mutating func look(_ fruit: [FruitFigures], parameters: FruitParameters) -> [Bool] {
        guard !fruit.isEmpty else { return [] }
        let seen = fruit.map { figures in
            Place(x: figures.x, y: figures.y, radius: figures.radii.reduce(0, +) / Double(max(1, figures.radii.count)))
        }
        func distance(_ a: Place, _ b: Place) -> Double {
            ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).squareRoot()
        }
        let known = seen.map { place in
            places.contains { old in
                distance(place, old) <= parameters.trayPosition * old.radius
                    && abs(place.radius - old.radius) <= parameters.traySize * old.radius
            }
        }
        guard Double(known.count { $0 }) >= parameters.trayShare * Double(seen.count) else {
            places = seen
            return seen.map { _ in true }
        }
        // What something else lies on now has gone; what nothing is seen of may only be hidden.
        places = seen + places.filter { old in seen.allSatisfy { distance($0, old) > ($0.radius + old.radius) / 2 } }
        return known.map { !$0 }
    }
}
