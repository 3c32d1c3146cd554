import Files

/// Stdout, or a file that is there whole or not at all.
struct Sink {
    private let file: WholeFile?

    init(path: String?) throws { file = try path.map { try WholeFile(path: $0) } }

    func write(_ text: String) throws {
        guard let file else { return Console.emit(text) }
        try file.append(text.utf8)
    }

    func close() throws { try file?.finish() }
}
