import ArgumentParser
import Foundation
import Inspection
import Reporting
import Storage
import Village

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Validate the site file and the archive; see whether the cameras are well.",
        discussion: HelpText.discussion(
            "Nothing is stored. With --models the files of models/ are validated too, and the site's own beside them.",
            examples: ["plotwatch check village", "plotwatch check village --json"],
            statuses: [.done, .couldNotRun, .usage, .someUnusable]))

    @OptionGroup var siteArguments: SiteArguments
    @Flag(help: "Also say which model files are used.")
    var models = false
    @OptionGroup var output: JSONOption

    func run() throws {
        let site = try siteArguments.load()
        guard let clock = SiteClock(timeZone: site.timeZone) else {
            throw Problem(message: "unknown time zone", status: .usage)
        }
        let kernels = try Machine.kernels()
        let loaded = try Machine.models(for: site)
        let store =
            FileManager.default.fileExists(atPath: site.store) ? try Store(path: site.store, access: .read) : nil
        let check = try SiteCheck(
            site: site, clock: clock, store: store, models: loaded, kernels: kernels, now: Machine.now)
        var findings = check.findings.map { finding in
            CheckFinding(
                severity: CheckFinding.Severity(rawValue: finding.severity.rawValue) ?? .note, code: finding.code,
                camera: finding.camera,
                plot: finding.plot, path: finding.path, message: finding.message)
        }
        if models {
            let crops = loaded.crops.crops.keys.sorted().joined(separator: ", ")
            findings.append(
                CheckFinding(
                    severity: .note, code: "models",
                    message: Bilingual(
                        zh: "模型文件夹 \(loaded.folder);作物:\(crops)", en: "models in \(loaded.folder); crops: \(crops)")))
        }
        let result = CheckResult(site: site.id, captures: check.captures, findings: findings, kernels: kernels.name)
        if output.json {
            Console.print(JSONDocuments.check(result))
        } else {
            let forms = TerminalForms(language: site.language, clock: clock, width: Console.outputWidth)
            Console.print(forms.check(result))
        }
        if findings.contains(where: { $0.severity == .error }) { throw ExitStatus.usage }
        let unusable = check.captures.values.contains { ($0[.corrupt] ?? 0) + ($0[.truncated] ?? 0) > 0 }
        if unusable { throw ExitStatus.someUnusable }
    }
}
