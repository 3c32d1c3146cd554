import ArgumentParser
import Casework
import Foundation
import Reporting
import Storage
import Village

struct SummaryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "summary",
        abstract: "Write a period's answer sheet: what was done, counted, per village and town. 一段时间的答卷。",
        discussion: HelpText.discussion(
            """
            Messages, building cases, police cases, households advised; appeals received, answered at once, assigned, \
            done, and on time. What was not counted is empty with its reason, never 0.
            """,
            examples: [
                "plotwatch summary village --since 2024-04-01 --until 2024-06-30",
                "plotwatch summary village --since 2024-04-01 --until 2024-06-30 --out sheet",
                "plotwatch summary village --since 2024-04-01 --until 2024-06-30 --json",
            ], statuses: [.done, .couldNotRun, .usage]))

    @OptionGroup var siteArguments: SiteArguments
    @Option(help: ArgumentHelp("The first day.", valueName: "day"))
    var since: String
    @Option(help: ArgumentHelp("The last day.", valueName: "day"))
    var until: String
    @Option(help: ArgumentHelp("A folder for summary.html, .csv and .json.", valueName: "folder"))
    var out: String?
    @OptionGroup var output: JSONOption

    func run() throws {
        guard let first = try CaseAct.day(since, option: "--since"),
            let last = try CaseAct.day(until, option: "--until"), first <= last
        else { throw ValidationError("--until is before --since.") }
        let ledger = try OpenLedger(siteArguments, access: .read)
        let summary = try SummaryAssembly(ledger: ledger, first: first, last: last).summary()
        let site = ledger.open.site
        guard let out else {
            return Console.print(
                output.json ? JSONDocuments.summary(summary, site: site) : CSVDocuments.summary(summary, site: site))
        }
        try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
        var written: [String] = []
        for (name, text) in [
            ("summary.html", try SummaryPage.render(summary, site: site)),
            ("summary.csv", CSVDocuments.summary(summary, site: site)),
            ("summary.json", JSONDocuments.summary(summary, site: site)),
        ] {
            let path = (out as NSString).appendingPathComponent(name)
            let sink = try Sink(path: path)
            try sink.write(text)
            try sink.close()
            written.append(path)
        }
        Console.print(output.json ? JSONDocuments.files("summary", written) : written.joined(separator: "\n"))
    }
}

/// Collects a period's answer sheet.
struct SummaryAssembly {
    let ledger: OpenLedger
    let first: Day
    let last: Day

    func summary() throws -> PeriodSummary {
        let open = ledger.open
        guard let since = open.clock.instant(day: first, hour: 0, minute: 0, second: 0),
            let until = open.clock.instant(day: last + 1, hour: 0, minute: 0, second: 0)
        else {
            throw Problem(
                zh: "日历上没有 \(first) 到 \(last) 这段时间", en: "the period \(first) to \(last) is on no calendar",
                status: .usage)
        }
        var captures = 0, usable = 0
        try open.store.forEachCapture(Selection(since: since, until: until)) { capture in
            captures += 1
            if capture.quality == .ok { usable += 1 }
        }
        var posts: [String: [Date]] = [:]
        for channel in open.site.channels {
            posts[channel.id] = try open.store.postsSent(channel: channel.id, since: since, until: until)
        }
        let counting = PeriodCounting(
            site: open.site, clock: open.clock, since: since, until: until,
            cases: try ledger.ledger.cases(asOf: until), advice: try open.store.advice(), posts: posts)
        return PeriodSummary(
            period: DayRange(from: first, until: last), town: counting.town(), villages: counting.villages(),
            captures: captures, usableCaptures: usable,
            adviceCards: try open.store.advice().filter { $0.at >= since && $0.at < until }.count)
    }
}
