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
    /// Examples, then the table of exit statuses.
    static func discussion(_ text: String? = nil, examples: [String], statuses: [ExitStatus] = ExitStatus.allCases)
        -> String
    {
        var lines: [String] = []
        if let text { lines += [text, ""] }
        lines.append("EXAMPLES:")
        lines += examples.map { "  " + $0 }
        lines += ["", "EXIT STATUS:"]
        lines += statuses.map { status in
            let number = "\(status.rawValue)"
            return "  " + number + String(repeating: " ", count: 5 - number.count) + status.meaning
        }
        return lines.joined(separator: "\n")
    }
}
