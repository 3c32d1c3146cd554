import ArgumentParser
import Casework
import ConfigurationFiles
import Foundation
import Inspection
import Reporting
import Storage
import Village

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Validate the site file and the archive; see whether the cameras are well. 查错。",
        discussion: HelpText.discussion(
            """
            Nothing is stored. With --models every model file is validated, ours and the site's own, and all faults are told with \
            their lines; no site is needed for that.
            """,
            examples: [
                "plotwatch check village", "plotwatch check village --json", "plotwatch check --models",
                "plotwatch check village --models",
            ],
            statuses: [.done, .couldNotRun, .usage, .someUnusable]))

    @Argument(help: ArgumentHelp("A site.yaml, or a folder that holds one.", valueName: "site"))
    var path: String?
    @Flag(help: "Validate the model files and say which are used.")
    var models = false
    @OptionGroup var output: JSONOption

    func validate() throws {
        if path == nil, !models {
            throw ValidationError("name a site, or give --models to check the model files alone")
        }
    }

    func run() throws {
        do {
            try check()
        } catch let error as ConfigurationError {
            // Programs get the faults as findings; people read them on stderr.
            if output.json {
                let result = CheckResult(
                    site: "", captures: [:], findings: error.faults.map(CheckFinding.init),
                    kernels: try Machine.kernels().name)
                Console.print(JSONDocuments.check(result))
            }
            throw error
        }
    }

    private func check() throws {
        let site = try path.map { try SiteFile.load(path: $0) }
        if models {
            let own = site.map { Models.ownFolder(of: $0) }
            let folder = try Machine.modelsFolder()
            let files = ModelFolder(folder: folder, own: own)
            let faults =
                Models.faults(folder: folder, own: own) + CaseworkRules.faults(in: files)
                + PointsRules.faults(in: files)
            guard faults.isEmpty else { throw ConfigurationError(faults: faults) }
        }
        guard let site else { return try modelsAlone() }
        let clock = try site.clock()
        let kernels = try Machine.kernels()
        let loaded = try Machine.models(for: site)
        let store =
            FileManager.default.fileExists(atPath: site.store) ? try Store(path: site.store, access: .read) : nil
        let check = try SiteCheck(
            site: site, clock: clock, store: store, models: loaded, kernels: kernels,
            now: Machine.latest(Machine.now, store), engineFolders: Machine.engineFolders)
        var findings = check.findings.map { finding in
            CheckFinding(
                severity: CheckFinding.Severity(rawValue: finding.severity.rawValue) ?? .note, code: finding.code,
                camera: finding.camera,
                plot: finding.plot, path: finding.path, message: finding.message)
        }
        findings += try weather(of: site)
        if models { findings.append(note(on: loaded)) }
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

    /// Without a site there are only the files that came with the program.
    private func modelsAlone() throws {
        let loaded = try Models(folder: Machine.modelsFolder(), own: nil)
        let result = CheckResult(
            site: "", captures: [:], findings: [note(on: loaded)], kernels: try Machine.kernels().name)
        let clock = try SiteClock.universal()
        Console.print(
            output.json
                ? JSONDocuments.check(result)
                : TerminalForms(language: Terminal.language ?? .zh, clock: clock, width: Console.outputWidth).check(
                    result))
    }

    private func note(on models: Models) -> CheckFinding {
        let crops = models.crops.crops.values.sorted { $0.id < $1.id }
        let rules = crops.flatMap { crop in
            crop.work.map(\.text) + crop.symptoms.map(\.text) + crop.events.map(\.text)
        }
        let confirmed = rules.count(where: \.isConfirmed)
        let names = crops.map(\.id).joined(separator: ", ")
        return CheckFinding(
            severity: .note, code: "models",
            message: Bilingual(
                zh: "模型文件夹 \(models.folder)；作物：\(names)；\(rules.count)条规则，本地专家确认了\(confirmed)条",
                en: "models in \(models.folder); crops: \(names); \(rules.count) rules, \(confirmed) confirmed locally")
        )
    }

    private func weather(of site: Site) throws -> [CheckFinding] {
        let weather = try VillageWeather(site: site)
        return weather.faults.map { fault in
            CheckFinding(
                severity: .warning, code: "weather", path: weather.path.map { "\($0):\(fault.line)" },
                message: Bilingual(zh: "气象文件这一行用不上：\(fault.message)", en: "weather line not used: \(fault.message)"),
                remedy: Bilingual(zh: fault.remedy, en: fault.remedy))
        }
    }
}

extension CheckFinding {
    init(_ fault: ConfigurationFault) {
        self.init(
            severity: .error, code: "file", path: "\(fault.file):\(fault.line)", message: fault.wrong,
            remedy: fault.right)
    }
}
