import Foundation

/// Numbers as PhenoCam's files have them.
enum PhenoCamNumber {
    /// What stands for a value that is not there.
    static let absent = "NA"
    private static let powers = [1.0, 1e1, 1e2, 1e3, 1e4, 1e5]

    /// The same characters as C's `%.<decimals>f`: the decimal nearest to the binary value, ties to even; `nan` for
    /// NaN.
    ///
    /// - Precondition: `decimals` is 0 to 5.
    static func fixed(_ value: Double, _ decimals: Int = 5) -> String {
        guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
        guard let units = units(value.magnitude, decimals) else { return String(format: "%.\(decimals)f", value) }
        let sign = value.sign == .minus ? "-" : ""
        let digits = String(units)
        guard decimals > 0 else { return sign + digits }
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }

    /// The value that is read back from `fixed`.
    static func rounded(_ value: Double, _ decimals: Int = 5) -> Double {
        guard value.isFinite, let units = units(value.magnitude, decimals) else { return value }
        let magnitude = Double(units) / powers[decimals]
        return value.sign == .minus ? -magnitude : magnitude
    }

    /// The shortest text that reads back the same; whole numbers without a point, as a site's JSON has them.
    static func shortest(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
    }

    static func field(_ value: Double?, _ decimals: Int = 5) -> String { value.map { fixed($0, decimals) } ?? absent }
    static func field(_ value: Int?) -> String { value.map { String($0) } ?? absent }

    /// The number of 10⁻ᵈ nearest to the value; `nil` where that leaves the integers that a double holds.
    private static func units(_ magnitude: Double, _ decimals: Int) -> Int? {
        let power = powers[decimals]
        let product = magnitude * power
        guard product < 4.0e15 else { return nil }
        // What the product lost to rounding: decides between the two neighbours where it looks like a tie.
        let lost = (-product).addingProduct(magnitude, power)
        let below = product.rounded(.down)
        let fraction = product - below
        let up =
            fraction > 0.5
            || (fraction == 0.5 && (lost > 0 || (lost == 0 && below.truncatingRemainder(dividingBy: 2) == 1)))
        return Int(below) + (up ? 1 : 0)
    }
}
