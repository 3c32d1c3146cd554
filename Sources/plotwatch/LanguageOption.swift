import ArgumentParser
import Foundation
import Reporting
import Village

/// `--language`, for commands that know no site.
struct LanguageOption: ParsableArguments {
    @Option(
        name: .customLong("language"),
        help: ArgumentHelp("zh or en; left out: Chinese where the terminal is, else English.", valueName: "zh|en"))
    var chosen: Language?

    var language: Language {
        chosen ?? Terminal.language ?? .en
    }

    func forms() throws -> TerminalForms {
        let clock = try SiteClock.universal()
        return TerminalForms(language: language, clock: clock, width: Console.outputWidth)
    }
}

extension Language: ExpressibleByArgument {}

/// The language of the terminal.
enum Terminal {
    /// `nil` where the environment names none, as in a service and under cron.
    static var language: Language? {
        let environment = ProcessInfo.processInfo.environment
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? "C"
        if locale.hasPrefix("zh") { return .zh }
        return locale == "POSIX" || locale == "C" || locale.hasPrefix("C.") ? nil : .en
    }

    /// In which messages on stderr are written: both where nothing says who reads them.
    static var languages: [Language] { language.map { [$0] } ?? [.zh, .en] }
}
