import Foundation

/// How likely a flag is right: a logistic regression on the odds that the region model gives to works.
///
/// How built the rules find it says nothing more about what they have flagged: tents and lorries have as high a score.
public struct FlagConfidence: Sendable, Equatable {
    let offset: Double
    let works: Double
    let plain: Double
    let most: Double

    /// Shares below this, and above its complement, are not believed: no model has seen so many regions.
    static let leastShare = 0.001

    /// - Parameter number: the value of a dotted key of `models/construction.yaml`.
    init<Fault: Error>(number: (String) throws(Fault) -> Double) throws(Fault) {
        offset = try number("confidence.offset")
        works = try number("confidence.works")
        plain = try number("confidence.plain")
        most = try number("confidence.most")
    }

    /// 0…``most``: few flags prove little, whatever the odds.
    ///
    /// - Parameter likely: what the region model makes of it, smoothed over the looks; `nil` where there is none.
    func of(_ likely: RegionLikelihood?) -> Double {
        guard let likely else { return plain }
        let share = min(max(likely.works, FlagConfidence.leastShare), 1 - FlagConfidence.leastShare)
        return min(1 / (1 + exp(-(offset + works * log(share / (1 - share))))), most)
    }
}
