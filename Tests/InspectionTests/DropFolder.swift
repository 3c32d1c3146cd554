import Foundation
import Inspection
import TestKit
import Village

/// A village whose archive is filled from `testimages/`.
final class DropFolder {
    let village: TestVillage
    static let testimages = ProjectFiles.testimages

    init() throws { village = try TestVillage() }

    static func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: testimages + "/" + path)))
    }

    /// A JPEG that says where it was taken.
    static func located(_ bytes: [UInt8], latitude: Double, longitude: Double) -> [UInt8] {
        func degrees(_ value: Double) -> (Int, Int) { (Int((value * 1e7).rounded()), 10_000_000) }
        var sketch = TIFFSketch()
        sketch.text(1, "N", in: .place)
        sketch.rational(2, degrees(latitude), (0, 1), (0, 1), in: .place)
        sketch.text(3, "E", in: .place)
        sketch.rational(4, degrees(longitude), (0, 1), (0, 1), in: .place)
        return sketch.inserted(into: bytes)
    }

    /// The store with any number of jobs, and cut after every few steps and resumed.
    func dumps(cutAfter steps: Int) async throws -> (
        expected: [String], parallel: [String], resumed: [String], runs: Int
    ) {
        try await village.run(jobs: 1)
        let expected = try village.dump()
        try village.forget()
        try await village.run(jobs: 4)
        let parallel = try village.dump()
        try village.forget()
        var runs = 0, isDone = false
        while !isDone, runs < 30 {
            let asked = Counter()
            isDone = try await !village.run(jobs: 2, isCancelled: { asked.next() > steps }).wasInterrupted
            runs += 1
        }
        return (expected, parallel, try village.dump(), runs)
    }
}

final class ToldEvents: @unchecked Sendable {
    private let lock = NSLock()
    private var messages: [String] = []

    func take(_ event: RunEvent) {
        guard case .notice(_, let message) = event else { return }
        lock.withLock { messages.append(message) }
    }

    var all: [String] { lock.withLock { messages } }
}
