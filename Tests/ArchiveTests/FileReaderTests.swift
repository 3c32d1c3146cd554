import Foundation
import Testing

@testable import Archive

@Test func aFileIsReadWithItsHash() throws {
    let archive = try TemporaryArchive()
    try archive.write(Array("abc".utf8), to: "c/1.jpg")
    try archive.write([], to: "empty.jpg")
    let large = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try archive.write(large, to: "large.jpg")
    let reader = FileReader(archive: archive.path)
    let read = try reader.read(path: "c/1.jpg")
    // FIPS 180-2, appendix B.1.
    #expect(read.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(read.bytes == Array("abc".utf8) && read.sizeInBytes == 3)
    #expect(
        try reader.read(path: "empty.jpg").sha256 == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(try reader.read(path: "large.jpg").bytes == large)
}

@Test func whatIsNoFileOfTheArchiveIsRefused() throws {
    let archive = try TemporaryArchive(), outside = try TemporaryArchive()
    try archive.write([1, 2, 3], to: "1.jpg")
    try outside.write(to: "secret.jpg")
    try archive.makeFolder("folder.jpg")
    mkfifo("\(archive.path)/pipe.jpg", 0o600)
    archive.link("loop.jpg", to: "loop.jpg")
    archive.link("out.jpg", to: "\(outside.path)/secret.jpg")
    archive.link("inside.jpg", to: "1.jpg")
    archive.link("device.jpg", to: "/dev/zero")
    let reader = FileReader(archive: archive.path)
    func refusal(_ path: String) throws -> ArchiveError {
        let error = #expect(throws: ArchiveError.self) { _ = try reader.read(path: path) }
        return try #require(error)
    }
    #expect(try reader.read(path: "inside.jpg").bytes == [1, 2, 3])
    #expect(try refusal("folder.jpg") == .notRegular(path: "folder.jpg", kind: "folder"))
    #expect(try refusal("pipe.jpg") == .notRegular(path: "pipe.jpg", kind: "fifo"))
    #expect(try refusal("device.jpg") == .outsideArchive(path: "device.jpg"))
    #expect(try refusal("loop.jpg") == .linkLoop(path: "loop.jpg"))
    #expect(try refusal("gone.jpg") == .vanished(path: "gone.jpg"))
    #expect(try refusal("1.jpg/x.jpg") == .vanished(path: "1.jpg/x.jpg"))
    for path in [
        "out.jpg", "../\((outside.path as NSString).lastPathComponent)/secret.jpg", "\(outside.path)/secret.jpg", "",
        "a/../../x",
    ] {
        #expect(try refusal(path) == .outsideArchive(path: path))
    }
    #expect(throws: ArchiveError.tooLarge(path: "1.jpg", sizeInBytes: 3, limit: 2)) {
        _ = try FileReader(archive: archive.path, limitInBytes: 2).read(path: "1.jpg")
    }
}

/// A share that is mounted anew elsewhere while a run goes on.
@Test func anArchiveIsReadWhereItsLinkLeadsNow() throws {
    let share = try TemporaryArchive(), first = try TemporaryArchive(), second = try TemporaryArchive()
    let outside = try TemporaryArchive()
    try first.write([1], to: "1.jpg")
    try second.write([2], to: "1.jpg")
    try outside.write([3], to: "1.jpg")
    second.link("out.jpg", to: "\(outside.path)/1.jpg")
    share.link("archive", to: first.path)
    let reader = FileReader(archive: "\(share.path)/archive")
    #expect(try reader.read(path: "1.jpg").bytes == [1])
    unlink("\(share.path)/archive")
    #expect(throws: ArchiveError.vanished(path: "1.jpg")) { try reader.read(path: "1.jpg") }
    share.link("archive", to: second.path)
    #expect(try reader.read(path: "1.jpg").bytes == [2])
    #expect(throws: ArchiveError.outsideArchive(path: "out.jpg")) { try reader.read(path: "out.jpg") }
}

@Test func filesThatChangeWhileTheyAreReadAreLeft() throws {
    let archive = try TemporaryArchive()
    let reader = FileReader(archive: archive.path)
    let changes: [(String, ArchiveError, (String) throws -> Void)] = [
        (
            "grows", .changing(path: "1.jpg"),
            { path in
                let handle = try #require(FileHandle(forWritingAtPath: path))
                try handle.seekToEnd()
                try handle.write(contentsOf: Data([4]))
            }
        ),
        (
            "is touched", .changing(path: "1.jpg"),
            {
                try FileManager.default.setAttributes(
                    [.modificationDate: Date(timeIntervalSince1970: 5)], ofItemAtPath: $0)
            }
        ),
        ("shrinks", .changing(path: "1.jpg"), { truncate($0, 1) }),
        (
            "is replaced", .changing(path: "1.jpg"),
            { path in
                rename(path, path + ".old")
                try Data([1, 2, 3]).write(to: URL(fileURLWithPath: path))
            }
        ),
        ("vanishes", .vanished(path: "1.jpg"), { unlink($0) }),
    ]
    for (name, error, change) in changes {
        let file = try archive.write([1, 2, 3], to: "1.jpg")
        #expect(throws: error, "\(name)") { _ = try reader.read(path: "1.jpg", beforeClosing: { try? change(file) }) }
    }
}

@Test(.enabled(if: rightsAreChecked, "the superuser may read everything"))
func forbiddenFilesSaySo() throws {
    let archive = try TemporaryArchive()
    chmod(try archive.write(to: "1.jpg"), 0)
    #expect(throws: ArchiveError.permissionDenied(path: "1.jpg")) {
        _ = try FileReader(archive: archive.path).read(path: "1.jpg")
    }
}

@Test func everyErrorSaysWhatHappenedAndWhatCanBeDone() {
    let errors: [ArchiveError] = [
        .vanished(path: "p"), .changing(path: "p"), .permissionDenied(path: "p"), .notRegular(path: "p", kind: "fifo"),
        .outsideArchive(path: "p"),
        .tooLarge(path: "p", sizeInBytes: 2, limit: 1), .linkLoop(path: "p"), .system(path: "p", reason: "r"),
    ]
    #expect(errors.allSatisfy { $0.path == "p" && !$0.message.isEmpty && !$0.remedy.isEmpty })
    #expect(Set(errors.map(\.message)).count == errors.count)
}

/// A sidecar's name is one byte longer than its picture's: it cannot be there, which is no fault of the disk.
@Test func aNameThatNoFileCanHaveIsNoFaultOfTheDisk() throws {
    let archive = try TemporaryArchive()
    let reader = FileReader(archive: archive.path)
    let names = [String(repeating: "a", count: 256), String(repeating: "村", count: 86)]
    for path in names + [Array(repeating: String(repeating: "a", count: 250), count: 20).joined(separator: "/")] {
        #expect(throws: ArchiveError.nameTooLong(path: path)) { try reader.read(path: path) }
        #expect(!ArchiveError.nameTooLong(path: path).isPassing)
    }
}
