import Foundation
import Testing
import Village

@testable import Archive

private func scan(_ archive: TemporaryArchive, _ glob: String = "**/*.jpg") -> (
    files: [String], problems: [String: ScanProblem.Kind]
) {
    var files: [String] = []
    var problems: [String: ScanProblem.Kind] = [:]
    for item in ArchiveScanner(archive: archive.path, cameras: []).items(matching: glob) {
        switch item {
        case .file(let file): files.append(file.path)
        case .problem(let problem):
            problems[problem.path] = problem.kind
            #expect(!problem.reason.isEmpty && !problem.remedy.isEmpty)
        }
    }
    return (files, problems)
}

@Test func filesComeInTheOrderOfTheirPathsBytes() throws {
    let archive = try TemporaryArchive()
    let names = [
        "b/2.jpg", "b/10.jpg", "b.jpg", "b-.jpg", "a/z/1.jpg", "a.jpg", "B/1.jpg", "后山/1.jpg", "b/x/1.jpg", "b/x.jpg",
    ]
    for name in names { try archive.write(to: name) }
    try archive.write(to: "b/notes.txt")
    #expect(scan(archive).files == names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
}

@Test func aCameraHasItsOwnFilesWithSizeAndTime() throws {
    let archive = try TemporaryArchive()
    let file = try archive.write([1, 2, 3], to: "cam_a/1.jpg")
    try archive.write([], to: "cam_a/empty.jpg")
    try archive.write(to: "cam_b/1.jpg")
    try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 1_709_265_600)], ofItemAtPath: file)
    let camera = Camera(
        id: "a", name: "a", files: "cam_a/*", timestamp: .automatic, reference: nil, ignore: [], ground: [])
    let scanner = ArchiveScanner(archive: archive.path, cameras: [camera])
    let found = scanner.items(of: "a").compactMap { if case .file(let file) = $0 { file } else { nil } }
    #expect(found.map(\.path) == ["cam_a/1.jpg", "cam_a/empty.jpg"])
    #expect(found.map(\.sizeInBytes) == [3, 0])
    #expect(found[0].modified == Date(timeIntervalSince1970: 1_709_265_600) && found[0].inode != found[1].inode)
    #expect(Array(scanner.items(of: "b")).isEmpty)
}

@Test func nastyThingsAreReportedAndTheWalkGoesOn() throws {
    let archive = try TemporaryArchive(), outside = try TemporaryArchive()
    try outside.write(to: "secret.jpg")
    try archive.write(to: "c/1.jpg")
    try archive.write(to: "c/folder.jpg/inner.jpg")
    mkfifo("\(archive.path)/c/pipe.jpg", 0o600)
    archive.link("c/self.jpg", to: "self.jpg")
    archive.link("c/up", to: "..")
    archive.link("c/out.jpg", to: "\(outside.path)/secret.jpg")
    archive.link("c/outfolder", to: outside.path)
    archive.link("c/nowhere.jpg", to: "gone.jpg")
    archive.link("c/inside.jpg", to: "1.jpg")
    try archive.write(to: "d/x/9.jpg")
    archive.link("c/dlink", to: "../d")
    archive.link("c/dlink2", to: "../d")
    try archive.write(to: "z.jpg")
    let (files, problems) = scan(archive)
    #expect(files == ["c/1.jpg", "c/dlink/x/9.jpg", "c/folder.jpg/inner.jpg", "c/inside.jpg", "d/x/9.jpg", "z.jpg"])
    #expect(
        problems == [
            "c/folder.jpg": .folderNamedAsFile, "c/pipe.jpg": .notRegular, "c/self.jpg": .linkLoop, "c/up": .linkLoop,
            "c/out.jpg": .linkOutside,
            "c/outfolder": .linkOutside, "c/nowhere.jpg": .brokenLink,
        ])
}

