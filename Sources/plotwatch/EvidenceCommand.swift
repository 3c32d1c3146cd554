import ArgumentParser
import Evidence
import Files
import Foundation
import Reporting
import Storage
import Village

struct EvidenceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evidence", abstract: "Seal what stands behind a flag in one ZIP file. 封存证据。",
        discussion: HelpText.discussion(
            """
            Originals, pictures, mask, times with their source, rules, decisions and a sheet, with SHA-256 of each. The \
            seal that is printed is also kept in the journal: whoever changes the file cannot keep it. With --share: \
            re-encoded copies without positions and names, in which everything that moved is covered; look at them \
            before you hand them out. It is a lead, not proof.
            """,
            examples: [
                "plotwatch evidence village cam-1 --out cam-1.zip",
                "plotwatch evidence village cam-1 --out copy.zip --share",
            ], statuses: [.done, .couldNotRun, .usage]))

    @OptionGroup var siteArguments: SiteArguments
    @Argument(help: ArgumentHelp("The flag's id.", valueName: "flag"))
    var flag: String
    @Option(help: ArgumentHelp("The file to write.", valueName: "file"))
    var out: String
    @Flag(help: "A copy for others: covered, re-encoded, without positions and names.")
    var share = false
    @Option(help: ArgumentHelp("Who packs it, in a short label.", valueName: "label"))
    var by: String = "plotwatch"
    @OptionGroup var output: JSONOption

    func run() throws {
        let open = try OpenSite(siteArguments, access: .write)
        let package = try EvidenceAssembly(siteArguments, open: open, isShared: share).package(flag: flag)
        try EvidenceWriting.write(package, to: out, open: open, by: by, json: output.json)
    }
}

/// From a package to a file, its seal in the journal.
enum EvidenceWriting {
    static func write(_ package: EvidencePackage, to path: String, open: OpenSite, by: String, json: Bool) throws {
        try Store.check(by, field: "the label", longest: Store.longestLabel)
        let (bytes, seal) = try package.sealed()
        try WholeFile.write(bytes, to: path)
        try open.store.noteSeal(seal, of: package.manifest.subject, by: by, at: Machine.now)
        let absent = package.manifest.absent.map { "\($0.what): \($0.reason)" }
        for line in absent { Console.say(line) }
        if json {
            Console.print(
                JSONDocuments.packed(file: path, seal: seal, files: package.manifest.files.count, absent: absent))
        } else {
            Console.print("\(path)\n\(seal)")
        }
    }
}

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Tell whether an evidence file is as it was sealed, and what was changed. 查验证据包。",
        discussion: HelpText.discussion(
            """
            Give the seal that was noted, or the site that packed it: without either, somebody who rewrote the whole \
            file with all its hashes is not found out.
            """,
            examples: ["plotwatch verify cam-1.zip", "plotwatch verify cam-1.zip --site village --json"],
            statuses: [.done, .couldNotRun, .usage]))

    @Argument(help: ArgumentHelp("The evidence file.", valueName: "file"))
    var file: String
    @Option(help: ArgumentHelp("The seal that was printed when it was packed.", valueName: "hex"))
    var seal: String?
    @Option(help: ArgumentHelp("The site that packed it: its journal knows the seal.", valueName: "site"))
    var site: String?
    @OptionGroup var output: JSONOption

    func run() throws {
        let size = (try? FileManager.default.attributesOfItem(atPath: file))?[.size] as? Int
        guard let size else {
            throw Problem(zh: "\(file) 读不了：请检查文件名和权限", en: "\(file) cannot be read: check the name and the permissions")
        }
        guard size <= ZipFile.largest, let data = FileManager.default.contents(atPath: file) else {
            throw Problem(zh: "\(file) 太大，不会是证据包", en: "\(file) is larger than an evidence file can be")
        }
        let verification = EvidenceVerification(of: [UInt8](data), expected: seal)
        var faults = verification.faults.map { (path: $0.path, problem: $0.problem) }
        var sealedAt: String?
        if let site {
            let open = try OpenSite(SiteArguments(path: site), access: .read)
            if let entry = try verification.seal.flatMap({ try open.store.seal($0) }) {
                sealedAt = open.clock.iso8601(entry.at)
            } else {
                faults.append(
                    (
                        "manifest.json",
                        Bilingual(zh: "这个村的台账里没有这个封印", en: "the site's journal does not know this seal")
                    ))
            }
        }
        if output.json {
            Console.print(
                JSONDocuments.verified(
                    file: file, seal: verification.seal, subject: verification.manifest?.subject, sealedAt: sealedAt,
                    faults: faults))
        } else if faults.isEmpty {
            Console.print("完好 intact  \(verification.seal ?? "")" + (sealedAt.map { "  \($0)" } ?? ""))
        } else {
            for fault in faults {
                Console.print("\(fault.path.map { $0 + ": " } ?? "")\(fault.problem.zh) · \(fault.problem.en)")
            }
        }
        if !faults.isEmpty { throw ExitStatus.couldNotRun }
    }
}
