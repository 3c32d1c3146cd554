import ArgumentParser
import Files
import Foundation
import Inspection
import Reporting
import Storage
import Village

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Read the captures that are new, measure them, and judge what they say. 读新照片。",
        discussion: HelpText.discussion(
            """
            Only new captures are read. The run may be stopped at any moment; the next one goes on where it ended. Flights of \
            patrols and pairs of photographs that the site file names are compared too, unless --camera is given.
            """,
            examples: [
                "plotwatch run village",
                "plotwatch run village --jobs 2 --camera cam_market",
                "plotwatch run village --since 2024-05-01 --fail-on-flag",
            ]))

    enum Progress: String, ExpressibleByArgument, CaseIterable { case auto, none, json }

    @OptionGroup var siteArguments: SiteArguments
    @Option(help: "Captures inspected at the same time (default: the number of processors).")
    var jobs: Int?
    @Option(help: ArgumentHelp("Only this camera; may be given several times.", valueName: "id"))
    var camera: [String] = []
    @OptionGroup var period: PeriodOptions
    @Flag(help: "End with status 4 if there are open unauthorized flags.")
    var failOnFlag = false
    @Option(help: "auto: a bar on a terminal; none; json: one event a line on stderr.")
    var progress: Progress = .auto
    @Option(help: ArgumentHelp("Write figures for Prometheus' textfile collector to this file.", valueName: "path"))
    var metrics: String?
    @OptionGroup var output: JSONOption

    func validate() throws {
        if let jobs, !(1...1024).contains(jobs) { throw ValidationError("--jobs must be from 1 to 1024") }
    }

    func run() async throws {
        let site = try siteArguments.load()
        let clock = try site.clock()
        let models = try Machine.modelsNamed(by: site)
        let kernels = try Machine.kernels()
        let (since, until) = try period.moments(clock)
        let options = SiteRun.Options(
            jobs: jobs ?? Machine.processors, cameras: camera, since: since, until: until,
            engineFolders: Machine.engineFolders)
        // Before anything is made: a wrong option writes nothing.
        try options.check(against: site)
        let lock = try RunLock(path: site.store + ".lock")
        defer { lock.release() }
        let store = try Store(path: site.store, access: .write)
        let started = Machine.now
        let latest = try Machine.latest(started, store)
        let run = try SiteRun(
            site: site, store: store, models: models, kernels: kernels, options: options, now: latest)
        let number = try store.beginRun(at: started, tool: Tool.name, kernels: kernels.name)
        let interruption = Interruption()
        let meter = ProgressMeter(mode: progress, clock: clock)
        if latest > started {
            meter.take(
                .notice(
                    camera: nil,
                    message: "this computer's clock shows \(clock.iso8601(started)), but a run began at "
                        + "\(clock.iso8601(latest)): set the clock; the later time is used"))
        }
        let summary: Inspection.RunSummary
        do {
            summary = try await run(isCancelled: { interruption.isRequested }, events: { meter.take($0) })
        } catch {
            meter.finish()
            throw error
        }
        meter.finish()
        let finished = Machine.now
        try store.endRun(
            number, at: finished, captures: summary.captures, unusable: summary.captures - (summary.byQuality[.ok] ?? 0)
        )
        warn(of: try VillageWeather(site: site), on: meter)
        for absence in run.models.absences(for: site) { meter.note(absence) }
        let view = self.view(
            of: summary, site: site, started: started, finished: finished, kernels: kernels.name,
            failures: meter.failures)
        let status = self.status(of: summary)
        if let metrics {
            try WholeFile.write(MetricsDocument.run(view, exitStatus: Int(status.rawValue)).utf8, to: metrics)
        }
        if output.json {
            Console.print(JSONDocuments.run(view, clock: clock))
        } else {
            Console.print(TerminalForms(language: site.language, clock: clock, width: Console.outputWidth).run(view))
        }
        if status != .done { throw status }
    }

    private func status(of summary: Inspection.RunSummary) -> ExitStatus {
        if summary.wasInterrupted { return .interrupted }
        if failOnFlag, summary.openFlags > 0 { return .flagsRaised }
        return summary.unreadable > 0 ? .someUnusable : .done
    }

    /// Lines of the weather file that said nothing; the rest was used.
    private func warn(of weather: VillageWeather, on meter: ProgressMeter) {
        for fault in weather.faults {
            let place = "\(weather.path ?? ""):\(fault.line)"
            meter.note(
                Bilingual(
                    zh: "\(place)：这一行没有用上（\(fault.message) – \(fault.remedy)）",
                    en: "\(place): \(fault.message) – \(fault.remedy)"))
        }
    }

    private func view(
        of summary: Inspection.RunSummary, site: Site, started: Date, finished: Date, kernels: String,
        failures: [Reporting.RunSummary.Failure]
    ) -> Reporting.RunSummary {
        var view = Reporting.RunSummary(
            site: site.id, startedAt: started, finishedAt: finished, toolVersion: Tool.version, kernels: kernels,
            camerasVisited: camera.isEmpty ? site.cameras.count : camera.count,
            capturesFound: summary.found,
            capturesNew: summary.captures, quality: summary.byQuality, readings: summary.readings,
            flagsRaised: summary.newFlags,
            flagsOpen: summary.openFlags, advice: summary.advice, interrupted: summary.wasInterrupted,
            failures: failures)
        view.patrolPairs = summary.patrolPairs
        view.cleanupPairs = summary.cleanupPairs
        view.proposals = summary.proposals
        return view
    }
}
