import Advising
import Storage
import Village

extension Judging {
    /// Advice from the sorting tables.
    func fruit() throws -> [Advice] {
        let plots = site.plots.filter { $0.kind == .fruit }
        let judge = SortingJudge(site: site, rules: models.sorting)
        return try plots.flatMap { plot in
            let lots = try FruitLot.stored(of: plot, in: store, clock: clock).map {
                SortingJudge.Lot(day: $0.day, at: $0.at, capture: $0.trays.last?.capture ?? "", fruit: $0.fruit)
            }
            return judge.cards(of: plot, lots: lots, table: try models.gradeTable(of: plot))
        }
    }
}
