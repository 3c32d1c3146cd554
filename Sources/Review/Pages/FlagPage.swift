import Foundation
import Hummingbird
import Reporting
import Storage
import Village

/// The page of one flag.
struct FlagPage {
    /// Pictures in the strip between before and after: one row on a desk, a short swipe on a phone.
    static let stripLength = 12

    let view: View
    let flag: Flag

    private var store: Store { view.desk.store }

    func response(flash: String? = nil, fault: Phrase? = nil, status: HTTPResponse.Status = .ok) throws -> Response {
        let decisions = try store.decisions(flag: flag.id)
        let unreviewed = try store.unreviewedFlags(limit: 1, after: FlagCursor(flag))
        let next = try unreviewed.flags.first ?? store.unreviewedFlags(limit: 1).flags.first { $0.id != flag.id }
        let previous = try store.flag(before: FlagCursor(flag))
        let originals = try view.desk.views.originals(of: flag)
        let before = try originals.before.flatMap { try store.capture(camera: flag.camera, path: $0) }
        let after = try originals.after.flatMap { try store.capture(camera: flag.camera, path: $0) }
        var context: View.Context = [
            "title": "\(flag.plot) · \(view.say(Terms.name(of: flag.kind)))", "flagID": flag.id, "plot": flag.plot,
            "plotLink": Address.plot(flag.plot), "kind": view.say(Terms.name(of: flag.kind)),
            "stage": view.say(Terms.name(of: flag.stage)), "status": view.say(Terms.name(of: flag.status)),
            "statusStyle": flag.isOpen ? flag.status.rawValue : "done", "explanation": view.say(flag.explanation),
            "leftCount": unreviewed.total, "next": view.some(next.map { Address.flag($0.id) }),
            "previous": view.some(previous.map { Address.flag($0.id) }), "facts": facts(),
            "checks": view.some(Terms.checks(for: flag).map { ["text": view.say($0)] as View.Context }),
            "course": view.some(
                flag.stages.map {
                    ["name": view.say(Terms.name(of: $0.stage)), "when": view.dates.shortDay(of: $0.at)] as View.Context
                }),
            "originals": view.some(
                original(.before, before, originals.before) + original(.after, after, originals.after)),
            "seen": decisions.last?.id ?? 0, "request": SecretText.random(), "flash": view.some(flash),
            "fault": view.some(fault.map { view.say($0) }), "action": Address.flag(flag.id) + "/verdict",
            "lastLink": Address.flag(flag.id) + "/last", "canUndoLast": !view.session.verdicts.isEmpty,
            "reasons": Rejection.allCases.enumerated().map { index, reason -> View.Context in
                ["value": reason.rawValue, "name": view.say(Terms.name(of: reason)), "key": Self.key(index)]
            },
            "decision": view.some(standing()), "history": view.some(decisions.reversed().map(row)),
            "scripts": [["name": "viewer.js"], ["name": "keys.js"]],
        ]
        context.merge(try record()) { $1 }
        context.merge(try pictures(before: before, after: after)) { $1 }
        return try view.response("flag", context, status: status)
    }

    /// The key of a reason: 1 to 9, 0, and `-` for the eleventh.
    private static func key(_ index: Int) -> String { index < 9 ? "\(index + 1)" : index == 9 ? "0" : "-" }

    static func told(_ decision: Decision, _ view: View) -> String {
        "\(view.say(Phrase.stored))\(view.language == .zh ? "：" : ": ")\(decision.flag) "
            + view.say(Terms.text(of: decision.verdict))
    }

    // MARK: Decisions

    private func standing() -> View.Context? {
        flag.decision.map { decision in row(decision).merging(["number": decision.id]) { $1 } }
    }

    private func row(_ decision: Decision) -> View.Context {
        [
            "text": view.say(Terms.text(of: decision.verdict)), "by": decision.by,
            "when": view.dates.minute(decision.at),
            "note": view.some(decision.note),
        ]
    }

    // MARK: Case

    /// The case behind the flag, else the way to open one: not where somebody has said that there is nothing.
    private func record() throws -> View.Context {
        let file = try store.caseNumbers()[flag.id].map { try view.ledger.file($0) }
        let verdict = flag.decision?.verdict.kind
        let canOpen = file?.stage.isEnd != false && verdict != .reject && verdict != .permitted
        return [
            "file": view.some(
                file.map { file in
                    CasePage.summary(of: file, view).merging(
                        ["fileLink": Address.file(file.number), "fileNumber": file.number]) { $1 }
                }),
            "canOpen": canOpen, "caseAction": Address.flag(flag.id) + "/case",
            "caseButton": view.say(flag.decision == nil ? Phrase.confirmAndOpen : .openCase),
            "members": canOpen ? try view.members().map { ["name": $0] } : [],
        ]
    }

    // MARK: Facts

