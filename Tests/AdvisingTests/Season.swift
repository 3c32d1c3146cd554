import Village

@testable import Advising

/// A simulated year of one orchard camera: every quantity a curve over the year, noise, light that all plots share.
struct Season {
    struct Simulated {
        var id: String
        var crop: String
        /// The first day of a decline, if the plot falls sick.
        var sickFrom: Day?
        /// What of the canopy is struck in the end, and how much of that turns each day.
        var sickShare = 1.0 / 3
        var sickPerDay = 0.10
        /// The day on which it is pruned hard.
        var prunedOn: Day?
        /// Share of the plot that the cut takes.
        var cutShare = 0.25
        var household: String?
        /// From this day on grass grows up between the rows, one point a day up to 30.
        var weedsFrom: Day?
        /// From this day on leaves drop, 2 % of the canopy a day up to 40 %.
        var leavesDropFrom: Day?
        /// The night after which a third of the leaves is scorched.
        var frostOn: Day?
        /// The days on which its leaves hang in the afternoon, 1.5 points more each day up to 6.
        var wilts: ClosedRange<Day>?
    }

    var seed: UInt64
    var from = Day("2024-03-01")!
    var until = Day("2024-11-30")!
    var everyDays = 2
    /// Share of the days on which no picture could be used.
    var missing = 0.1
    var gccNoise = 0.004
    /// Standard deviation of the light that all plots share, in gcc, and how much of it lasts to the next day.
    var light = 0.008
    var lightMemory = 0.7
    /// A longer gap.
    var gap: ClosedRange<Day>?
    var plots: [Simulated]
    var quantities: Set<Quantity> = [
        .gcc, .rcc, .yellowing, .vegetationCover, .canopyCover, .bloom, .ripeColour, .noonChange,
    ]

    func series() -> [PlotSeries] {
        var random = Random(seed: seed), noon = Random(seed: seed ^ 0x6E6F_6F6E)
        // Slopes lie to the sun differently, so afternoons differ from mornings without any thirst.
        let slopes = plots.map { _ in noon.uniform(-0.03...0.03) }
        let sensitivity = plots.map { _ in random.uniform(0.8...1.2) }
        // Plots of one crop are not the same: level, timing and strength differ.
        let offsets = plots.map { _ in random.uniform(-0.01...0.01) }
        let delays = plots.map { _ in random.uniform(-5...5) }
        var light = 0.0
        var days = [[DailyValues]](repeating: [], count: plots.count)
        var day = from
        while day <= until {
            light = lightMemory * light + (1 - lightMemory * lightMemory).squareRoot() * self.light * random.normal()
            let harsh = 0.02 * noon.normal()
            let isMissing = random.uniform() < missing || gap?.contains(day) ?? false
            for (index, plot) in plots.enumerated() {
                let noise = (0..<7).map { _ in random.normal() }
                let ownNoon = noon.normal()
                guard !isMissing else { continue }
                var values = Self.truth(plot, on: day, delay: delays[index])
                values[.gcc, default: 0] += offsets[index] + sensitivity[index] * light + gccNoise * noise[0]
                values[.rcc, default: 0] += -offsets[index] / 2 - sensitivity[index] * light / 2 + gccNoise * noise[1]
                values[.yellowing, default: 0] += 0.012 * abs(noise[2])
                values[.vegetationCover, default: 0] += 0.02 * noise[3]
                values[.canopyCover, default: 0] += 0.02 * noise[4]
                values[.bloom, default: 0] += 0.006 * abs(noise[5])
                values[.ripeColour, default: 0] += 0.003 * abs(noise[6])
                values[.noonChange, default: 0] += slopes[index] + sensitivity[index] * harsh + 0.008 * ownNoon
                days[index].append(
                    DailyValues(
                        day: day, values: values.filter { quantities.contains($0.key) },
                        capture: "cam/\(day)_120000.jpg", captureCount: 2))
            }
            day = day + everyDays
        }
        return zip(plots, days).map { plot, days in
            let place = Plot(
                id: plot.id, camera: "cam", kind: .orchard, crop: plot.crop, household: plot.household,
                shape: .polygon([]), valid: DayRange())
            return PlotSeries(plot: place, days: days)
        }
    }

