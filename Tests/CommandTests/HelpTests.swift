import Foundation
import Testing

@Suite struct HelpTests {
    static let subcommands = [
        "init", "check", "run", "inspect", "flags", "decide", "advice", "readings", "phenocam", "report", "review",
        "compare", "composite", "grade", "patrol", "points",
        "case", "evidence", "verify", "push", "summary", "store",
    ]

    @Test(arguments: subcommands) func everyHelpHasExamplesAndTheTableOfStatuses(name: String) throws {
        let help = try Command.run(name, "--help")
        #expect(help.status == 0 && help.err.isEmpty, "\(help)")
        let parts = help.out.components(separatedBy: "EXAMPLES:")
        #expect(parts.count == 2 && parts[1].contains("  plotwatch \(name) "), "\(help)")
        let table = help.out.components(separatedBy: "EXIT STATUS:").last ?? ""
        #expect(
            table.contains("0    done") && table.contains("2    the command line or the site file is wrong"), "\(help)")
        #expect(help.out.contains("--json"), "\(help)")
        let examples = parts.last?.components(separatedBy: "\n\n").first ?? ""
        for line in examples.split(separator: "\n") {
            #expect(line.hasPrefix("  plotwatch \(name) "), "an example is broken over two lines: \(line)")
        }
    }

    @Test func theProgramsHelpNamesEverySubcommand() throws {
        let help = try Command.run("--help")
        #expect(help.status == 0)
        for name in Self.subcommands { #expect(help.out.contains("\n  \(name) ")) }
        for status in ["0", "1", "2", "3", "4", "130"] { #expect(help.out.contains("\n  \(status)  ")) }
        #expect(try Command.run("--version").out.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
    }

    @Test(arguments: [
        ["nonsense"], ["run"], ["run", "a", "b"], ["run", ".", "--jobs", "0"], ["run", ".", "--jobs", "many"],
        ["run", ".", "--nonsense"],
        ["flags", ".", "--status", "guilty"], ["readings", ".", "--format", "xlsx"], ["inspect", "."], ["report", "."],
    ])
    func aWrongCommandLineIsUsage(words: [String]) throws {
        let result = try Command(words).end()
        #expect(result.status == 2, "\(result)")
        #expect(result.out.isEmpty && !result.err.isEmpty, "\(result)")
    }
}
