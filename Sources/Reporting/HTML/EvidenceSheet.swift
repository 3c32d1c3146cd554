import Foundation
import Village

/// The sheet of an evidence file: what was seen when, what is in the file, and that it is a lead.
public enum EvidenceSheet {
    /// - Throws: ``HTMLReport/RenderingError``.
    public static func render(_ contents: EvidenceContents) throws -> String {
        guard let clock = SiteClock(timeZone: contents.site.timeZone) else {
            throw HTMLReport.RenderingError.unknownTimeZone(contents.site.timeZone)
        }
        let dates = DateText(clock: clock, language: contents.site.language)
        return try HTMLReport.page("evidence", context(contents, dates: dates))
    }

    /// The sentence that every sheet and manifest carries.
    public static var notice: [Bilingual] { [Word.lead.bilingual, Word.article41.bilingual] }

    private static func context(_ contents: EvidenceContents, dates: DateText) -> ReportPage.Context {
        let site = contents.site, language = site.language
        func say(zh: String, en: String) -> String { language == .zh ? zh : en }
        let page = ReportPage(
            contents: ReportContents(
                site: site, period: DayRange(), generatedAt: .distantPast, toolVersion: contents.tool, kernels: "",
                cameras: [], plots: [], flags: contents.flag.map { [$0] } ?? [], advice: [], unusable: []),
            dates: dates)
        let facts: [(String, String)] = [
            (
                say(zh: "取得方法", en: "How it was made"),
                say(
                    zh: contents.isShared
                        ? "固定摄像头自动抓拍；本件为重新编码的副本，移动的人和物已遮盖，位置信息已去除。"
                        : "固定摄像头自动抓拍，原始文件逐字节复制，未作修改。",
                    en: contents.isShared
                        ? "Taken by fixed cameras; these are re-encoded copies: what moved is covered, positions are removed."
                        : "Taken by fixed cameras; the original files are copied byte for byte.")
            ),
            (say(zh: "制作者", en: "Made by"), "\(site.name)（\(site.id)） · \(contents.tool)"),
            (
                say(zh: "证明对象", en: "What it is to show"),
                say(
                    zh: "所拍地点在所列时间的状态；是否违法须现场核查。",
                    en: "The state of the place at the times listed; whether a law was broken is for the site visit.")
            ),
            (
                say(zh: "时间来源", en: "Source of times"),
                say(zh: "见下表；摄像头时钟的误差未作校验。", en: "See the table; the cameras' clocks were not verified.")
            ),
            (say(zh: "坐标系", en: "Datum"), "WGS-84"),
            (say(zh: "设置的散列值", en: "Hash of the settings"), contents.settings),
        ]
        return [
            "w": Dictionary(uniqueKeysWithValues: Word.allCases.map { ($0.rawValue, $0.text(in: language)) }),
            "colon": language == .zh ? "：" : ": ", "lang": language == .zh ? "zh-CN" : "en", "siteName": site.name,
            "title": say(zh: "线索材料", en: "Lead sheet") + " " + contents.subject,
            "copy": contents.isShared ? say(zh: "副本，已遮盖", en: "Copy, covered") as Any : false,
            "flags": contents.flag.map { [shown($0, page, isShared: contents.isShared)] } as Any? ?? false,
            "facts": facts.map { ["name": $0.0, "value": $0.1] as ReportPage.Context },
            "captureTitle": say(zh: "照片与时间", en: "Pictures and times"),
            "captures": contents.captures.isEmpty ? false : contents.captures.map { row($0, dates, page) } as Any,
            "decisionTitle": say(zh: "判定记录", en: "Decisions"),
            "decisions": contents.decisions.isEmpty
                ? false
                : contents.decisions.map {
                    [
                        "when": dates.minute($0.at), "by": $0.by, "what": page.say(Terms.text(of: $0.verdict)),
                        "note": $0.note ?? "",
                    ] as ReportPage.Context
                } as Any,
            "fileTitle": say(zh: "文件清单", en: "Files"),
            "files": contents.files.map {
                ["path": $0.path, "bytes": $0.bytes, "sha": $0.sha256] as ReportPage.Context
            },
            "absentTitle": say(zh: "缺少的", en: "Missing"),
            "absent": contents.absent.isEmpty
                ? false : contents.absent.map { ["text": $0] as ReportPage.Context } as Any,
            "check": say(
                zh: "核对：plotwatch verify 本文件.zip，或解压后 sha256sum -c SHA256SUMS。",
                en: "To check: plotwatch verify THIS.zip, or unpack and run sha256sum -c SHA256SUMS."),
        ]
    }

    /// A copy for others does not say whose it is, nor that nobody knows.
    private static func shown(_ flag: FlagPictures, _ page: ReportPage, isShared: Bool) -> ReportPage.Context {
        var context = page.flag(flag, number: 1)
        if isShared, let facts = context["facts"] as? [ReportPage.Context] {
            context["facts"] = facts.filter { $0["name"] as? String != page.say(.household) }
        }
        return context
    }

    private static func row(_ capture: Capture, _ dates: DateText, _ page: ReportPage) -> ReportPage.Context {
        [
            "path": capture.path, "when": capture.at.map(dates.clock.iso8601) ?? "–",
            "source": capture.timeSource.map { page.say(Terms.name(of: $0)) } ?? "–",
            "quality": page.say(Terms.name(of: capture.quality)), "sha": capture.sha256 ?? "–",
            "size": "\(capture.width ?? 0) × \(capture.height ?? 0)", "bytes": capture.sizeInBytes,
        ]
    }
}