/// A neighbour whose name begins like the archive's is outside.
@Test func aNeighbourOfTheArchiveIsOutside() throws {
    let parent = try TemporaryArchive()
    try parent.write(to: "archive2/1.jpg")
    try parent.makeFolder("archive")
    symlink("../archive2/1.jpg", parent.path + "/archive/1.jpg")
    let items = Array(ArchiveScanner(archive: parent.path + "/archive", cameras: []).items(matching: "*.jpg"))
    guard case .problem(let problem)? = items.first, items.count == 1 else {
        Issue.record("\(items)")
        return
    }
    #expect(problem.kind == .linkOutside)
    #expect(throws: ArchiveError.outsideArchive(path: "1.jpg")) {
        _ = try FileReader(archive: parent.path + "/archive").read(path: "1.jpg")
    }
}

@Test(.enabled(if: rightsAreChecked, "the superuser may read everything"))
func unreadableFoldersAreReported() throws {
    let archive = try TemporaryArchive()
    try archive.write(to: "a/1.jpg")
    try archive.write(to: "b/1.jpg")
    chmod(archive.path + "/a", 0)
    let (files, problems) = scan(archive)
    chmod(archive.path + "/a", 0o700)
    #expect(files == ["b/1.jpg"] && problems == ["a": .unreadable])
}

@Test func chineseNamesAreFoundInEitherSpellingAndKeptAsTheyAre() throws {
    let archive = try TemporaryArchive()
    let composed = "caf\u{E9}/后山.jpg", decomposed = "cafe\u{301}/后山.jpg"
    try archive.write(to: composed)
    try archive.write(to: decomposed)
    let files = scan(archive, "caf\u{E9}/*.jpg").files
    #expect(files.map { Array($0.utf8) } == [decomposed, composed].map { Array($0.utf8) })
    for file in files { #expect(try FileReader(archive: archive.path).read(path: file).bytes == [1]) }
}

@Test func namesThatAreNoUnicodeAreReported() throws {
    let archive = try TemporaryArchive()
    let gbk: [UInt8] = [0xBA, 0xF3, 0xC9, 0xBD]
    let path = Array("\(archive.path)/".utf8) + gbk + Array(".jpg\0".utf8)
    let descriptor = path.withUnsafeBytes {
        open($0.baseAddress!.assumingMemoryBound(to: CChar.self), O_CREAT | O_WRONLY, 0o600)
    }
    try #require(descriptor >= 0)
    close(descriptor)
    #expect(scan(archive).problems.values.contains(.nameNotUnicode))
}

@Test func aMissingArchiveIsOneProblem() {
    let items = Array(ArchiveScanner(archive: "/nonexistent/archive", cameras: []).items(matching: "**"))
    guard case .problem(let problem)? = items.first, items.count == 1 else {
        Issue.record("\(items)")
        return
    }
    #expect(problem.kind == .noArchive)
}

@Test func whatVanishesDuringTheWalkIsPassedOver() throws {
    let archive = try TemporaryArchive()
    for name in ["a/1.jpg", "b/1.jpg", "c/1.jpg"] { try archive.write(to: name) }
    var walk = ArchiveScanner(archive: archive.path, cameras: []).items(matching: "**/*.jpg").makeIterator()
    guard case .file(let first)? = walk.next() else {
        Issue.record("nothing found")
        return
    }
    #expect(first.path == "a/1.jpg")
    try FileManager.default.removeItem(atPath: archive.path + "/b")
    var rest: [ScanItem] = []
    while let item = walk.next() { rest.append(item) }
    guard case .file(let last)? = rest.last, rest.count == 1 else {
        Issue.record("\(rest)")
        return
    }
    #expect(last.path == "c/1.jpg")
}

@Test func tooManyFoldersInOneAnotherAreReported() throws {
    let archive = try TemporaryArchive()
    try archive.write(to: String(repeating: "d/", count: ArchiveWalk.deepest + 3) + "1.jpg")
    try archive.write(to: "e.jpg")
    let (files, problems) = scan(archive)
    #expect(files == ["e.jpg"] && Array(problems.values) == [.tooDeep])
}
