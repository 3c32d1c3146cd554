import Foundation
import Village

/// The report as one HTML file that needs nothing else: pictures, style and script are inside, nothing is fetched.
public enum HTMLReport {
    public enum RenderingError: Error, Equatable {
        /// The site's time zone is none that the clock knows.
        case unknownTimeZone(String)
        /// A template that is compiled in is missing or wrong.
        case brokenTemplate(String)
    }

    /// The whole page in the site's language.
    ///
    /// - Note: Equal contents give equal bytes.
    public static func render(_ contents: ReportContents) throws -> String {
        guard let clock = SiteClock(timeZone: contents.site.timeZone) else {
            throw RenderingError.unknownTimeZone(contents.site.timeZone)
        }
        let page = ReportPage(contents: contents, dates: DateText(clock: clock, language: contents.site.language))
        return try Self.page("report", page.context())
    }

    static func page(_ name: String, _ context: ReportPage.Context) throws -> String {
        try PageTemplates(sources).render(context, name)
    }

    /// Compiled-in template sources by the names that they call each other.
    static let sources: [String: [UInt8]] = [
        "report": PackageResources.report_mustache, "style": PackageResources.style_mustache,
        "script": PackageResources.script_mustache, "today": PackageResources.today_mustache,
        "flag": PackageResources.flag_mustache, "plot": PackageResources.plot_mustache,
        "advice": PackageResources.advice_mustache, "card": PackageResources.card_mustache,
        "bloom": PackageResources.bloom_mustache, "points": PackageResources.points_mustache,
        "pairs": PackageResources.pairs_mustache, "patrol": PackageResources.patrol_mustache,
        "cameras": PackageResources.cameras_mustache,
        "worklist": PackageResources.worklist_mustache, "evidence": PackageResources.evidence_mustache,
        "summary": PackageResources.summary_mustache,
    ]
}
