import Foundation
import TestKit
import Testing

@testable import Files

@Suite struct WholeFileTests {
    let folder: TemporaryFolder
    var path: String { folder.url.path + "/out.txt" }

    init() throws { folder = try TemporaryFolder() }

    private var names: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.url.path)) ?? []).sorted()
    }

    private func text() -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func theFormerFileStaysUntilTheNewOneIsWhole() throws {
        try WholeFile.write("old".utf8, to: path)
        let file = try WholeFile(path: path)
        try file.append("new".utf8)
        #expect(text() == "old")
        try file.append("er".utf8)
        try file.finish()
        #expect(text() == "newer" && names == ["out.txt"])
    }

    /// A file for its owner's eyes alone never is for others, not even while it is written.
    @Test func permissionsAreKeptAndSetBeforeTheFirstByte() throws {
        func mode(_ path: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        }
        let file = try WholeFile(path: path, permissions: 0o600)
        #expect(try mode(WholeFile.temporary(for: path)) == 0o600)
        try file.append("secret".utf8)
        try file.finish()
        #expect(try mode(path) == 0o600)
        try WholeFile.write("new".utf8, to: path)
        #expect(try mode(path) == 0o600 && text() == "new")
    }

    @Test func whatIsGivenUpLeavesNothing() throws {
        try WholeFile.write("old".utf8, to: path)
        do {
            let file = try WholeFile(path: path)
            try file.append("half".utf8)
        }
        #expect(text() == "old" && names == ["out.txt"])
    }

    @Test func whatAKilledWriterLeftIsUsedAgain() throws {
        try Data("much longer remains".utf8).write(to: URL(fileURLWithPath: WholeFile.temporary(for: path)))
        try WholeFile.write("new".utf8, to: path)
        #expect(text() == "new" && names == ["out.txt"])
    }

    /// Whoever can write into the folder must not be able to lead the bytes elsewhere.
    @Test func aLinkInThePlaceOfTheTemporaryFileIsNotFollowed() throws {
        let other = folder.url.path + "/other"
        try Data("keep".utf8).write(to: URL(fileURLWithPath: other))
        try FileManager.default.createSymbolicLink(
            atPath: WholeFile.temporary(for: path), withDestinationPath: other)
        #expect(throws: FileFault(path: path, code: ELOOP)) { try WholeFile.write("new".utf8, to: path) }
        #expect(FileManager.default.contents(atPath: other) == Data("keep".utf8) && text() == nil)
    }

    @Test func aLinkIsReplacedAndItsTargetLeftAlone() throws {
        let other = folder.url.path + "/other"
        try Data("keep".utf8).write(to: URL(fileURLWithPath: other))
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: other)
        try WholeFile.write("new".utf8, to: path)
        #expect(text() == "new" && FileManager.default.contents(atPath: other) == Data("keep".utf8))
    }

    @Test func aDeviceIsWrittenToAndStays() throws {
        try WholeFile.write("gone".utf8, to: "/dev/null")
        var status = stat()
        #expect(stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
        #expect(throws: FileFault(path: "/dev/full", code: ENOSPC)) { try WholeFile.write("x".utf8, to: "/dev/full") }
    }

    @Test func foldersAndMissingFoldersAreRefusedInWords() throws {
        #expect(throws: FileFault(path: folder.url.path, code: EISDIR)) {
            try WholeFile.write("x".utf8, to: folder.url.path)
        }
        let missing = folder.url.path + "/none/x"
        #expect(throws: FileFault(path: missing, code: ENOENT)) { try WholeFile.write("x".utf8, to: missing) }
        #expect(FileFault(path: "a", code: ENOSPC).message.contains("full"))
        #expect(names.isEmpty)
    }

    @Test(arguments: [String(repeating: "a", count: 255), String(repeating: "村", count: 85)]) func theLongestName(
        name: String
    )
        throws
    {
        let path = folder.url.path + "/" + name
        try WholeFile.write("x".utf8, to: path)
        #expect(names == [name])
    }

    /// Every file that appears is one of those that were written, whole.
    @Test func manyWritersOfOneFile() async throws {
        let path = path
        let texts = (0..<24).map { String(repeating: String($0 % 10), count: 50_000) }
        await withTaskGroup { group in
            for text in texts { group.addTask { try? WholeFile.write(text.utf8, to: path) } }
        }
        let found = try #require(text())
        #expect(texts.contains(found) && names == ["out.txt"])
    }
}
