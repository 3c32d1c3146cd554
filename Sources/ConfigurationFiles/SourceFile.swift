import Foundation
import Village

/// Reads a configuration file as text, or says why it is none.
enum SourceFile {
    static func text(path: String, limits: DocumentLimits) throws(ConfigurationError) -> String {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw ConfigurationError(
                path, .init(zh: "没有这个文件", en: "there is no such file"),
                remedy: .init(
                    zh: "请检查路径，或用 plotwatch init 写一份", en: "check the path, or write one with \"plotwatch init\""))
        }
        let attributes = try? FileManager.default.attributesOfItem(
            atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
        guard !isFolder.boolValue, attributes?[.type] as? FileAttributeType == .typeRegular else {
            throw ConfigurationError(
                path, .init(zh: "这不是文件", en: "this is no file"),
                remedy: .init(zh: "请写一个 YAML 文件", en: "name a YAML file"))
        }
        if let size = attributes?[.size] as? NSNumber, size.intValue > limits.bytes {
            throw ConfigurationError(faults: [tooLarge(file: path, limits: limits)])
        }
        let bytes: Data
        do {
            bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw ConfigurationError(
                path, .init(zh: "文件读不了", en: "the file can't be read"),
                remedy: .init(
                    zh: "请给运行 plotwatch 的用户读这个文件的权限",
                    en: "give the user that runs plotwatch the right to read it"))
        }
        return try text(bytes: [UInt8](bytes), file: path)
    }

    static func text(bytes: [UInt8], file: String) throws(ConfigurationError) -> String {
        var bytes = bytes[...]
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            throw ConfigurationError(file, .init(zh: "文件是 UTF-16 编码", en: "the file is UTF-16"), remedy: saveAsUTF8)
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        let line = lineOfFirstInvalidByte(in: bytes)
        throw ConfigurationError(
            file, line: line, .init(zh: "文字不是 UTF-8 编码（可能是 GBK）", en: "the text is not UTF-8 (GBK, perhaps)"),
            remedy: saveAsUTF8)
    }

    private static let saveAsUTF8 = Bilingual(
        zh: "请在编辑器里另存为 UTF-8 编码（记事本：另存为，编码选 UTF-8）", en: "save the file as UTF-8 in your editor")

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
            file: file, line: 1,
            wrong: .init(zh: "文件超过 \(limits.bytes) 字节", en: "the file is larger than \(limits.bytes) bytes"),
            right: .init(zh: "请写一个人工编写的文件", en: "name a file that people wrote by hand"))
    }
}