    static let site = Site(
        id: "daxi", name: "大溪镇", language: .zh, timeZone: "Asia/Shanghai",
        location: Location(latitude: 28.84, longitude: 108.77, elevation: 520),
        folder: "/", archive: "/", store: "/s", cameras: [], plots: [], permits: [], households: [])

    /// A bump of height 1 around `centre`, `width` days to either side.
    private static func bump(_ day: Double, _ centre: Double, _ width: Double) -> Double {
        let x = (day - centre) / width
        return abs(x) < 1 ? (1 - x * x) * (1 - x * x) : 0
    }

    private static func step(_ day: Double, _ centre: Double, _ width: Double) -> Double {
        let x = (day - centre) / width
        return x < -1 ? 0 : x > 1 ? 1 : (1 + x * (3 - x * x) / 2) / 2
    }

    static func truth(_ plot: Simulated, on day: Day, delay: Double) -> [Quantity: Double] {
        let t = Double(day.dayOfYear) - delay
        var gcc = 0.40, rcc = 0.33, yellow = 0.0, canopy = 0.70, grass = 0.10, bloom = 0.0, ripe = 0.0
        switch plot.crop {
        case "citrus":
            bloom = 0.10 * bump(t, 115, 14)
            ripe = 0.10 * step(t, 285, 25) * (1 - step(t, 328, 10))
            gcc +=
                0.012 * bump(t, 95, 25) + 0.010 * bump(t, 165, 25) + 0.008 * bump(t, 235, 25) - 0.05 * bloom - 0.06
                * ripe
            rcc += 0.10 * ripe
        case "plum", "yellow-peach":
            let bloomDay = plot.crop == "plum" ? 75.0 : 84
            let leaves = step(t, bloomDay + 18, 14) * (1 - step(t, 300, 22))
            bloom = 0.30 * bump(t, bloomDay, 10)
            ripe =
                plot.crop == "plum"
                ? 0.05 * step(t, 182, 8) * (1 - step(t, 204, 5)) : 0.06 * step(t, 208, 8) * (1 - step(t, 232, 5))
            gcc = 0.345 + 0.06 * leaves - 0.010 * step(t, 170, 60) - 0.03 * bloom
            rcc = 0.36 - 0.03 * leaves + 0.1 * ripe
            canopy = 0.05 + 0.6 * leaves
            yellow = 0.5 * bump(t, 295, 25)
        case "tea":
            gcc += 0.015 * bump(t, 88, 22)
        default: break
        }
        if let pruned = plot.prunedOn, day >= pruned {
            let healed = step(Double(day - pruned), 30, 30)
            gcc -= 0.18 * plot.cutShare * (1 - healed)
            rcc += 0.12 * plot.cutShare * (1 - healed)
            canopy -= plot.cutShare * (1 - healed)
        }
        if let sick = plot.sickFrom, day >= sick {
            let share = plot.sickShare * min(1, plot.sickPerDay * Double(day - sick + 1))
            yellow += share
            gcc -= 0.05 * share
            rcc += 0.06 * share
        }
        if let weeds = plot.weedsFrom, day >= weeds { grass += min(0.30, 0.01 * Double(day - weeds + 1)) }
        if let drop = plot.leavesDropFrom, day >= drop {
            let lost = min(0.4, 0.02 * Double(day - drop + 1))
            canopy *= 1 - lost
            gcc -= 0.03 * lost
        }
        if let frost = plot.frostOn, day >= frost {
            yellow += 0.33
            gcc -= 0.02
            rcc += 0.02
        }
        let hanging = plot.wilts.map { $0.contains(day) ? min(0.06, 0.015 * Double(day - $0.lowerBound + 1)) : 0 } ?? 0
        return [
            .noonChange: -hanging, .gcc: gcc - hanging * 0.2, .rcc: rcc, .yellowing: yellow,
            .vegetationCover: min(1, canopy + grass), .canopyCover: canopy,
            .bloom: bloom, .ripeColour: ripe,
        ]
    }
}
