import Archive
import Casework
import ConfigurationFiles
import Decoding
import Detection
import Evidence
import Foundation
import Inspection
import Pixels
import Reporting
import Storage
import Village

/// Collects from store, archive and rules what an evidence file holds.
struct EvidenceAssembly {
    let open: OpenSite
    let siteFile: String
    let modelsFolder: String
    let isShared: Bool

    /// Pictures of other days that tell what moved, and how far to look for them.
    private static let others = 9
    private static let otherDays = 12.0

    private var site: Site { open.site }

    init(_ arguments: SiteArguments, open: OpenSite, isShared: Bool) throws {
        self.open = open
        siteFile = try SiteFile.find(arguments.path)
        modelsFolder = try Machine.modelsFolder()
        self.isShared = isShared
    }

    // MARK: One flag

    func package(flag id: String) throws -> EvidencePackage {
        guard let flag = try open.store.flag(id) else { throw DecisionError.noSuchFlag(id) }
        var package = try begin(subject: id)
        let originals = try ConstructionHistory(camera: flag.camera, store: open.store).originals(of: id)
        var captures: [Capture] = []
        for (what, path) in [("before", originals.before), ("after", originals.after)] {
            guard let path, let capture = try open.store.capture(camera: flag.camera, path: path) else {
                package.miss(what, reason: "no capture is known for it")
                continue
            }
            captures.append(capture)
        }
        let first = try open.store.captures(
            Selection(camera: flag.camera, since: flag.firstSeen, until: flag.firstSeen + 1, quality: .ok)
        ).first
        if let first, !captures.contains(where: { $0.path == first.path }) { captures.append(first) }
        let mask = try stored(.mask, of: flag)
        var shown: [String: Reporting.Picture] = [:]
        for capture in captures { shown[capture.path] = try add(capture, works: mask, to: &package) }
        if let mask { package.add("pictures/mask.png", mask, role: "picture", origin: "store") }
        if !isShared {
            for part in [EvidencePart.before, .after] {
                guard let bytes = try stored(part, of: flag) else { continue }
                package.add("pictures/\(part.rawValue).jpg", bytes, role: "picture", origin: "store")
            }
        }
        let between = try addStrip(
            of: flag, captures.first { $0.path == originals.before }, captures.first { $0.path == originals.after },
            works: mask, to: &package)
        let decisions = try open.store.decisions(flag: id).map(told)
        let number = try open.store.caseNumbers()[id]
        package.add("flag.json", text: JSONDocuments.flags([told(flag)], cases: cases(id, number), clock: open.clock))
        package.add("decisions.json", text: JSONDocuments.decisions(decisions, clock: open.clock))
        if !isShared {
            var entries = try open.store.journal(kind: .decision, subject: id)
            if let number { entries += try open.store.journal(kind: .record, subject: number) }
            if !entries.isEmpty { package.add("journal.jsonl", text: try EvidenceJournal.lines(entries)) }
        }
        var pictures = FlagPictures(
            flag: told(flag), before: originals.before.flatMap { shown[$0] },
            after: originals.after.flatMap { shown[$0] },
            mask: mask.map { Reporting.Picture(bytes: $0, width: 0, height: 0) },
            beforeCapture: captures.first { $0.path == originals.before },
            afterCapture: captures.first { $0.path == originals.after }, caseNumber: number)
        pictures.between = between
        let listed = captures + between.map(\.capture).filter { look in !captures.contains { $0.path == look.path } }
        try finish(&package, subject: id, flag: pictures, captures: listed, decisions: decisions)
        return package
    }

    /// The same rectangle in some captures between before and after, each a file of its own that names its capture.
    private func addStrip(
        of flag: Village.Flag, _ before: Capture?, _ after: Capture?, works: [UInt8]?, to package: inout EvidencePackage
    ) throws -> [FlagPictures.Moment] {
        guard let size = try ReferencePicture.stored(camera: flag.camera, in: open.store)?.size else { return [] }
        let strip = PlaceStrip(open: open, size: size)
        let crop = PlaceStrip.crop(of: flag, in: size)
        var looks: [FlagPictures.Moment] = []
        for capture in try strip.captures(camera: flag.camera, from: before, to: after) {
            guard let file = try archived(capture, in: &package) else { continue }
            let image = isShared ? try copy(of: capture, file, works: works).image : try? Decoder().rgb(file).content
            guard let image, let picture = try strip.look(at: crop, of: capture, in: image) else {
                package.miss(capture.path, reason: "the place cannot be cut out of it")
                continue
            }
            looks.append(.init(capture: capture, picture: picture))
            package.add(
                "pictures/between-\(looks.count).jpg", picture.bytes, role: isShared ? "copy" : "picture",
                origin: isShared ? nil : capture.path)
        }
        return looks
    }

