import ArgumentParser
import Foundation
import Reporting
import Storage
import Village

struct StoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store", abstract: "Copy, check or tidy up the store. 结果库。",
        discussion: HelpText.discussion(
            """
            backup copies the store into one file, also while a run is writing; the copy is checked before it takes its \
            place. To go back to it, put it where the store was and remove the files beside it that end in -wal and -shm. \
            The site file, its masks and the pictures are not in it. check reads every page and every rule that holds of a \
            store. vacuum gives unused space back to the disk.
            """,
            examples: [
                "plotwatch store village backup --out /usb/village.sqlite",
                "plotwatch store village check --json",
                "plotwatch store village vacuum",
            ], statuses: [.done, .couldNotRun, .usage]))

    enum Action: String, ExpressibleByArgument, CaseIterable { case backup, check, vacuum }

    @OptionGroup var siteArguments: SiteArguments
    @Argument(help: "backup, check or vacuum.")
    var action: Action
    @Option(help: ArgumentHelp("The file that backup writes; a former copy is replaced.", valueName: "path"))
    var out: String?
    @OptionGroup var output: JSONOption

    func validate() throws {
        if action == .backup, out == nil { throw ValidationError("backup needs --out PATH, the file to write") }
        if action != .backup, out != nil { throw ValidationError("--out is for backup only") }
    }

    func run() throws {
        let open = try OpenSite(siteArguments, access: .maintain)
        switch action {
        case .backup: try backup(open)
        case .check: try check(open)
        case .vacuum: try vacuum(open)
        }
    }

    private func backup(_ open: OpenSite) throws {
        let target = URL(fileURLWithPath: out ?? "").standardizedFileURL.path
        try refuseToReplace(target, store: open.site.store)
        let copy = try open.store.backup(to: target)
        tell(
            open, zh: "\(target):\(copy.captures)张照片、\(copy.readings)条测量，\(copy.sizeInBytes)字节，已核对",
            en: "\(target): \(copy.captures) captures, \(copy.readings) readings, \(copy.sizeInBytes) bytes, checked",
            [
                .init("out", .text(target)), .init("sizeInBytes", .integer(copy.sizeInBytes)),
                .init("captures", .integer(copy.captures)), .init("readings", .integer(copy.readings)),
            ])
    }

    /// Only a former copy may be replaced: never the store itself, nor a picture by a slip of the hand.
    private func refuseToReplace(_ target: String, store: String) throws {
        var found = stat(), live = stat()
        guard stat(target, &found) == 0 else { return }
        if stat(store, &live) == 0, found.st_ino == live.st_ino, found.st_dev == live.st_dev {
            throw Problem(
                zh: "\(target) 就是结果库本身：请换一个文件名", en: "\(target) is the store itself: name another file", status: .usage)
        }
        guard found.st_mode & S_IFMT == S_IFREG,
            found.st_size == 0 || (try? Store(path: target, access: .maintain)) != nil
        else {
            throw Problem(
                zh: "\(target) 已经有了，又不是结果库：请换一个文件名", en: "\(target) exists and is no store: name another file",
                status: .usage)
        }
    }

    private func check(_ open: OpenSite) throws {
        let faults = try open.store.check()
        let counts = faults.contains { $0.kind == .integrity } ? nil : try open.store.counts()
        tell(
            open,
            zh: faults.isEmpty
                ? "存储完好：\(counts?.captures ?? 0)张照片、\(counts?.readings ?? 0)条测量"
                : "存储有\(faults.count)处错误：\n" + faults.map { "  " + $0.message }.joined(separator: "\n")
                    + "\n请换回最近的备份，或把它移开后重新运行（照片还在档案里）",
            en: faults.isEmpty
                ? "the store is sound: \(counts?.captures ?? 0) captures, \(counts?.readings ?? 0) readings"
                : "the store has \(faults.count) faults:\n" + faults.map { "  " + $0.message }.joined(separator: "\n")
                    + "\nput the last backup in its place, or move it away and run again (the pictures are in the archive)",
            [
                .init("sound", .bool(faults.isEmpty)), .init("schema", .text(try? open.store.schemaVersion())),
                .init("captures", .integer(counts?.captures)), .init("readings", .integer(counts?.readings)),
                .init(
                    "faults",
                    .list(
                        faults.map {
                            .object([.init("kind", .text($0.kind.rawValue)), .init("message", .text($0.message))])
                        })),
            ])
        if !faults.isEmpty { throw ExitStatus.couldNotRun }
    }

    private func vacuum(_ open: OpenSite) throws {
        let lock = try RunLock(path: open.site.store + ".lock")
        defer { lock.release() }
        let size = try Store(path: open.site.store, access: .write).vacuum()
        tell(
            open, zh: "\(size.before)字节 → \(size.after)字节", en: "\(size.before) bytes → \(size.after) bytes",
            [.init("before", .integer(size.before)), .init("after", .integer(size.after))])
    }

    private func tell(_ open: OpenSite, zh: String, en: String, _ members: [JSONValue.Member]) {
        if output.json {
            Console.print(
                JSONValue.object(
                    [
                        .init("plotwatch", .text(JSONDocuments.version)), .init("kind", .text("store")),
                        .init("action", .text(action.rawValue)), .init("store", .text(open.site.store)),
                    ] + members
                ).compact)
        } else {
            Console.print(Bilingual(zh: zh, en: en).text(in: open.site.language))
        }
    }
}
