import Foundation
import Testing

@testable import Archive

/// A thumbnail with its own end marker, a quantisation table, a scan with a stuffed FF and a restart marker.
private let jpeg: [UInt8] =
    [0xFF, 0xD8, 0xFF, 0xE1, 0x00, 0x0A, 0xFF, 0xD8, 0x01, 0xFF, 0xD9, 0x02, 0x03, 0x04]
    + [0xFF, 0xDB, 0x00, 0x04, 0xFF, 0xD9, 0xFF, 0xDA, 0x00, 0x04, 0x01, 0x02]
    + [
        0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56, 0xFF, 0xC4, 0x00, 0x04, 0xFF, 0xD9, 0xFF, 0xDA, 0x00, 0x02, 0x99,
        0xFF, 0xFF, 0xD9,
    ]

private let png: [UInt8] =
    [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + [0, 0, 0, 4] + Array("IDAT".utf8) + Array("IEND".utf8) + [
        1, 2, 3, 4,
    ]
    + [0, 0, 0, 0] + Array("IEND".utf8) + [0xAE, 0x42, 0x60, 0x82]

@Test(arguments: [jpeg, png])
func everyCutIsIncompleteAndWhatFollowsTheEndDoesNotMatter(file: [UInt8]) {
    #expect(FileEnding(of: file) == .complete)
    for end in 0..<file.count { #expect(FileEnding(of: Array(file[..<end])) == .incomplete, "cut at \(end)") }
    for tail in [[0], [0xFF], Array(repeating: UInt8(0), count: 4096), Array("SEFT".utf8), [0xFF, 0xD8, 0xFF]]
        as [[UInt8]]
    {
        #expect(FileEnding(of: file + tail) == .complete)
    }
}

@Test func otherFilesAreUnknown() {
    for bytes in [Array("GIF89a".utf8), [0], Array("<html>".utf8), [0xFF, 0xD9]] as [[UInt8]] {
        #expect(FileEnding(of: bytes) == .unknown)
    }
}

@Test func garbageAfterTheSignatureIsHandled() {
    var state: UInt64 = 7
    for round in 0..<300 {
        let noise = (0..<(round * 3)).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1
            return UInt8(truncatingIfNeeded: state >> 33)
        }
        _ = FileEnding(of: [0xFF, 0xD8] + noise)
        _ = FileEnding(of: Array(png[..<8]) + noise)
    }
    #expect(
        FileEnding(of: Array(png[..<8]) + [0xFF, 0xFF, 0xFF, 0xFF] + Array("IEND".utf8) + [0, 0, 0, 0]) == .incomplete)
}

@Test(arguments: [
    (10.0, HalfWrittenRule.Verdict.wait), (599, .wait), (601, .truncated), (-60, .wait), (-3600, .truncated),
])
func youngHalvesWaitAndOldOnesAreTruncated(age: Double, verdict: HalfWrittenRule.Verdict) {
    let rule = HalfWrittenRule()
    #expect(rule.verdict(ending: .incomplete, modified: now - age, now: now) == verdict)
    #expect(rule.verdict(ending: .complete, modified: now - age, now: now) == .whole)
    #expect(rule.verdict(ending: .unknown, modified: now - age, now: now) == .whole)
}

@Test(.enabled(if: ProcessInfo.processInfo.environment["PLOTWATCH_DATA"] != nil, "PLOTWATCH_DATA is not set"))
func realPicturesAreCompleteAndTheirHalvesAreNot() throws {
    let data = try #require(ProcessInfo.processInfo.environment["PLOTWATCH_DATA"])
    let reader = FileReader(archive: data)
    var seen = 0
    for glob in [
        "phenocam-dukehw-2015/**/*.jpg", "drone-nadir/*.{jpg,JPG}", "phenocam-vegindex/**/*.png",
        "canopy-cover/**/*.{jpg,JPG}",
    ] {
        for item in ArchiveScanner(archive: data, cameras: []).items(matching: glob).prefix(6) {
            guard case .file(let file) = item else { continue }
            let bytes = try reader.read(path: file.path).bytes
            #expect(FileEnding(of: bytes) == .complete, "\(file.path)")
            #expect(FileEnding(of: Array(bytes[..<(bytes.count / 2)])) == .incomplete, "\(file.path)")
            #expect(
                FileEnding(of: Array(bytes.dropLast(200))) == .incomplete || file.path.contains("drone"), "\(file.path)"
            )
            seen += 1
        }
    }
    #expect(seen >= 12)
}
