import Evidence

extension FuzzTarget {
    /// What `verify` reads.
    static let zip = FuzzTarget(
        name: "zip", longest: 4096,
        words: ["PK\u{3}\u{4}", "PK\u{1}\u{2}", "PK\u{5}\u{6}", "../", "manifest.json", "journal.jsonl", "\u{0}\u{8}"],
        seeds: { try zipSeeds() }
    ) { bytes in
        let verified = EvidenceVerification(of: bytes)
        guard let entries = try? ZipFile.decode(bytes) else {
            promise(!verified.isIntact, "a file that cannot be unpacked is called intact")
            return true
        }
        for entry in entries {
            let parts = entry.name.split(separator: "/", omittingEmptySubsequences: false)
            promise(!parts.contains("..") && !parts.contains(""), "a name that leaves its folder: \(entry.name)")
        }
        promise(entries.reduce(0) { $0 + $1.bytes.count } <= bytes.count, "more bytes than the file has")
        if verified.isIntact {
            promise((try? ZipFile.encode(entries)) == bytes, "other bytes than were sealed are called intact")
        }
        return true
    }

    private static func zipSeeds() throws -> [[UInt8]] {
        var package = EvidencePackage(
            EvidenceManifest(
                site: "daxi", subject: "cam-1", isShared: false, tool: "plotwatch 0", settings: "00", notice: ["线索"]))
        package.add("originals/cam/一.jpg", [0xFF, 0xD8, 1, 2, 3], role: "original")
        package.add("flag.json", text: "{\"id\":\"cam-1\"}\n")
        package.miss("after", reason: "gone")
        return try [
            package.sealed().bytes, ZipFile.encode([]), ZipFile.encode([ZipEntry(name: "a/b", bytes: [1])]),
        ]
    }
}