    private func facts() -> [View.Context] {
        let rows: [(Word, String)] = [
            (.household, view.site.householdLabel(flag.household, in: view.language)),
            (.camera, view.site.camera(flag.camera)?.name ?? flag.camera),
            (.permit, flag.permit ?? view.say(.noPermit)),
            (.firstSeen, view.dates.minute(flag.firstSeen)), (.lastSeen, view.dates.minute(flag.lastSeen)),
            (.confirmed, view.dates.minute(flag.confirmedAt)),
            (
                .area,
                AreaText.text(
                    pixels: flag.areaInPixels, squareMetres: flag.areaInSquareMetres, in: view.language)
            ),
            (.confidence, DecimalText.percent(flag.confidence)),
        ]
        let neighbours = flag.neighbours.isEmpty ? [] : [(Word.neighbours, flag.neighbours.joined(separator: ", "))]
        return (rows + neighbours).map { ["name": view.say($0.0), "value": $0.1] }
    }

    private func original(_ word: Word, _ capture: Capture?, _ path: String?) -> [View.Context] {
        guard let path = capture?.path ?? path else { return [] }
        return [
            [
                "name": view.say(word), "path": path, "sha": view.some(capture?.sha256),
                "when": view.some(capture?.at.map(view.dates.minute)),
            ]
        ]
    }

    // MARK: Pictures

    private func pictures(before: Capture?, after: Capture?) throws -> View.Context {
        guard !view.isPrivate(flag.camera), let frame = try view.desk.views.reference(of: flag.camera) else {
            return ["pictures": false, "private": view.isPrivate(flag.camera), "strip": false]
        }
        let earlier = try address(.before, else: before), later = try address(.after, else: after)
        guard let shownBefore = earlier ?? later, let shownAfter = later ?? earlier else {
            return [
                "pictures": false, "private": false,
                "strip": view.some(try strip(before: before, after: after, frame: frame)),
            ]
        }
        let box = flag.box.count == 4 ? flag.box : [0, 0, frame.width, frame.height]
        let points = flag.drawnOutline.map {
            (DecimalText.text($0.x, decimals: 1) ?? "0") + "," + (DecimalText.text($0.y, decimals: 1) ?? "0")
        }
        let hasMask = try view.desk.views.evidence(.mask, of: flag) != nil
        return [
            "private": false, "strip": view.some(try strip(before: before, after: after, frame: frame)),
            "pictures": [
                "width": frame.width, "height": frame.height, "box": box.map { "\($0)" }.joined(separator: ","),
                "points": points.joined(separator: " "), "before": shownBefore, "after": shownAfter,
                "mask": view.some(hasMask ? Address.evidence(flag.id, .mask) : nil),
                "beforeWhen": view.some(before?.at.map(view.dates.minute)),
                "afterWhen": view.some(after?.at.map(view.dates.minute)),
            ] as View.Context,
        ]
    }

    /// The picture that was kept, else the capture that it was made from; `nil` where there is neither.
    private func address(_ part: EvidencePicture, else capture: Capture?) throws -> String? {
        if try view.desk.views.evidence(part, of: flag) != nil { return Address.evidence(flag.id, part) }
        guard let capture, let at = capture.at else { return nil }
        let moment = Selection(camera: capture.camera, since: at, until: at.addingTimeInterval(1))
        let found = try store.numberedCaptures(moment).first { $0.path.utf8.elementsEqual(capture.path.utf8) }
        return found.map { Address.capture($0.number) }
    }

    /// Usable captures from before to after, spread evenly over the time.
    private func strip(before: Capture?, after: Capture?, frame: Picture) throws -> [View.Context] {
        let since = before?.at ?? flag.firstSeen.addingTimeInterval(-7 * 86_400)
        let until = max(after?.at ?? flag.lastSeen, flag.lastSeen).addingTimeInterval(1)
        let all = try store.numberedCaptures(
            Selection(camera: flag.camera, since: since, until: until, quality: .ok))
        let count = min(all.count, Self.stripLength)
        guard count > 1 else { return [] }
        return (0..<count).map { all[$0 * (all.count - 1) / (count - 1)] }.map { capture in
            let when = view.dates.minute(capture.at)
            return [
                "thumbnail": Address.capture(capture.number, width: 320),
                "picture": Address.capture(capture.number, width: frame.width > 1600 ? 1600 : nil), "when": when,
                "day": view.dates.shortDay(of: capture.at), "shift": Self.shiftText(capture),
            ]
        }
    }

    /// `dx dy rotation`, shares of the width and of the height, and degrees: what brings the capture to the reference.
    static func shiftText(_ capture: NumberedCapture) -> String {
        guard let shift = capture.shift, let width = capture.width, let height = capture.height, width > 0, height > 0
        else { return "" }
        return [shift.dx / Double(width), shift.dy / Double(height), shift.rotation].map {
            DecimalText.text($0, decimals: 5) ?? "0"
        }.joined(separator: " ")
    }
}
