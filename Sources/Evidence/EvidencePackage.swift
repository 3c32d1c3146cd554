import Foundation

/// An evidence file in the making: documents and pictures, then sealed.
///
/// The archive holds them with `manifest.json` (every file with size and SHA-256), `SHA256SUMS` (for `sha256sum -c`) and
/// `SEAL` (the manifest's own SHA-256). The same content gives the same bytes.
public struct EvidencePackage: Sendable {
    static let manifestName = "manifest.json"
    static let sumsName = "SHA256SUMS"
    static let sealName = "SEAL"

    public private(set) var manifest: EvidenceManifest
    private var entries: [ZipEntry] = []

    public init(_ manifest: EvidenceManifest) { self.manifest = manifest }

    /// - Parameter path: `/` between folders; characters that a file name cannot hold everywhere become `_`.
    public mutating func add(_ path: String, _ bytes: [UInt8], role: String, origin: String? = nil) {
        let path = String(path.map { $0 == "\\" || $0 == ":" || $0.isNewline || $0 == "\0" ? "_" : $0 })
        entries.append(ZipEntry(name: path, bytes: bytes))
        manifest.files.append(
            .init(path: path, bytes: bytes.count, sha256: EvidenceManifest.sha256(bytes), role: role, origin: origin))
    }

    public mutating func add(_ path: String, text: String, role: String = "document") {
        add(path, Array(text.utf8), role: role)
    }

    public mutating func miss(_ what: String, reason: String) {
        manifest.absent.append(.init(what: what, reason: reason))
    }

    /// The archive, and the seal to note elsewhere: whoever changes the archive cannot keep it.
    public func sealed() throws -> (bytes: [UInt8], seal: String) {
        var manifest = manifest
        manifest.files.sort { Array($0.path.utf8).lexicographicallyPrecedes(Array($1.path.utf8)) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        let text = [UInt8](try encoder.encode(manifest)) + [10]
        let seal = EvidenceManifest.sha256(text)
        let sums = Self.sums(manifest, seal: seal)
        let own = [
            ZipEntry(name: Self.manifestName, bytes: text), ZipEntry(name: Self.sumsName, bytes: Array(sums.utf8)),
            ZipEntry(name: Self.sealName, bytes: Array((seal + "\n").utf8)),
        ]
        return (try ZipFile.encode(entries + own), seal)
    }

    /// Lines as `sha256sum` writes them.
    static func sums(_ manifest: EvidenceManifest, seal: String) -> String {
        (manifest.files.map { "\($0.sha256)  \($0.path)\n" } + ["\(seal)  \(manifestName)\n"]).joined()
    }
}
