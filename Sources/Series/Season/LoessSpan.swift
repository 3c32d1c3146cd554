import Foundation

extension Loess {
    /// The spans that are tried: 0.01, 0.02 … 1. Source: phenocamr, `optimal_span`.
    static let candidates = (1...100).map { Double($0) / 100 }

    /// The fit with the least corrected Akaike criterion among spans of 0.01 to 1 by 0.01; `nil` where none has one.
    ///
    /// - Complexity: O(n), about a hundred fits.
    public static func bestSpan(x: [Double], y: [Double]) -> Double? {
        var best: (span: Double, criterion: Double)?
        for span in candidates {
            guard let fit = Loess(x: x, y: y, span: span), let criterion = fit.criterion(y),
                criterion < best?.criterion ?? .infinity
            else {
                continue
            }
            best = (span, criterion)
        }
        return best?.span
    }

    /// AICc1 of Hurvich, Simonoff and Tsai (1998), with the residual variance over n − 1 as phenocamr has it; `nil`
    /// where the fit runs through the data.
    func criterion(_ y: [Double]) -> Double? {
        let n = Double(y.count)
        let variance = zip(y, fitted).reduce(0.0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / (n - 1)
        let ratio = firstDelta / secondDelta
        let value =
            n * log(variance) + n * (ratio * (n + equivalentParameters) / (firstDelta * firstDelta / secondDelta) - 2)
        return value.isFinite ? value : nil
    }
}
