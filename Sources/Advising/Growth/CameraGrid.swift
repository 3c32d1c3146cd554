import Series
import Village

/// The plots of one camera, their values laid on the days on which the camera measured anything.
struct CameraGrid {
    let camera: String
    /// Ascending.
    let days: [Day]
    let plots: [Member]
    /// Empty where none is known.
    let weather: Weather

    struct Member {
        let plot: Plot
        let crop: Crop?
        let region: String
        let captures: [String?]
        let isMeasured: [Bool]
    }

    /// By plot, quantity and day, in this order; not a number where there is none.
    private let values: [Double]

    private static let slots = Dictionary(uniqueKeysWithValues: Quantity.allCases.enumerated().map { ($1, $0) })

    private func start(_ quantity: Quantity, _ member: Int) -> Int {
        (member * Self.slots.count + (Self.slots[quantity] ?? 0)) * days.count
    }

    /// - Parameter until: later days are not looked at.
    init(
        camera: String, series: [PlotSeries], library: CropLibrary, location: Location?, until: Day,
        weather: Weather = Weather([])
    ) {
        self.camera = camera
        self.weather = weather
        let series = series.sorted { $0.plot.id < $1.plot.id }
        let kept = series.map { one in one.days.filter { $0.day <= until && one.plot.valid.contains($0.day) } }
        let days = Set(kept.joined().map(\.day)).sorted()
        let rows = Dictionary(uniqueKeysWithValues: days.enumerated().map { ($1, $0) })
        var values = [Double](repeating: .nan, count: series.count * Self.slots.count * days.count)
        plots = zip(series, kept).enumerated().map { member, pair in
            let (one, entries) = pair
            var captures = [String?](repeating: nil, count: days.count)
            var isMeasured = [Bool](repeating: false, count: days.count)
            for entry in entries {
                guard let row = rows[entry.day] else { continue }
                for (quantity, value) in entry.values where value.isFinite {
                    values[(member * Self.slots.count + (Self.slots[quantity] ?? 0)) * days.count + row] = value
                    isMeasured[row] = true
                }
                captures[row] = entry.capture
            }
            let crop = one.plot.crop.flatMap { library.crop(named: $0) }
            let region = one.region ?? crop?.region(for: location) ?? ""
            return Member(plot: one.plot, crop: crop, region: region, captures: captures, isMeasured: isMeasured)
        }
        self.days = days
        self.values = values
    }

    func value(_ quantity: Quantity, of member: Int, at row: Int) -> Double? {
        let value = values[start(quantity, member) + row]
        return value.isFinite ? value : nil
    }

    /// What was measured in the rows, gaps left out.
    func values(_ quantity: Quantity, of member: Int, in rows: Range<Int>) -> [Double] {
        let start = start(quantity, member)
        var found: [Double] = []
        for row in rows where values[start + row].isFinite { found.append(values[start + row]) }
        return found
    }

    /// The rows of the days from `from` to `until`, both included.
    func rows(from: Day, until: Day) -> Range<Int> {
        let first = lowerBound(from), last = lowerBound(until + 1)
        return first..<max(first, last)
    }

    private func lowerBound(_ day: Day) -> Int {
        var low = 0, high = days.count
        while low < high {
            let middle = (low + high) / 2
            if days[middle] < day { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The picture of a day, or the next one that the plot has by `row`, or that of `row`.
    func capture(of member: Int, on day: Day, until row: Int) -> String? {
        let rows = rows(from: day, until: days[row])
        return plots[member].captures[rows.first { plots[member].captures[$0] != nil } ?? row]
    }

    /// The last row before `row` at which the quantity was measured.
    func previous(_ quantity: Quantity, of member: Int, before row: Int) -> Int? {
        let start = start(quantity, member)
        var row = row - 1
        while row >= 0 {
            if values[start + row].isFinite { return row }
            row -= 1
        }
        return nil
    }
}
