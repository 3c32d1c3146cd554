import Archive
import Casework
import Decoding
import Detection
import Foundation
import Inspection
import Pixels
import Storage
import Village

/// One pair handed in: checked against everything handed in before, and booked as a proposal unless it is refused.
struct CleanupSubmission {
    let pair: CleanupPair
    /// Its entry in the journal; `nil` where it was refused.
    let proposal: Int64?
    let points: Int?

    init(
        _ names: PairList.Pair, parameters: (pair: PairParameters, cleanup: CleanupParameters), deed: PointsRules.Entry,
        store: Store, by: String, now: Date, note: String?
    ) throws {
        let hashes = try (CleanupSubmission.hash(names.before), CleanupSubmission.hash(names.after))
        let known = try store.submittedPictures().compactMap { old -> CleanupPair.Known? in
            guard let plane = try? Decoder().luma(old.print).content else { return nil }
            return CleanupPair.Known(
                path: old.path, household: old.household, sha256: old.sha256,
                print: CopyPrint(plane, columns: parameters.cleanup.copyColumns))
        }
        pair = try CleanupPair(
            before: names.before, after: names.after, hashes: hashes, known: known, pair: parameters.pair,
            parameters: parameters.cleanup)
        guard pair.verdict != .refused else {
            proposal = nil
            points = nil
            return
        }
        func words(_ time: EXIF.DateTime?) -> String? {
            time.map { "\($0.year)-\($0.month)-\($0.day) \($0.hour):\($0.minute):\($0.second)" }
        }
        var pictures: [SubmittedPicture] = []
        for (k, path) in [names.before, names.after].enumerated() {
            pictures.append(
                SubmittedPicture(
                    sha256: k == 0 ? hashes.0 : hashes.1, household: names.household, at: now, path: path,
                    takenAt: words(pair.takenAt[k]), print: try Encoder.png(pair.prints[k].plane)))
        }
        let doubts = pair.checks.filter { $0.holds == nil }.map(\.text.zh).joined(separator: "；")
        let event = PointsEvent(
            .propose, deed: deed.id, points: deed.points, before: hashes.0, after: hashes.1,
            note: note ?? (doubts.isEmpty ? nil : doubts))
        proposal = try store.propose(event, for: names.household, pictures: pictures, by: by, at: now).number
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
