import Files
import Foundation
import Reporting
import Synchronization
import Village

/// The only place that writes to the terminal: results to stdout, messages to stderr.
enum Console {
    /// A reader that goes away (`| head`) is no fault: writing then fails quietly.
    static func ignoreBrokenPipes() { signal(SIGPIPE, SIG_IGN) }

    static func print(_ text: String) { emit(text.hasSuffix("\n") ? text : text + "\n") }

    /// Without a line end added. A file or a pipe gets the bytes as they are, but for the byte order mark that tables
    /// have for spreadsheets: it belongs into files that we name.
    static func emit(_ text: String) {
        let plain = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
        write(outputWidth == nil ? plain : harmless(plain), to: STDOUT_FILENO)
    }

    static func say(_ text: String) { write(harmless(text) + "\n", to: STDERR_FILENO) }

    /// In the terminal's language, or in both.
    static func say(_ text: Bilingual) { say([text]) }

    /// Lines that belong together: first all of them in one language, then in the other.
    static func say(_ lines: [Bilingual]) {
        var said: [String] = []
        for language in Terminal.languages {
            let text = lines.map { $0.text(in: language) }.joined(separator: "\n")
            if !said.contains(text) { say(text) }
            said.append(text)
        }
    }

    /// One JSON document on one line, for programs; it escapes what could drive a terminal.
    static func event(_ json: String) { write(json + "\n", to: STDERR_FILENO) }

    /// A text that cannot drive a terminal: names of files and words of damaged files come from strangers.
    static func harmless(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { TextWidth.printable(String($0)) }
            .joined(separator: "\n")
    }

    /// What the program itself draws: the only control characters that reach a terminal.
    static func draw(_ text: String) { write(text, to: STDERR_FILENO) }

    /// The error number of a result that stdout did not take; 0 where it took everything.
    private static let lostBy = Atomic<Int32>(0)

    /// A result that was lost on a full disk is not done.
    static func lostOutput(after status: ExitStatus) -> ExitStatus {
        let code = lostBy.load(ordering: .relaxed)
        guard code != 0 else { return status }
        say("plotwatch: " + FileFault(path: "stdout", code: code).message)
        return .couldNotRun
    }

    static func flush() { fflush(nil) }

    static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Columns of the terminal that stdout is; `nil` where it is none.
    static var outputWidth: Int? { width(STDOUT_FILENO) }
    static var errorWidth: Int? { width(STDERR_FILENO) }

    private static func width(_ descriptor: Int32) -> Int? {
        guard isatty(descriptor) == 1 else { return nil }
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    private static func write(_ text: String, to descriptor: Int32) {
        let bytes = Array(text.utf8)
        bytes.withUnsafeBytes { buffer in
            var done = 0
            while done < buffer.count {
                let wrote = Foundation.write(descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done)
                if wrote < 0, errno == EINTR { continue }
                if wrote <= 0 {
                    if descriptor == STDOUT_FILENO, wrote < 0, errno != EPIPE {
                        lostBy.store(errno, ordering: .relaxed)
                    }
                    return
                }
                done += wrote
            }
        }
    }
}
