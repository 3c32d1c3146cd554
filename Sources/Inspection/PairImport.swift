import Archive
import Casework
import Decoding
import Detection
import Foundation
import Storage
import Village

/// Photographs before and after a clean-up from the drop folder: each pair is judged once, and what holds is proposed.
///
/// - Note: pictures stay where they are; of each a small grey print and its hash are kept, as for pairs handed in by hand.
struct PairImport {
    let run: SiteRun
    /// The drop folder, absolute.
    let folder: String

    /// Who acts in the journal.
    static let label = "plotwatch"

    /// The folders of the drop folder, and what lies beside them.
    static func households(in folder: String) -> (folders: [String], strays: [String])? {
        let files = FileManager.default
        guard let names = try? files.contentsOfDirectory(atPath: folder) else { return nil }
        var folders: [String] = [], strays: [String] = []
        for name in names.sorted() where !name.hasPrefix(".") {
            var isFolder: ObjCBool = false
            guard files.fileExists(atPath: folder + "/" + name, isDirectory: &isFolder) else { continue }
            if isFolder.boolValue { folders.append(name) } else { strays.append(name) }
        }
        return (folders, strays)
    }

    func run(
        into summary: inout RunSummary, isCancelled: @Sendable () -> Bool, events: @Sendable (RunEvent) -> Void
    ) throws {
        func tell(_ text: String) { events(.notice(camera: nil, message: "pairs: \(text)")) }
        guard let found = PairImport.households(in: folder) else { return tell("there is no folder \(folder)") }
        for name in found.strays where PatrolFlight.isPicture(name) {
            tell("\(name) belongs to nobody: put it into a folder with the household's id")
        }
        let rules = try PointsRules.load(from: run.models.files)
        guard let deed = rules.deed(rules.cleanup) else { return }
        let parameters = try CleanupPair.parameters(models: run.models.folder)
        let known = known(try run.store.handedInPairs())
        let act = CleanupSubmission.Act(by: PairImport.label, at: run.now)
        for household in found.folders {
            guard run.site.knows(household: household) else {
                tell("there is no household \(household): add it under households in site.yaml")
                continue
            }
            for group in try groups(of: household, known: known, parameters.cleanup, &summary, tell) {
                for pair in group.groups.pairs {
                    if isCancelled() {
                        summary.wasInterrupted = true
                        return
                    }
                    let files = (file(group.folder + "/" + pair.before), file(group.folder + "/" + pair.after))
                    let paths = (absolute(files.0), absolute(files.1))
                    do {
                        let done = try CleanupSubmission(
                            before: paths.0, after: paths.1, household: household, files: files,
                            parameters: parameters, deed: deed, store: run.store, act: act)
                        done.pair.warnings.forEach(tell)
                        summary.cleanupPairs += 1
                        if done.proposal != nil { summary.proposals += 1 }
                    } catch let failure as InspectionFailure {
                        try note(failure, files.0, household, &summary, tell)
                    }
                }
                for photograph in group.groups.waiting {
                    tell("\(group.folder)/\(photograph.name): \(photograph.reason)")
                }
            }
        }
    }

    /// The photographs of each folder of a household that were not judged yet.
    private func groups(
        of household: String, known: Set<HandedInPair.File>, _ parameters: CleanupParameters,
        _ summary: inout RunSummary, _ tell: (String) -> Void
    ) throws -> [(folder: String, groups: PairGroups)] {
        let root = prefix + household
        var byFolder: [String: [PairGroups.Photograph]] = [:]
        for name in PatrolFlight.names(in: folder + "/" + household) {
            let own = file(root + "/" + name)
            if known.contains(own) { continue }
            do {
                guard let header = try header(own) else {
                    tell("\(own.path) is left for the next run: it is still being written")
                    summary.postponed += 1
                    continue
                }
                byFolder[(own.path as NSString).deletingLastPathComponent, default: []].append(
                    .init(
                        name: (name as NSString).lastPathComponent,
                        moment: (header.exif?.dateTimeOriginal ?? header.exif?.dateTime)?.moment))
            } catch {
                try note(error, own, household, &summary, tell)
            }
        }
        return byFolder.sorted { $0.key < $1.key }.map {
            ($0.key, PairGroups($0.value, longestGap: parameters.mostHours * 3600))
        }
    }

    /// A picture that cannot be used is a row; it is looked at again once it has another size.
    private func note(
        _ failure: InspectionFailure, _ file: HandedInPair.File, _ household: String, _ summary: inout RunSummary,
        _ tell: (String) -> Void
    ) throws {
        let text = "\(file.path): \(failure.message)"
        tell(text)
        summary.unreadable += 1
        try run.store.note(
            HandedInPair(
                household: household, before: file, after: nil, verdict: "unusable",
                checks: [
                    .init(
                        kind: CleanupPair.Check.Kind.files.rawValue, holds: false,
                        text: Bilingual(zh: "照片不能用（\(failure.message)）", en: failure.message))
                ]))
    }

    // MARK: Files

    /// Before names of the drop folder in archive paths.
    private var prefix: String { run.site.archivePath(of: folder) + "/" }

    private func absolute(_ file: HandedInPair.File) -> String { run.site.archive + "/" + file.path }

    /// - Parameter path: relative to the archive.
    private func file(_ path: String) -> HandedInPair.File {
        let attributes = try? FileManager.default.attributesOfItem(atPath: run.site.archive + "/" + path)
        return HandedInPair.File(path: path, sizeInBytes: attributes?[.size] as? Int ?? 0)
    }

    /// What was judged as it is now. Of a pair of which a file has another size since, both are looked at again; what is
    /// proposed stays so.
    private func known(_ judged: [HandedInPair]) -> Set<HandedInPair.File> {
        Set(
            judged.flatMap { pair -> [HandedInPair.File] in
                let files = [pair.before, pair.after].compactMap { $0 }
                let isSame = files.allSatisfy { old in
                    let now = file(old.path)
                    return now.sizeInBytes == 0 || now == old
                }
                return isSame || pair.entry != nil ? files : []
            })
    }

    /// - Returns: `nil` where the file is still being written.
    private func header(_ file: HandedInPair.File) throws(InspectionFailure) -> ImageHeader? {
        let path = absolute(file)
        func failure(_ stage: InspectionFailure.Stage, _ message: String) -> InspectionFailure {
            InspectionFailure(subject: path, stage: stage, message: message, disposition: .skipImage)
        }
        guard PictureFile.isPlain(path) else { throw failure(.reading, PictureFile.notPlain) }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw failure(.reading, "the file could not be read")
        }
        let bytes = [UInt8](data)
        if let modified = try? FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date,
            HalfWrittenRule().verdict(ending: FileEnding(of: bytes), modified: modified, now: run.now) == .wait
        {
            return nil
        }
        do { return try Decoder().header(of: bytes) } catch {
            throw failure(.decoding, "\(error.message) (\(error.details))")
        }
    }
}
