import Testing

@testable import Evidence

/// Archives that were made to harm whoever unpacks them.
@Suite struct ZipFileTests {
    private func little(_ value: Int, _ bytes: Int) -> [UInt8] { (0..<bytes).map { UInt8(value >> (8 * $0) & 0xFF) } }

    /// An archive from its parts, so that each can lie.
    private func archive(
        _ names: [String], method: Int = 0, size: Int = 1, claimed: Int = 1, offsets: [Int]? = nil, count: Int? = nil
    ) -> [UInt8] {
        var out: [UInt8] = [], directory: [UInt8] = []
        for (index, name) in names.enumerated() {
            let body = [UInt8](repeating: 65, count: size)
            let head =
                little(20, 2) + little(1 << 11, 2) + little(method, 2) + little(0x21_0000, 4)
                + little(Int(CRC32.of(body)), 4) + little(claimed, 4) + little(claimed, 4)
                + little(name.utf8.count, 2) + little(0, 2)
            let offset = offsets?[index] ?? out.count
            out += [0x50, 0x4B, 3, 4] + head + Array(name.utf8) + body
            directory += [0x50, 0x4B, 1, 2] + little(20, 2) + head + [UInt8](repeating: 0, count: 10)
            directory += little(offset, 4) + Array(name.utf8)
        }
        let number = count ?? names.count
        return out + directory + [0x50, 0x4B, 5, 6] + little(0, 4) + little(number, 2) + little(number, 2)
            + little(directory.count, 4) + little(out.count, 4) + little(0, 2)
    }

    @Test func theParserTakesWhatIsRight() throws {
        #expect(try ZipFile.decode(archive(["a", "b/c.txt", "中/文.jpg"])).map(\.name) == ["a", "b/c.txt", "中/文.jpg"])
        #expect(try ZipFile.decode(ZipFile.encode([])).isEmpty)
    }

    @Test(arguments: [
        "../a", "/a", "a/../../b", "a//b", "./a", "a/.", "C:/a", "a\\..\\b", "a\u{0}b", "", "a\nb",
        String(repeating: "a", count: 401),
    ]) func aNameThatLeavesTheFolderIsRefused(name: String) {
        #expect(throws: ZipError.self) { try ZipFile.decode(archive([name])) }
        #expect(throws: ZipError.self) { try ZipFile.encode([ZipEntry(name: name, bytes: [])]) }
    }

    @Test(arguments: [["a", "a"], ["a", "A"], ["b/C.jpg", "b/c.JPG"]]) func aNameStandsOnce(names: [String]) {
        #expect(throws: ZipError.self) { try ZipFile.decode(archive(names)) }
    }

    @Test func overlappingEntriesAreRefused() {
        // Both entries in the same bytes, as in a bomb of quoted records.
        #expect(throws: ZipError.self) { try ZipFile.decode(archive(["a", "b"], offsets: [0, 0])) }
        #expect(throws: ZipError.self) { try ZipFile.decode(archive(["a", "b"], offsets: [32, 0])) }
        #expect(throws: ZipError.self) { try ZipFile.decode(archive(["a"], offsets: [1])) }
    }

    @Test(arguments: [0, 2, 1_000_000, Int(UInt32.max)]) func aSizeThatLiesIsRefused(claimed: Int) {
        #expect(throws: ZipError.self) { try ZipFile.decode(archive(["a"], claimed: claimed)) }
    }

    @Test func aCompressedEntryIsRefused() {
        #expect(throws: ZipError.unsupported(name: "a", what: "it is compressed")) {
            try ZipFile.decode(archive(["a"], method: 8))
        }
    }

    @Test(arguments: [0, 2, 65_535]) func aCountThatLiesIsRefused(count: Int) {
        #expect(throws: ZipError.self) { try ZipFile.decode(archive(["a"], count: count)) }
    }

    /// Cut anywhere, filled with noise: an error, never a crash.
    @Test func noiseIsRefused() throws {
        let whole = archive(["a", "b/c"], size: 20, claimed: 20)
        for length in 0..<whole.count {
            #expect(throws: ZipError.self) { try ZipFile.decode(Array(whole.prefix(length))) }
        }
        var state: UInt64 = 7
        for _ in 0..<2000 {
            var bytes = whole
            for _ in 0..<3 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                bytes[Int(state >> 33) % bytes.count] = UInt8(truncatingIfNeeded: state >> 20)
            }
            _ = try? ZipFile.decode(bytes)
        }
    }

    /// Check values of the CRC catalogue: "123456789" and nothing.
    @Test func checksum() {
        #expect(CRC32.of(Array("123456789".utf8)) == 0xCBF4_3926)
        #expect(CRC32.of([]) == 0)
    }
}
