import Foundation

/// Reads a configuration file as text, or says why it is none.
enum SourceFile {
    static func text(path: String, limits: DocumentLimits) throws(ConfigurationError) -> String {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw refusal(path, "there is no such file", remedy: "check the path, or write one with \"plotwatch init\"")
        }
        let attributes = try? FileManager.default.attributesOfItem(
            atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
        guard !isFolder.boolValue, attributes?[.type] as? FileAttributeType == .typeRegular else {
            throw refusal(path, "this is no file", remedy: "name a YAML file")
        }
        if let size = attributes?[.size] as? NSNumber, size.intValue > limits.bytes {
            throw ConfigurationError(faults: [tooLarge(file: path, limits: limits)])
        }
        let bytes: Data
        do {
            bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw refusal(
                path, "the file can't be read", remedy: "give the user that runs plotwatch the right to read it")
        }
        return try text(bytes: [UInt8](bytes), file: path)
    }

    static func text(bytes: [UInt8], file: String) throws(ConfigurationError) -> String {
        var bytes = bytes[...]
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            throw refusal(file, "the file is UTF-16", remedy: "save it as UTF-8 in your editor")
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        let line = lineOfFirstInvalidByte(in: bytes)
        throw ConfigurationError(faults: [
            ConfigurationFault(
                file: file, line: line, message: "the text is not UTF-8 (GBK, perhaps)",
                remedy: "save the file as UTF-8 in your editor")
        ])
    }

    /// Lines before the invalid one are whole by themselves, as no UTF-8 sequence holds a line feed.
    private static func lineOfFirstInvalidByte(in bytes: ArraySlice<UInt8>) -> Int {
        var line = 1
        for piece in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            if String(validating: piece, as: UTF8.self) == nil { return line }
            line += 1
        }
        return line
    }

    static func tooLarge(file: String, limits: DocumentLimits) -> ConfigurationFault {
        ConfigurationFault(
            file: file, line: 1, message: "the file is larger than \(limits.bytes) bytes",
            remedy: "name a file that people wrote by hand")
    }

    private static func refusal(_ file: String, _ message: String, remedy: String) -> ConfigurationError {
        ConfigurationError(faults: [ConfigurationFault(file: file, line: 1, message: message, remedy: remedy)])
    }
}
