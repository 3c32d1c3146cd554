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
        if let chosen { return chosen }
        let environment = ProcessInfo.processInfo.environment
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty }
        return locale?.hasPrefix("zh") ?? false ? .zh : .en
    }

    func forms() throws -> TerminalForms {
        guard let clock = SiteClock(timeZone: "UTC") else { throw Problem(message: "this system knows no UTC") }
        return TerminalForms(language: language, clock: clock, width: Console.outputWidth)
    }
}

extension Language: ExpressibleByArgument {}
