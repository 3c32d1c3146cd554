import Village

/// The plots of one camera, their values laid on the days on which the camera measured anything.
struct CameraGrid {
    let camera: String
    /// Ascending.
    let days: [Day]
    let plots: [Member]

    struct Member {
        let plot: Plot
        let crop: Crop?
        let region: String
        /// By quantity, one for each day; not a number where there is none.
        let values: [Quantity: [Double]]
        let captures: [String?]

        func value(_ quantity: Quantity, _ row: Int) -> Double? {
            guard let value = values[quantity]?[row], value.isFinite else { return nil }
            return value
        }

        func isMeasured(at row: Int) -> Bool { values.values.contains { $0[row].isFinite } }
    }

    /// - Parameter until: later days are not looked at.
    init(camera: String, series: [PlotSeries], library: CropLibrary, location: Location?, until: Day) {
        self.camera = camera
        let series = series.sorted { $0.plot.id < $1.plot.id }
        let kept = series.map { one in one.days.filter { $0.day <= until && one.plot.valid.contains($0.day) } }
        let days = Set(kept.joined().map(\.day)).sorted()
        let rows = Dictionary(uniqueKeysWithValues: days.enumerated().map { ($1, $0) })
        plots = zip(series, kept).map { one, entries in
            var values: [Quantity: [Double]] = [:]
            var captures = [String?](repeating: nil, count: days.count)
            for entry in entries {
                guard let row = rows[entry.day] else { continue }
                for (quantity, value) in entry.values {
                    values[quantity, default: [Double](repeating: .nan, count: days.count)][row] = value
                }
                captures[row] = entry.capture
            }
            let crop = one.plot.crop.flatMap { library.crop(named: $0) }
            return Member(plot: one.plot, crop: crop, region: one.region ?? crop?.region(for: location) ?? "", values: values, captures: captures)
        }
        self.days = days
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

    /// The last row before `row` at which the quantity was measured.
    func previous(_ quantity: Quantity, of member: Int, before row: Int) -> Int? {
        guard let values = plots[member].values[quantity] else { return nil }
        return stride(from: row - 1, through: 0, by: -1).first { values[$0].isFinite }
    }
}