    // MARK: A place and a time

    func package(search subject: String, captures: [Capture]) throws -> EvidencePackage {
        var package = try begin(subject: subject)
        // What a room looks like stays on this machine.
        let captures = captures.filter { !site.seesRoom($0.camera) }
        for capture in captures { try add(capture, works: nil, to: &package) }
        try finish(&package, subject: subject, flag: nil, captures: captures, decisions: [])
        return package
    }

    // MARK: Parts

    private func begin(subject: String) throws -> EvidencePackage {
        var rules: [(path: String, bytes: [UInt8])] = [("site.yaml", try read(siteFile))]
        for (prefix, folder) in [("models", modelsFolder), ("site-models", Models.ownFolder(of: site))] {
            for name in (FileManager.default.subpaths(atPath: folder) ?? []).sorted() where name.hasSuffix(".yaml") {
                rules.append(("\(prefix)/\(name)", try read(folder + "/" + name)))
            }
        }
        let notice = EvidenceSheet.notice.flatMap { [$0.zh, $0.en] }
        var package = EvidencePackage(
            EvidenceManifest(
                site: site.id, subject: subject, isShared: isShared, tool: Tool.name,
                settings: EvidenceManifest.sha256(ofFiles: rules), notice: notice))
        // The site file names households; it stays at home.
        if !isShared {
            for rule in rules { package.add("rules/" + rule.path, rule.bytes, role: "rules") }
        }
        return package
    }

    private func finish(
        _ package: inout EvidencePackage, subject: String, flag: FlagPictures?, captures: [Capture],
        decisions: [Decision]
    ) throws {
        let listed = captures.map { capture -> Capture in
            var capture = capture
            if isShared { capture.location = nil }
            return capture
        }
        var list = JSONListWriter(kind: "captures", list: "captures")
        package.add(
            "captures.json",
            text: listed.map { list.next(JSONDocuments.capture($0, clock: open.clock)) }.joined() + list.end())
        let manifest = package.manifest
        var site = site
        if isShared {
            site.households = []
            for index in site.plots.indices { site.plots[index].household = nil }
        }
        let sheet = try EvidenceSheet.render(
            EvidenceContents(
                site: site, subject: subject, flag: flag, captures: listed, decisions: decisions, isShared: isShared,
                tool: manifest.tool, settings: manifest.settings,
                files: manifest.files.map { .init(path: $0.path, sha256: $0.sha256, bytes: $0.bytes) },
                absent: manifest.absent.map { "\($0.what): \($0.reason)" }))
        package.add("sheet.html", text: sheet)
    }

    /// The original, or its copy for others.
    ///
    /// - Returns: what a sheet may show of it.
    @discardableResult
    private func add(_ capture: Capture, works: [UInt8]?, to package: inout EvidencePackage) throws
        -> Reporting.Picture?
    {
        guard let bytes = try archived(capture, in: &package) else { return nil }
        guard isShared else {
            package.add("originals/\(capture.camera)/\(capture.path)", bytes, role: "original", origin: capture.path)
            return Reporting.Picture(bytes: bytes, width: capture.width ?? 0, height: capture.height ?? 0)
        }
        let (made, image) = try copy(of: capture, bytes, works: works)
        guard let copy = made, let image else {
            package.miss(capture.path, reason: "it cannot be decoded, so it cannot be covered")
            return nil
        }
        let name = ((capture.path as NSString).lastPathComponent as NSString).deletingPathExtension
        package.add("copies/\(capture.camera)/\(name).jpg", copy.bytes, role: "copy")
        if copy.coveredShare == 1 {
            package.miss(
                capture.path, reason: "too few other pictures of the place tell what moved: the copy is covered whole")
        }
        return Reporting.Picture(bytes: copy.bytes, width: image.width, height: image.height)
    }

