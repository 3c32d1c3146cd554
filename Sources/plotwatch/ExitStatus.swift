/// How the command ends; the one table that every `--help` prints.
enum ExitStatus: Int32, CaseIterable, Error {
    case done = 0
    case couldNotRun = 1
    case usage = 2
    case someUnusable = 3
    case flagsRaised = 4
    case interrupted = 130

    var meaning: String {
        switch self {
        case .done: "done"
        case .couldNotRun: "could not run"
        case .usage: "the command line or the site file is wrong"
        case .someUnusable: "done, some images could not be used"
        case .flagsRaised: "done, flags raised (only with --fail-on-flag)"
        case .interrupted: "interrupted; run again to go on"
        }
    }
}

enum HelpText {
    /// Characters of a line of help, which the parser wraps at 80.
    private static let longestLine = 76

    /// An example in lines that a shell takes as one where it is too long for one.
    private static func pasteable(_ example: String) -> [String] {
        guard example.count > longestLine else { return ["  " + example] }
        var lines: [String] = [], line = "  "
        for (index, word) in example.split(separator: " --").enumerated() {
            let next = (index == 0 ? "" : " --") + word
            if line.count + next.count > longestLine, index > 0 {
                lines.append(line + " \\")
                line = "     "
            }
            line += next
        }
        return lines + [line]
    }

    /// Examples, then the table of exit statuses.
    static func discussion(_ text: String? = nil, examples: [String], statuses: [ExitStatus] = ExitStatus.allCases)
        -> String
    {
        var lines: [String] = []
        if let text { lines += [text, ""] }
        lines.append("EXAMPLES:")
        lines += examples.flatMap(pasteable)
        lines += ["", "EXIT STATUS:"]
        lines += statuses.map { status in
            let number = "\(status.rawValue)"
            return "  " + number + String(repeating: " ", count: 5 - number.count) + status.meaning
        }
        return lines.joined(separator: "\n")
    }
}
