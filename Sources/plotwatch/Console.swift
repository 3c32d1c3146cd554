import Foundation

/// The only place that writes to the terminal: results to stdout, messages to stderr.
enum Console {
    /// A reader that goes away (`| head`) is no fault: writing then fails quietly.
    static func ignoreBrokenPipes() { signal(SIGPIPE, SIG_IGN) }

    static func print(_ text: String) {
        write(text.hasSuffix("\n") ? text : text + "\n", to: STDOUT_FILENO)
    }

    /// Without a line end added.
    static func emit(_ text: String) { write(text, to: STDOUT_FILENO) }

    static func say(_ text: String) { write(text + "\n", to: STDERR_FILENO) }

    static func draw(_ text: String) { write(text, to: STDERR_FILENO) }

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
                if wrote <= 0 { return }
                done += wrote
            }
        }
    }
}
