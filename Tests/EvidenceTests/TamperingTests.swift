import Foundation
import Testing
import Village

@testable import Evidence

/// An evidence file changed in every way that came to mind; none may pass.
@Suite struct TamperingTests {
    static func package() -> EvidencePackage {
        var package = EvidencePackage(
            EvidenceManifest(
                site: "daxi", subject: "cam-1", isShared: false, tool: "plotwatch 0", settings: "00", notice: ["线索"]))
        package.add("originals/cam/2024/一.jpg", [0xFF, 0xD8] + (0..<300).map { UInt8($0 % 251) }, role: "original")
        package.add("originals/cam/2024/二.jpg", [0xFF, 0xD8] + (0..<300).map { UInt8($0 % 241) }, role: "original")
        package.add("pictures/mask.png", [0x89, 0x50], role: "picture")
        package.add("flag.json", text: "{\"id\":\"cam-1\"}\n")
        package.add("empty.txt", text: "")
        package.miss("after", reason: "gone")
        return package
    }

    static let original = Result { try package().sealed() }

    private static func entries() throws -> [ZipEntry] { try ZipFile.decode(original.get().bytes) }

    /// Repacks after a change to the content.
    private static func repacked(_ change: (inout [ZipEntry]) -> Void) throws -> [UInt8] {
        var entries = try entries()
        change(&entries)
        return try ZipFile.encode(entries)
    }

    private static func edited(_ name: String, _ change: (inout [UInt8]) -> Void) throws -> [UInt8] {
        try repacked { entries in
            for index in entries.indices where entries[index].name == name { change(&entries[index].bytes) }
        }
    }

    private static func replaced(_ name: String, _ old: String, _ new: String) throws -> [UInt8] {
        try edited(name) {
            $0 = Array(String(decoding: $0, as: UTF8.self).replacingOccurrences(of: old, with: new).utf8)
        }
    }

    private static func find(_ pattern: [UInt8], in bytes: [UInt8], last: Bool = false) -> Int {
        let places = (0...(bytes.count - pattern.count)).filter {
            bytes[$0..<($0 + pattern.count)].elementsEqual(pattern)
        }
        return (last ? places.last : places.first) ?? 0
    }

    private static func raw(_ change: (inout [UInt8]) -> Void) throws -> [UInt8] {
        var bytes = try original.get().bytes
        change(&bytes)
        return bytes
    }

    struct Kind: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// The file that must be named; `nil` = the archive itself.
        var path: String?
        var bytes: @Sendable () throws -> [UInt8]

