import Archive
import Casework
import Decoding
import Detection
import Foundation
import Pixels
import Storage
import Village

/// One pair handed in: checked against everything handed in before, and booked as a proposal unless it is refused.
public struct CleanupSubmission {
    public let pair: CleanupPair
    /// Its entry in the journal; `nil` where it was refused.
    public let proposal: Int64?
    public let points: Int?

    /// Who is told to have handed it in and when.
    public struct Act: Sendable {
        public var by: String
        public var at: Date
        public var note: String?

        public init(by: String, at: Date, note: String? = nil) {
            self.by = by
            self.at = at
            self.note = note
        }
    }

    /// - Parameters:
    ///   - before: the file.
    ///   - files: the two as the drop folder has them; then a pair that is refused is kept too.
    /// - Throws: `InspectionFailure` where a file gives no picture; nothing is booked then.
    public init(
        before: String, after: String, household: String, files: (HandedInPair.File, HandedInPair.File)? = nil,
        parameters: (pair: PairParameters, cleanup: CleanupParameters), deed: PointsRules.Entry, store: Store, act: Act
    ) throws {
        let hashes = try (CleanupSubmission.hash(before), CleanupSubmission.hash(after))
        let known = try store.submittedPictures().compactMap { old -> CleanupPair.Known? in
            guard let plane = try? Decoder().luma(old.print).content else { return nil }
            return CleanupPair.Known(
                path: old.path, household: old.household, sha256: old.sha256,
                print: CopyPrint(plane, columns: parameters.cleanup.copyColumns))
        }
        pair = try CleanupPair(
            before: before, after: after, hashes: hashes, known: known, pair: parameters.pair,
            parameters: parameters.cleanup)
        let verdict = pair.verdict, checks = pair.checks
        let handedIn = files.map { files in
            HandedInPair(
                household: household, before: files.0, after: files.1, verdict: verdict.rawValue,
                checks: checks.map { .init(kind: $0.kind.rawValue, holds: $0.holds, text: $0.text) })
        }
        guard verdict != .refused else {
            if let handedIn { try store.note(handedIn) }
            proposal = nil
            points = nil
            return
        }
        func words(_ time: EXIF.DateTime?) -> String? {
            time.map { "\($0.year)-\($0.month)-\($0.day) \($0.hour):\($0.minute):\($0.second)" }
        }
        var pictures: [SubmittedPicture] = []
        for (k, path) in [files?.0.path ?? before, files?.1.path ?? after].enumerated() {
            pictures.append(
                SubmittedPicture(
                    sha256: k == 0 ? hashes.0 : hashes.1, household: household, at: act.at, path: path,
                    takenAt: words(pair.takenAt[k]), print: try Encoder.png(pair.prints[k].plane)))
        }
        let doubts = checks.filter { $0.holds == nil }.map(\.text.zh).joined(separator: "；")
        let event = PointsEvent(
            .propose, deed: deed.id, points: deed.points, before: hashes.0, after: hashes.1,
            note: act.note ?? (doubts.isEmpty ? nil : doubts))
        proposal = try store.propose(
            event, for: household, pictures: pictures, pair: handedIn, by: act.by, at: act.at
        ).number
        points = deed.points
    }

    private static func hash(_ path: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw InspectionFailure(
                subject: path, stage: .reading, message: "there is no such file", disposition: .skipImage)
        }
        return FileReader.sha256(of: [UInt8](data))
    }
}
