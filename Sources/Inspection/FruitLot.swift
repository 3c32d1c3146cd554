import Foundation
import Storage
import Village

/// The fruit of a sorting table on one day.
public struct FruitLot: Sendable {
    public let day: Day
    /// Captures with at least one fruit, in order of time.
    public let trays: [FruitTray]
    /// The last of them.
    public let at: Date

    /// Each fruit once.
    public var fruit: [GradedFruit] { trays.flatMap { $0.fruit.filter(\.isNew) } }

    /// Before the captures' paths in the names of findings.
    static func prefix(of plot: String) -> String { "fruit/\(plot)/" }

    /// In order of day.
    public static func stored(
        of plot: Plot, in store: Store, clock: SiteClock, since: Date? = nil, until: Date? = nil
    ) throws -> [FruitLot] {
        let decoder = JSONDecoder()
        var lots: [FruitLot] = []
        var day: Day?, trays: [FruitTray] = [], at = Date.distantPast
        func close() { if let day, !trays.isEmpty { lots.append(FruitLot(day: day, trays: trays, at: at)) } }
        let found = try store.findings(
            camera: plot.camera, prefix: prefix(of: plot.id), since: since, until: until)
        for finding in found {
            let tray = try decoder.decode(FruitTray.self, from: finding.body)
            guard !tray.fruit.isEmpty else { continue }
            let own = clock.day(of: finding.at)
            if own != day {
                close()
                (day, trays) = (own, [])
            }
            trays.append(tray)
            at = finding.at
        }
        close()
        return lots
    }
}
