import Foundation
import Storage
import Village

/// Whether an evidence file is as it was sealed.
public struct EvidenceVerification: Sendable, Equatable {
    public struct Fault: Sendable, Equatable {
        /// The file inside the archive; `nil` = the archive itself.
        public var path: String?
        public var problem: Bilingual

        init(_ path: String?, zh: String, en: String) {
            self.path = path
            problem = Bilingual(zh: zh, en: en)
        }
    }

    /// `nil` where it could not be read.
    public var manifest: EvidenceManifest?
    /// SHA-256 of the manifest as it is now.
    public var seal: String?
    public var faults: [Fault] = []

    public var isIntact: Bool { faults.isEmpty }

    /// - Parameters:
    ///   - bytes: the archive.
    ///   - expected: the seal that was noted when it was packed. Without it, somebody who rewrote manifest, sums and
    ///     seal together is not found out.
    public init(of bytes: [UInt8], expected: String? = nil) {
        let entries: [ZipEntry]
        do {
            entries = try ZipFile.decode(bytes)
        } catch {
            faults = [Fault(nil, zh: "压缩包已损坏或被改动：\(error.message)", en: "the archive was changed: \(error.message)")]
            return
        }
        if (try? ZipFile.encode(entries)) != bytes {
            faults.append(
                Fault(
                    nil, zh: "压缩包不是原来的写法：次序或记录被改过",
                    en: "the archive is not as it was written: order or records were changed"))
        }
        let files = Dictionary(entries.map { ($0.name, $0.bytes) }) { first, _ in first }
        guard let text = files[EvidencePackage.manifestName] else {
            faults.append(Fault(EvidencePackage.manifestName, zh: "缺少清单", en: "the manifest is missing"))
            return
        }
        let seal = EvidenceManifest.sha256(text)
        self.seal = seal
        checkSeal(seal, files: files, expected: expected)
        guard let manifest = try? JSONDecoder().decode(EvidenceManifest.self, from: Data(text)),
            manifest.plotwatch == "1", manifest.kind == "evidence"
        else {
            faults.append(Fault(EvidencePackage.manifestName, zh: "清单读不出来", en: "the manifest cannot be read"))
            return
        }
        self.manifest = manifest
        checkFiles(manifest, files: files)
        let sums = files[EvidencePackage.sumsName].map { String(decoding: $0, as: UTF8.self) }
        if sums != EvidencePackage.sums(manifest, seal: seal) {
            faults.append(
                Fault(EvidencePackage.sumsName, zh: "与清单不符", en: "it does not agree with the manifest"))
        }
        checkJournal(files["journal.jsonl"])
    }

    private mutating func checkSeal(_ seal: String, files: [String: [UInt8]], expected: String?) {
        let written = files[EvidencePackage.sealName].map { String(decoding: $0, as: UTF8.self) }
        if written != seal + "\n" {
            faults.append(Fault(EvidencePackage.sealName, zh: "清单的封印不符", en: "the manifest does not match its seal"))
        }
        if let expected, expected.lowercased() != seal {
            faults.append(
                Fault(
                    EvidencePackage.manifestName, zh: "与当时记下的封印不符：整个清单被重写过",
                    en: "it does not match the seal that was noted: the whole manifest was rewritten"))
        }
    }

    private mutating func checkFiles(_ manifest: EvidenceManifest, files: [String: [UInt8]]) {
        var listed: Set<String> = [
            EvidencePackage.manifestName, EvidencePackage.sumsName, EvidencePackage.sealName,
        ]
        for file in manifest.files {
            if !listed.insert(file.path).inserted {
                faults.append(Fault(file.path, zh: "清单里列了两次", en: "the manifest lists it twice"))
            }
            guard let bytes = files[file.path] else {
                faults.append(Fault(file.path, zh: "文件不见了", en: "the file is missing"))
                continue
            }
            if bytes.count != file.bytes || EvidenceManifest.sha256(bytes) != file.sha256 {
                faults.append(Fault(file.path, zh: "内容被改动", en: "its content was changed"))
            }
        }
        for name in files.keys.sorted() where !listed.contains(name) {
            faults.append(Fault(name, zh: "清单里没有这个文件", en: "the manifest does not list it"))
        }
    }

    /// Entries about one flag are a part of the journal: each must match its own hash.
    private mutating func checkJournal(_ bytes: [UInt8]?) {
        guard let bytes else { return }
        for line in bytes.split(separator: 10) {
            guard let entry = try? EvidenceJournal.decoder.decode(JournalEntry.self, from: Data(line)) else {
                faults.append(Fault("journal.jsonl", zh: "有一条记录读不出来", en: "an entry cannot be read"))
                continue
            }
            if JournalChain.hash(of: entry) != entry.hash {
                faults.append(
                    Fault(
                        "journal.jsonl", zh: "第\(entry.number)条记录被改动", en: "entry \(entry.number) was changed"))
            }
        }
    }
}

/// Journal entries as lines of JSON.
public enum EvidenceJournal {
    static var decoder: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .millisecondsSince1970
        return decoder
    }

    public static func lines(_ entries: [JournalEntry]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(Int64((date.timeIntervalSince1970 * 1000).rounded()))
        }
        return try entries.map { String(decoding: try encoder.encode($0), as: UTF8.self) + "\n" }.joined()
    }
}
