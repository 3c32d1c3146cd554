import Foundation
import Village

/// A YAML file as a tree whose every value knows its line.
///
/// Readers take values from ``root``; whatever is wrong is gathered, and ``finish()`` throws all of it at once.
///
/// - Note: Anchors and aliases are refused: a site file has no use for them, and a few lines of them can stand for
///   billions of values.
public struct Document {
    /// As faults name it.
    public let file: String
    public let root: Node
    private let limits: DocumentLimits
    private let faults: FaultList

    /// Reads a file.
    ///
    /// - Throws: one fault where the file can't be read, isn't UTF-8 or isn't YAML.
    public init(path: String, limits: DocumentLimits = .standard) throws(ConfigurationError) {
        try self.init(text: SourceFile.text(path: path, limits: limits), file: path, limits: limits)
    }

    /// Reads a text that came from `file`.
    public init(text: String, file: String, limits: DocumentLimits = .standard) throws(ConfigurationError) {
        let faults = FaultList(file: file)
        self.file = file
        self.limits = limits
        self.faults = faults
        guard text.utf8.count <= limits.bytes else {
            throw ConfigurationError(faults: [SourceFile.tooLarge(file: file, limits: limits)])
        }
        SourceScan(text: text, limits: limits).report(to: faults)
        guard faults.faults.isEmpty else { throw ConfigurationError(faults: faults.inOrder) }
        root = try Composer(text: text, limits: limits, faults: faults).compose()
    }

    /// Adds a fault that no value of the tree stands for.
    public func fault(line: Int, _ wrong: Bilingual, remedy: Bilingual) {
        faults.add(line: line, column: nil, wrong, remedy: remedy)
    }

    /// - Throws: everything that was found wrong so far, by line.
    public func finish() throws(ConfigurationError) {
        var found = faults.inOrder
        guard !found.isEmpty else { return }
        if found.count > limits.faults {
            let rest = found.count - limits.faults
            let last = found[limits.faults]
            found = Array(found.prefix(limits.faults))
            found.append(
                ConfigurationFault(
                    file: file, line: last.line,
                    wrong: .init(zh: "后面还有\(rest)处错误", en: "\(rest) more faults follow"),
                    right: .init(zh: "请先改好上面的", en: "correct those above first")))
        }
        throw ConfigurationError(faults: found)
    }
}
