import Foundation
import Village

/// The file `<site>_<TYPE>_<NNNN>_<n>day_transition_dates.csv` in phenocamr's form.
public enum TransitionDatesFile {
    private static let shares = [10, 25, 50]

    public static let columns =
        ["site", "veg_type", "roi_id", "direction", "gcc_value"] + shares.map { "transition_\($0)" }
        + shares.map { "transition_\($0)_lower_ci" } + shares.map { "transition_\($0)_upper_ci" }
        + shares.map { "threshold_\($0)" }
        + ["min_gcc", "max_gcc"]

    /// The columns of a summary that are analysed, in the order of the file's rows.
    public static let seriesNames = ["gcc_90", "gcc_75", "gcc_50", "gcc_mean"]

    /// `harvard_DB_0001_3day_transition_dates.csv`.
    public static func name(site: String, vegetationType: String, roiID: Int, days: Int) -> String {
        "\(site)_\(vegetationType)_\(PhenoCamHeader.identifier(roiID))_\(days)day_transition_dates.csv"
    }

    /// The seasons of the four green series of a summary, by the names of `seriesNames`.
    public static func seasons(
        of rows: [SummaryRow], days: Int, _ parameters: SeasonParameters = SeasonParameters()
    ) -> [String: Season] {
        let figures: [(String, KeyPath<SummaryRow.Statistics, Double>)] = [
            ("gcc_90", \.gcc.quantile90), ("gcc_75", \.gcc.quantile75), ("gcc_50", \.gcc.median),
            ("gcc_mean", \.gcc.mean),
        ]
        return Dictionary(
            uniqueKeysWithValues: figures.map { name, figure in
                (name, Season(SummaryProduct.series(rows, figure), stepInDays: days, parameters))
            })
    }

    /// - Parameters:
    ///   - days: 1 or 3, the step of the summary.
    ///   - seasons: by the names of `seriesNames`; those that are not there are left out.
    ///   - updated: written as the processing time, on a clock `utcOffset` hours ahead of Greenwich.
    public static func text(
        site: String, vegetationType: String, roiID: Int, days: Int, seasons: [String: Season], utcOffset: Double,
        updated: Date
    ) -> String {
        let clock = LocalTime(updated, utcOffset: utcOffset)
        let all = seriesNames.compactMap { seasons[$0] }.flatMap(\.transitions)
        let years = all.flatMap { $0.dates.flatMap { [$0.day, $0.interval.lowerBound, $0.interval.upperBound] } }.map(
            \.components.year)
        let text = { (value: Int?) in value.map { String($0) } ?? PhenoCamNumber.absent }
        var lines = ["#", "# Transition date estimate for \(site)", "#"]
        lines += PhenoCamHeader.site(site, vegetationType: vegetationType, roiID: roiID)
        lines += [
            "# Aggregation period: \(days)", "# Year min: \(text(years.min()))", "# Year max: \(text(years.max()))",
            "# Final Processing Date: \(clock.day)", "# Final Processing Time: \(clock.clock)",
        ]
        for name in ["gcc_mean", "gcc_50", "gcc_75", "gcc_90"] {
            lines.append(
                "# Spline RMSE \(name): \(seasons[name]?.smoothError.map { PhenoCamNumber.shortest($0) } ?? PhenoCamNumber.absent)"
            )
        }
        lines += ["#", columns.joined(separator: ",")]
        for direction in SeasonTransition.Direction.allCases {
            for name in seriesNames {
                // Falls are found from the end backwards, and phenocamr lists them so.
                let found = (seasons[name]?.transitions ?? []).filter { $0.direction == direction }
                for transition in direction == .rising ? found : found.reversed() {
                    let head = [site, vegetationType, PhenoCamHeader.identifier(roiID), direction.rawValue, name]
                    lines.append((head + fields(transition)).joined(separator: ","))
                }
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// "Lower" is where the upper curve passes the threshold, seen in the direction of the search: the later day of a
    /// fall.
    private static func fields(_ transition: SeasonTransition) -> [String] {
        let isRising = transition.direction == .rising
        let dates = transition.dates
        let early = dates.map(\.interval.lowerBound.description)
        let late = dates.map(\.interval.upperBound.description)
        let values = dates.map(\.value) + [transition.low, transition.high]
        return dates.map(\.day.description) + (isRising ? early + late : late + early)
            + values.map { PhenoCamNumber.shortest($0) }
    }
}
