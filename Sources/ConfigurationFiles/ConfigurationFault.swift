import Village

/// One thing that is wrong in a file that people write, and what would be right.
public struct ConfigurationFault: Sendable, Hashable, CustomStringConvertible {
    /// As it was opened.
    public var file: String
    /// From 1.
    public var line: Int
    /// From 1, in Unicode scalars.
    public var column: Int?
    /// What is wrong.
    public var wrong: Bilingual
    /// What would be right.
    public var right: Bilingual

    public init(file: String, line: Int, column: Int? = nil, wrong: Bilingual, right: Bilingual) {
        self.file = file
        self.line = line
        self.column = column
        self.wrong = wrong
        self.right = right
    }

    /// In English, as logs keep it.
    public var message: String { wrong.en }
    public var remedy: String { right.en }

    /// `site.yaml:12: plot p1 has no camera – add "camera: …"`.
    public var description: String { text(in: .en) }

    /// One line, with the place before it.
    public func text(in language: Language) -> String {
        "\(file):\(line): \(wrong.text(in: language)) – \(right.text(in: language))"
    }
}

/// Everything that is wrong in one file, in the order of its lines.
public struct ConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
    public var faults: [ConfigurationFault]

    public init(faults: [ConfigurationFault]) { self.faults = faults }

    /// One fault alone.
    public init(_ file: String, line: Int = 1, _ wrong: Bilingual, remedy: Bilingual) {
        self.init(faults: [ConfigurationFault(file: file, line: line, wrong: wrong, right: remedy)])
    }

    /// One line for each fault.
    public var description: String { faults.map(\.description).joined(separator: "\n") }
}

/// Gathers faults while a document is read, so that all of them are told at once.
final class FaultList {
    let file: String
    private(set) var faults: [ConfigurationFault] = []
    private var told: Set<ConfigurationFault> = []

    init(file: String) { self.file = file }

    func add(line: Int, column: Int?, _ wrong: Bilingual, remedy: Bilingual) {
        let fault = ConfigurationFault(file: file, line: line, column: column, wrong: wrong, right: remedy)
        if told.insert(fault).inserted { faults.append(fault) }
    }

    var inOrder: [ConfigurationFault] {
        faults.enumerated().sorted { a, b in
            (a.element.line, a.element.column ?? 0, a.offset) < (b.element.line, b.element.column ?? 0, b.offset)
        }.map(\.element)
    }
}
