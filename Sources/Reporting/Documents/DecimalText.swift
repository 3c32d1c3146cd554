import Foundation

/// Numbers as text: fixed notation, `.` as the separator, no grouping, whatever the machine's language.
public enum DecimalText {
    /// Powers of ten for 0 to 9 decimals.
    private static let scales: [Double] = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9]

    /// The value rounded to at most `decimals` (0…9) decimals, trailing zeros kept only where `padded`.
    ///
    /// - Returns: `nil` for a value that is not finite.
    public static func text(_ value: Double, decimals: Int, padded: Bool = false) -> String? {
        guard value.isFinite else { return nil }
        let decimals = min(max(decimals, 0), scales.count - 1)
        let scaled = (value * scales[decimals]).rounded()
        // Beyond 2^53 a Double has no decimals to keep.
        guard abs(scaled) < 9e15 else { return value.description }
        let whole = Int(abs(scaled))
        guard decimals > 0 else { return (scaled < 0 ? "-" : "") + String(whole) }
        var digits = String(whole)
        if digits.utf8.count <= decimals {
            digits = String(repeating: "0", count: decimals + 1 - digits.utf8.count) + digits
        }
        let point = digits.index(digits.endIndex, offsetBy: -decimals)
        var fraction = digits[point...]
        if !padded { while fraction.last == "0" { fraction = fraction.dropLast() } }
        return (scaled < 0 ? "-" : "") + digits[..<point] + (fraction.isEmpty ? "" : "." + fraction)
    }

    /// A share as whole per cent, `87 %`.
    public static func percent(_ share: Double) -> String { text(share * 100, decimals: 0).map { $0 + " %" } ?? "–" }
}
