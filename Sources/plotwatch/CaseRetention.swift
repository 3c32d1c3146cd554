import ArgumentParser
import Casework
import Detection
import Foundation
import Inspection
import Reporting
import Storage
import Village

struct CaseRetention: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retention",
        abstract: "List, or delete, pictures of settled flags that nobody needs any more. 清理到期照片。",
        discussion: HelpText.discussion(
            """
            Settled: rejected, permitted or taken away, or the case has ended, longer ago than models/casework.yaml \
            says (30 days). A held case keeps its pictures. Only pictures that PlotWatch made are deleted, never those \
            of the archive; what was found and decided stays.
            """,
            examples: ["plotwatch case retention village", "plotwatch case retention village --delete --json"],
            statuses: [.done, .couldNotRun, .usage]))

    @OptionGroup var siteArguments: SiteArguments
    @Flag(help: "Delete them; without it they are only listed.")
    var delete = false
    @OptionGroup var output: JSONOption

    func run() throws {
        let ledger = try OpenLedger(siteArguments, access: delete ? .write : .read)
        let open = ledger.open
        let cases = Dictionary(grouping: try ledger.ledger.cases().filter { $0.flag != nil }) { $0.flag ?? "" }
        let end = Machine.now.addingTimeInterval(-Double(ledger.ledger.rules.retentionInDays) * 86_400)
        var names: [String] = [], keys: [PictureKey] = [], files: [String] = []
        for flag in try open.store.flags() + open.store.formerFlags() {
            let own = cases[flag.id] ?? []
            if own.contains(where: \.isHeld) { continue }
            guard let settled = Self.settled(flag, cases: own), settled < end,
                let number = EvidencePart.candidate(of: flag.id)
            else { continue }
            for part in EvidencePart.allCases {
                let key = PictureKey(camera: flag.camera, name: part.pictureName(of: number))
                guard try open.store.picture(key) != nil else { continue }
                keys.append(key)
                names.append("\(flag.camera)/\(key.name)")
                files.append(EvidenceFolder(site: open.site).path + "/" + part.fileName(of: flag.id))
            }
        }
        if delete, !keys.isEmpty {
            try open.store.commit(Batch(droppedPictures: keys))
            for file in files where FileManager.default.fileExists(atPath: file) {
                do { try FileManager.default.removeItem(atPath: file) } catch {
                    Console.say(
                        Bilingual(zh: "\(file) 删不掉：请检查权限", en: "\(file) could not be deleted: check its permissions"))
                }
            }
        }
        Console.print(
            output.json ? JSONDocuments.files("retention", names) : names.joined(separator: "\n"))
        Console.say(
            Bilingual(
                zh: delete ? "删掉了 \(names.count) 张" : "可以删掉 \(names.count) 张（--delete）",
                en: "\(names.count) pictures \(delete ? "deleted" : "could be deleted (--delete)")"))
    }

    /// When everything about a flag was settled; `nil` where something is open.
    private static func settled(_ flag: Village.Flag, cases: [Case]) -> Date? {
        if !cases.isEmpty {
            let ends = cases.map(\.endedAt)
            return ends.contains(nil) ? nil : ends.compactMap { $0 }.max()
        }
        switch flag.decision?.verdict {
        case .reject, .permitted: return flag.decision?.at
        default:
            return flag.stage == .removed && flag.decision != nil
                ? max(flag.lastSeen, flag.decision?.at ?? .distantPast) : nil
        }
    }
}
