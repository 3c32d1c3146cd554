import Village

/// How far universal time lags behind ephemeris time (ΔT).
enum EarthRotation {
    private static let firstYear = 1970
    private static let lastYear = 2018
    /// Hundredths of a second at the start of each year. Source: The Astronomical Almanac, as in libastro of PyEphem
    /// 4.2.1 (`deltat.c`).
    private static let table: [Double] = [
        4018, 4117, 4223, 4337, 4449, 4548, 4646, 4752, 4853, 4959, 5054, 5138, 5217, 5296, 5379, 5434, 5487, 5532,
        5582, 5630,
        5686, 5757, 5831, 5912, 5998, 6078, 6163, 6230, 6297, 6347, 6383, 6409, 6430, 6447, 6457, 6469, 6485, 6515,
        6546, 6578,
        6607, 6632, 6660, 6691, 6728, 6764, 6810, 6859, 6897,
    ]

    /// Seconds; `fraction` is the part of the day that has passed.
    static func lagInSeconds(day: Day, fraction: Double) -> Double {
        let year = day.components.year
        let inYear = (Double(day.dayOfYear - 1) + fraction) / (Day.isLeap(year) ? 366 : 365)
        if year < firstYear { return table[0] / 100 }
        let decimalYear = Double(year) + inYear
        if decimalYear > Double(lastYear) { return extrapolated(decimalYear) }
        return interpolated(year - firstYear, inYear) / 100
    }

    /// A cubic from the table's end to the long-term parabola of Morrison and Stephenson (2004) a century later, then
    /// the parabola.
    private static func extrapolated(_ year: Double) -> Double {
        let parabola = { (year: Double) in 32 * ((year - 1820) / 100) * ((year - 1820) / 100) - 20 }
        guard year <= Double(lastYear) + 100 else { return parabola(year) }
        let last = table.count - 1
        let start = table[last] / 100
        let slope = (table[last] - table[last - 10]) / 1000
        let end = parabola(Double(lastYear) + 100)
        let endSlope = 0.64 * (Double(lastYear) + 100 - 1820) / 100
        let cubic = 2e-6 * (50 * (endSlope + slope) - end + start)
        let square = 1e-4 * (end - start - 100 * slope - 1e6 * cubic)
        let p = year - Double(lastYear)
        return start + p * (slope + p * (square + p * cubic))
    }

    /// Bessel's interpolation to the fourth difference; plain linear next to the table's ends.
    private static func interpolated(_ index: Int, _ p: Double) -> Double {
        let last = table.count - 1
        guard index < last else { return table[last] }
        let linear = table[index] + p * (table[index + 1] - table[index])
        guard index >= 2, index + 2 <= last else { return linear }
        let first = (index - 2...index + 2).map { $0 + 1 <= last ? table[$0 + 1] - table[$0] : 0 }
        let second = differences(first)
        let third = differences(second)
        let b = 0.25 * p * (p - 1)
        let toThird = linear + b * (second[1] + second[2]) + (p - 0.5) * (2 * b / 3) * third[1]
        let fourth = differences(third)
        return toThird + 0.125 * (2 * b / 3) * (p + 1) * (p - 2) * (fourth[0] + fourth[1])
    }

    private static func differences(_ row: [Double]) -> [Double] { zip(row.dropFirst(), row).map { $0 - $1 } }
}