        init(_ name: String, _ path: String?, _ bytes: @escaping @Sendable () throws -> [UInt8]) {
            testDescription = name
            self.path = path
            self.bytes = bytes
        }
    }

    static let one = "originals/cam/2024/一.jpg", two = "originals/cam/2024/二.jpg"
    static let local: [UInt8] = [0x50, 0x4B, 3, 4], central: [UInt8] = [0x50, 0x4B, 1, 2],
        end: [UInt8] = [0x50, 0x4B, 5, 6]

    static let kinds: [Kind] = [
        Kind("a bit of an original", one) { try edited(one) { $0[100] ^= 1 } },
        Kind("the last byte of an original", two) { try edited(two) { $0[$0.count - 1] &+= 1 } },
        Kind("a byte added to an original", one) { try edited(one) { $0.append(0) } },
        Kind("an original cut short", one) { try edited(one) { $0.removeLast(10) } },
        Kind("an original emptied", one) { try edited(one) { $0 = [] } },
        Kind("an empty file filled", "empty.txt") { try edited("empty.txt") { $0 = [32] } },
        Kind("two originals exchanged", one) {
            try repacked { entries in
                let a = entries.firstIndex { $0.name == one } ?? 0, b = entries.firstIndex { $0.name == two } ?? 0
                (entries[a].bytes, entries[b].bytes) = (entries[b].bytes, entries[a].bytes)
            }
        },
        Kind("an original taken out", one) { try repacked { $0.removeAll { $0.name == one } } },
        Kind("a file put in", "pictures/after.jpg") {
            try repacked { $0.append(ZipEntry(name: "pictures/after.jpg", bytes: [1])) }
        },
        Kind("an original renamed", one) {
            try repacked { entries in
                for index in entries.indices where entries[index].name == one {
                    entries[index].name = "originals/cam/2024/3.jpg"
                }
            }
        },
        Kind("a word of a document", "flag.json") { try replaced("flag.json", "cam-1", "cam-2") },
        Kind("the manifest's subject", "SEAL") { try replaced("manifest.json", "\"cam-1\"", "\"cam-2\"") },
        Kind("the manifest's settings", "SEAL") { try replaced("manifest.json", "\"00\"", "\"01\"") },
        Kind("the manifest's reason for an absence", "SEAL") { try replaced("manifest.json", "gone", "here") },
        Kind("a space in the manifest", "SEAL") { try edited("manifest.json") { $0.append(32) } },
        Kind("the manifest taken out", "manifest.json") {
            try repacked { $0.removeAll { $0.name == "manifest.json" } }
        },
        Kind("the manifest made unreadable", "manifest.json") { try edited("manifest.json") { $0[0] = 0 } },
        Kind("the seal", "SEAL") { try edited("SEAL") { $0[0] = $0[0] == 48 ? 49 : 48 } },
        Kind("the seal taken out", "SEAL") { try repacked { $0.removeAll { $0.name == "SEAL" } } },
        Kind("the sums", "SHA256SUMS") { try replaced("SHA256SUMS", "flag.json", "flag2.json") },
        Kind("the sums taken out", "SHA256SUMS") { try repacked { $0.removeAll { $0.name == "SHA256SUMS" } } },
        Kind("original and manifest together", "SEAL") {
            let changed = try edited(one) { $0[100] ^= 1 }
            let bytes = try ZipFile.decode(changed).first { $0.name == one }?.bytes ?? []
            let old = try entries().first { $0.name == one }?.bytes ?? []
            return try ZipFile.encode(
                try ZipFile.decode(changed).map { entry in
                    guard entry.name == "manifest.json" else { return entry }
                    let text = String(decoding: entry.bytes, as: UTF8.self).replacingOccurrences(
                        of: EvidenceManifest.sha256(old), with: EvidenceManifest.sha256(bytes))
                    return ZipEntry(name: entry.name, bytes: Array(text.utf8))
                })
        },
        Kind("raw: a content byte without its checksum", nil) { try raw { $0[find(local, in: $0) + 200] ^= 1 } },
        Kind("raw: cut by one byte", nil) { try raw { $0.removeLast() } },
        Kind("raw: cut in half", nil) { try raw { $0.removeLast($0.count / 2) } },
        Kind("raw: a byte behind the end", nil) { try raw { $0.append(0) } },
        Kind("raw: a byte before the beginning", nil) { try raw { $0.insert(0, at: 0) } },
        Kind("raw: a comment", nil) {
            try raw {
                $0[$0.count - 2] = 1; $0.append(65)
            }
        },
        Kind("raw: a time in the directory", nil) { try raw { $0[find(central, in: $0) + 12] ^= 1 } },
        Kind("raw: a time in a record", nil) { try raw { $0[find(local, in: $0) + 10] ^= 1 } },
        Kind("raw: attributes", nil) { try raw { $0[find(central, in: $0) + 38] = 1 } },
        Kind("raw: the name in the record only", nil) { try raw { $0[find(local, in: $0) + 30] ^= 1 } },
        Kind("raw: the name in the directory only", nil) { try raw { $0[find(central, in: $0) + 46] ^= 1 } },
        Kind("raw: number of entries", nil) {
            try raw {
                $0[$0.count - 22 + 8] -= 1; $0[$0.count - 22 + 10] -= 1
            }
        },
        Kind("raw: a flag of encryption", nil) { try raw { $0[find(central, in: $0) + 8] |= 1 } },
        Kind("raw: a size", nil) { try raw { $0[find(central, in: $0) + 24] ^= 1 } },
        Kind("raw: a checksum in both", nil) {
            try raw {
                $0[find(local, in: $0) + 14] ^= 1; $0[find(central, in: $0) + 16] ^= 1
            }
        },
        Kind("raw: where an entry begins", nil) { try raw { $0[find(central, in: $0, last: true) + 42] ^= 1 } },
        Kind("nothing left", nil) { [] },
    ]

    @Test(arguments: kinds) func isCaught(kind: Kind) throws {
        let verification = EvidenceVerification(of: try kind.bytes())
        #expect(!verification.isIntact)
        #expect(
            verification.faults.contains { $0.path == kind.path },
            "\(kind.testDescription): \(verification.faults.map { $0.path ?? "archive" })")
    }

    @Test func thereAreMoreThanTwentyKinds() { #expect(Self.kinds.count > 20) }

    @Test func whatNobodyTouchedIsIntact() throws {
        let (bytes, seal) = try Self.original.get()
        for expected in [nil, seal, seal.uppercased()] {
            let verification = EvidenceVerification(of: bytes, expected: expected)
            #expect(verification.isIntact && verification.seal == seal, "\(verification.faults)")
        }
        #expect(verificationFaults(bytes, expected: String(repeating: "0", count: 64)) == ["manifest.json"])
    }

    private func verificationFaults(_ bytes: [UInt8], expected: String) -> [String?] {
        EvidenceVerification(of: bytes, expected: expected).faults.map(\.path)
    }

    /// Who rewrites everything is found out by the seal that was noted, and by nothing else.
    @Test func aForgerOfEverythingNeedsTheSealToo() throws {
        let (_, seal) = try Self.original.get()
        var other = Self.package()
        other.add("flag2.json", text: "{}")
        let forged = try other.sealed()
        #expect(EvidenceVerification(of: forged.bytes).isIntact)
        #expect(!EvidenceVerification(of: forged.bytes, expected: seal).isIntact)
    }

    @Test func sameContentSameBytes() throws {
        #expect(try Self.package().sealed().bytes == Self.original.get().bytes)
        // Whatever the order in which it was put together.
        let entries = try Self.entries()
        #expect(try ZipFile.encode(entries.reversed()) == ZipFile.encode(entries))
    }

    /// No flipped bit anywhere goes unnoticed; one in each byte, as a whole run would take too long.
    @Test func everyByteCounts() throws {
        let (bytes, _) = try Self.original.get()
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= UInt8(1 << (index % 8))
            #expect(!EvidenceVerification(of: changed).isIntact, "byte \(index)")
        }
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")))
    func unzipAndSha256sumAgree() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "plotwatch-evidence-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let zip = folder.appendingPathComponent("a.zip")
        try Data(Self.original.get().bytes).write(to: zip)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = [
            "-c",
            """
            import sys, zipfile, hashlib
            z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None
            for line in z.read('SHA256SUMS').decode().splitlines():
                digest, name = line.split('  ', 1)
                assert hashlib.sha256(z.read(name)).hexdigest() == digest, name
            assert len(z.namelist()) == 8, z.namelist()
            """, zip.path,
        ]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}
