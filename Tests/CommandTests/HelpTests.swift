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
        Self.expectPasteable(examples, name)
    }

    static let cases = [
        "list", "show", "open", "assign", "move", "due", "close", "note", "hold", "overdue", "export", "worklist",
        "search", "retention",
    ]

    @Test(arguments: cases) func everyActOnACaseHasExamples(name: String) throws {
        let help = try Command.run("case", name, "--help")
        let parts = help.out.components(separatedBy: "EXAMPLES:")
        #expect(help.status == 0 && parts.count == 2 && help.out.contains("EXIT STATUS:"), "\(help)")
        Self.expectPasteable(parts.last?.components(separatedBy: "\n\n").first ?? "", "case \(name)")
    }

    /// A line that is too long ends with a backslash; a word about an example stands behind `#`.
    private static func expectPasteable(_ examples: String, _ name: String) {
        var isWhole = true
        for line in examples.split(separator: "\n") {
            let isPart = isWhole ? line.hasPrefix("  plotwatch \(name) ") : line.hasPrefix("      --")
            #expect(isPart, "an example is broken over two lines: \(line)")
            #expect(line.firstMatch(of: /\S {2,}[^# ]/) == nil, "words that a shell would take: \(line)")
            isWhole = !line.hasSuffix(" \\")
        }
        #expect(isWhole)
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