    /// The bytes of a capture as they were read on its run; `nil`, and said so, where the archive has them no more.
    private func archived(_ capture: Capture, in package: inout EvidencePackage) throws -> [UInt8]? {
        guard let bytes = try? FileReader(archive: site.archive).read(path: capture.path).bytes else {
            package.miss(capture.path, reason: "the archive no longer has this file")
            return nil
        }
        guard EvidenceManifest.sha256(bytes) == capture.sha256 else {
            throw Problem(
                zh: "\(capture.path) 不再是当时读的那个文件：被改过或换过，已不能作为依据",
                en:
                    "\(capture.path) is not the file that was read on its run: it was changed or replaced, so it is no "
                    + "evidence any more")
        }
        return bytes
    }

    /// A capture's copy for others, and the picture in it; nothing where it cannot be decoded.
    private func copy(of capture: Capture, _ bytes: [UInt8], works: [UInt8]?) throws
        -> (copy: ShareCopy?, image: RGBImage?)
    {
        guard let image = try? Decoder().rgb(bytes).content else { return (nil, nil) }
        let others = try neighbours(of: capture)
        let mask = works.flatMap { try? Decoder().mask($0, insideIsZero: false) }
        let copy = try ShareCopy(of: image, others: others.far, near: others.near, works: mask)
        return (copy, try? Decoder().rgb(copy.bytes).content)
    }

    /// Pictures of the same camera from other days, and from about the same time.
    private func neighbours(of capture: Capture) throws -> (far: [RGBImage], near: [RGBImage]) {
        guard let at = capture.at else { return ([], []) }
        let span = Self.otherDays * 86_400
        let around = try open.store.captures(
            Selection(camera: capture.camera, since: at - span, until: at + span, quality: .ok)
        ).filter { $0.path != capture.path && $0.width == capture.width && $0.height == capture.height }
        func gap(_ other: Capture) -> Double { abs((other.at ?? .distantPast).timeIntervalSince(at)) }
        /// Like hours are alike in light.
        func unlikeness(_ other: Capture) -> Double {
            let hours = gap(other).truncatingRemainder(dividingBy: 86_400)
            return min(hours, 86_400 - hours) + gap(other) / 24
        }
        let far = around.filter { gap($0) > 3600 }.sorted { (unlikeness($0), $0.path) < (unlikeness($1), $1.path) }
        let near = around.sorted { (gap($0), $0.path) < (gap($1), $1.path) }
        /// In the frame of the capture itself.
        func aligned(_ other: Capture) -> RGBImage? {
            guard let image = image(other) else { return nil }
            let own = capture.shift ?? .none, its = other.shift ?? .none
            return ShareCopy.shifted(image, dx: its.dx - own.dx, dy: its.dy - own.dy)
        }
        return (far.prefix(Self.others).compactMap(aligned), near.prefix(3).compactMap(aligned))
    }

    private func image(_ capture: Capture) -> RGBImage? {
        guard let file = try? FileReader(archive: site.archive).read(path: capture.path) else { return nil }
        return try? Decoder().rgb(file.bytes).content
    }

    private func stored(_ part: EvidencePart, of flag: Village.Flag) throws -> [UInt8]? {
        guard let number = EvidencePart.candidate(of: flag.id) else { return nil }
        return try open.store.picture(PictureKey(camera: flag.camera, name: part.pictureName(of: number))).map {
            [UInt8]($0)
        }
    }

    private func cases(_ flag: String, _ number: String?) -> [String: String] { number.map { [flag: $0] } ?? [:] }

    /// Without names of people where it is shared.
    private func told(_ decision: Decision) -> Decision {
        guard isShared else { return decision }
        var decision = decision
        decision.by = "–"
        decision.note = nil
        return decision
    }

    private func told(_ flag: Village.Flag) -> Village.Flag {
        guard isShared else { return flag }
        var flag = flag
        flag.household = nil
        flag.decision = flag.decision.map(told)
        return flag
    }

    private func read(_ path: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Problem(zh: "\(path) 读不了：请检查权限", en: "\(path) cannot be read: check its permissions")
        }
        return [UInt8](data)
    }
}
