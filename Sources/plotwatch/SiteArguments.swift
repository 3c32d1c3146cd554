import ArgumentParser
import Casework
import ConfigurationFiles
import Foundation
import Inspection
import Kernels
import Reporting
import Storage
import Village

/// The site that a command works on.
struct SiteArguments: ParsableArguments {
    @Argument(help: ArgumentHelp("A site.yaml, or a folder that holds one.", valueName: "site"))
    var path: String

    init() {}

    init(path: String) { self.path = path }

    func load() throws -> Site { try SiteFile.load(path: path) }
}

/// A site with its clock, ready to be asked.
struct OpenSite {
    let site: Site
    let clock: SiteClock
    let store: Store

    init(_ arguments: SiteArguments, access: Store.Access) throws {
        let site = try arguments.load()
        try self.init(site: site, store: Store(path: site.store, access: access))
    }

    init(site: Site, store: Store) throws {
        self.site = site
        self.store = store
        clock = try site.clock()
    }

    /// Whom a card's message calls: the household's name, or its id where no name is on file.
    func recipient(_ card: Advice) -> String? { card.household.map { site.household($0)?.name ?? $0 } }

    var forms: TerminalForms { TerminalForms(language: site.language, clock: clock, width: Console.outputWidth) }
}

extension Site {
    func clock() throws -> SiteClock {
        guard let clock = SiteClock(timeZone: timeZone) else {
            throw Problem(
                zh: "没有 \(timeZone) 这个时区", en: "the time zone \(timeZone) is unknown", status: .usage)
        }
        return clock
    }

    /// The plot of this id; a site that has none of it is told which there are.
    func asked(plot id: String) throws -> Plot {
        if let plot = plot(id) { return plot }
        throw Problem.missing(.init(zh: "地块", en: "plot"), id, among: plots.map(\.id))
    }

    func asked(camera id: String) throws -> Camera {
        if let camera = camera(id) { return camera }
        throw Problem.missing(.init(zh: "摄像头", en: "camera"), id, among: cameras.map(\.id))
    }
}

extension Problem {
    /// A name that the site does not know, with those that it does.
    static func missing(_ what: Bilingual, _ name: String, among known: [String]) -> Problem {
        var seen: Set<String> = []
        let names = known.filter { seen.insert($0).inserted }
        return Problem(
            zh: "没有\(what.zh) \(name)" + (names.isEmpty ? "" : "；现有 \(names.joined(separator: "、"))"),
            en: "there is no \(what.en) \(name)"
                + (names.isEmpty ? "" : "; there are \(names.joined(separator: ", "))"),
            status: .usage)
    }
}

extension SiteClock {
    /// For what knows no site.
    static func universal() throws -> SiteClock {
        guard let clock = SiteClock(timeZone: "UTC") else {
            throw Problem(zh: "这个系统没有 UTC 时区：请安装 tzdata", en: "this system knows no UTC: install tzdata")
        }
        return clock
    }

    func moment(_ text: String?, option: String) throws -> Date? {
        guard let text else { return nil }
        guard let moment = instant(text) else {
            throw Problem(
                zh: "\(option) \(text)：请写日期，例如 2024-05-01，或时刻，例如 2024-05-01T12:00",
                en: "\(option) \(text): write a day such as 2024-05-01 or a moment such as 2024-05-01T12:00",
                status: .usage)
        }
        return moment
    }

    /// The first moment after what was given: a bare day is meant whole.
    func end(_ text: String?, option: String) throws -> Date? {
        guard let text else { return nil }
        if let day = Day(text) { return instant(day: day + 1, hour: 0, minute: 0, second: 0) }
        return try moment(text, option: option)
    }
}

/// `--since` and `--until`.
struct PeriodOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Only captures from this day or moment on.", valueName: "time"))
    var since: String?
    @Option(help: ArgumentHelp("Only captures up to this day (whole) or moment.", valueName: "time"))
    var until: String?

    /// The first moment that counts and the first that no longer does.
    func moments(_ clock: SiteClock) throws -> (since: Date?, until: Date?) {
        (try clock.moment(since, option: "--since"), try clock.end(until, option: "--until"))
    }
}

/// Where `models/` lies, and which kernels are used: what only the command may ask the machine.
enum Machine {
    /// The folder named by `PLOTWATCH_MODELS`, else `models` beside the executable's folder or one above it.
    static func modelsFolder() throws -> String {
        let files = FileManager.default
        func holds(_ folder: String) -> Bool { files.fileExists(atPath: folder + "/construction.yaml") }
        if let named = ProcessInfo.processInfo.environment["PLOTWATCH_MODELS"] {
            guard holds(named) else {
                throw Problem(
                    zh: "环境变量 PLOTWATCH_MODELS 写的 \(named) 里没有 construction.yaml",
                    en: "PLOTWATCH_MODELS is \(named), which holds no construction.yaml", status: .usage)
            }
            return named
        }
        let executable = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path
        var folder = (executable as NSString).deletingLastPathComponent
        while folder.count > 1 {
            for candidate in [folder + "/models", folder + "/share/plotwatch/models"] where holds(candidate) {
                return candidate
            }
            folder = (folder as NSString).deletingLastPathComponent
        }
        throw Problem(
            zh: "程序旁边没有 models 文件夹：请用环境变量 PLOTWATCH_MODELS 指明",
            en: "the folder models was not found beside the program: set PLOTWATCH_MODELS to it")
    }

    static func models(for site: Site) throws -> Models {
        try Models(folder: modelsFolder(), own: Models.ownFolder(of: site))
    }

    /// With no other crops than the site's plots name.
    static func modelsNamed(by site: Site) throws -> Models {
        let crops = Set(site.plots.compactMap(\.crop))
        return try Models(folder: modelsFolder(), own: Models.ownFolder(of: site), crops: crops)
    }

    /// The first program of this name in `PATH`; `nil` where there is none.
    static func program(_ name: String) -> String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    static func caseworkRules(for site: Site) throws -> CaseworkRules {
        try CaseworkRules.load(from: ModelFolder(folder: modelsFolder(), own: Models.ownFolder(of: site)))
    }

    static func kernels() throws -> KernelSet {
        guard let name = ProcessInfo.processInfo.environment["PLOTWATCH_KERNELS"] else { return .best }
        guard let set = KernelSet(named: name) else {
            let names = KernelSet.all.map(\.name).joined(separator: ", ")
            throw Problem(
                zh: "环境变量 PLOTWATCH_KERNELS 写的是 \(name)；本机有 \(names)",
                en: "PLOTWATCH_KERNELS is \(name); this machine has \(names)", status: .usage)
        }
        return set
    }

    /// Where the engine of neural models may lie: the folders of `PLOTWATCH_OPENVINO` (between colons), else where
    /// systems put libraries.
    static var engineFolders: [String] {
        if let named = ProcessInfo.processInfo.environment["PLOTWATCH_OPENVINO"] {
            return named.split(separator: ":").map(String.init)
        }
        return ["/usr/local/lib", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib"]
    }

    static var processors: Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }

    /// The whole seconds are enough for a record, and equal records are equal.
    static var now: Date { Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded(.down)) }

    /// The moment that pictures are judged by: a clock that fell back makes none of them come from the future.
    static func latest(_ now: Date, _ store: Store?) throws -> Date { max(now, try store?.latestRunStart() ?? now) }
}

/// `--json`.
struct JSONOption: ParsableArguments {
    @Flag(help: "Write the result as JSON.")
    var json = false
}
