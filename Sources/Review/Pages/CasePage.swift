import Casework
import HTTPTypes
import Hummingbird
import Reporting
import Village

/// The page of one case: where it stands, by when what is due, and the steps that may follow.
struct CasePage {
    let view: View
    let file: Case

    func response(fault: Phrase?, detail: String?, status: HTTPResponse.Status) throws -> Response {
        let next = CaseStages.next(after: file.stage, kind: file.kind)
        let flag = try file.flag.flatMap { try view.desk.store.flag($0) }
        var context: View.Context = [
            "title": "\(file.number) · \(file.title)", "number": file.number, "name": file.title,
            "place": view.some(view.site.place(of: file)), "permit": view.some(file.permit),
            "receiver": view.some(file.receiver), "held": file.isHeld, "ended": file.stage.isEnd,
            "openedWhen": view.dates.minute(file.openedAt), "openedBy": file.openedBy,
            "fault": view.some(fault.map { view.say($0) }), "detail": view.some(detail), "seen": file.lastEntry,
            "action": Address.file(file.number), "flagLink": view.some(flag.map { Address.flag($0.id) }),
            "explanation": view.some(flag.map { view.say($0.explanation) }), "shots": view.some(try shots(flag)),
            "members": try view.members().map { ["name": $0] }, "canAssign": !file.stage.isEnd,
            "plain": view.some(next.filter(isPlain).map(step)), "canHandle": next.contains(.handled),
            "canPermit": next.contains(.permitted), "canHandOver": next.contains(.handedOver),
            "canReject": next.contains(.falseAlarm),
            "reasons": Rejection.allCases.map { ["value": $0.rawValue, "name": view.say(Terms.name(of: $0))] },
            "deadlines": view.some(deadlines()), "history": view.some(try history()),
            "checks": view.some(
                flag.map { Terms.checks(for: $0).map { ["text": view.say($0)] as View.Context } } ?? []),
        ]
        context.merge(Self.summary(of: file, view)) { $1 }
        return try view.response("case", context, status: status)
    }

    /// What a list and the page itself say of a case.
    static func summary(of file: Case, _ view: View) -> View.Context {
        [
            "kindName": view.say(Terms.name(of: file.kind)), "stage": view.say(Terms.name(of: file.stage)),
            "late": file.isOverdue(on: view.today), "assignee": view.some(file.assignee),
            "due": view.some(Terms.due(of: file, today: view.today, dates: view.dates)),
        ]
    }

    /// Steps that need nothing but a press; dispatching is done by assigning.
    private func isPlain(_ stage: Case.Stage) -> Bool {
        switch stage {
        case .handled, .permitted, .handedOver, .falseAlarm: false
        case .dispatched: file.assignee != nil
        default: true
        }
    }

    private func step(_ stage: Case.Stage) -> View.Context {
        ["value": stage.rawValue, "name": view.say(Terms.name(of: stage))]
    }

    private func deadlines() -> [View.Context] {
        file.deadlines.filter { $0.isRunning || $0.isPassive }.map { deadline in
            [
                "text": Terms.text(of: deadline, today: view.today, dates: view.dates),
                "source": view.say(deadline.source),
                "late": deadline.isRunning && !deadline.isPassive && deadline.day < view.today,
            ]
        }
    }

    private func history() throws -> [View.Context] {
        try view.ledger.history(file.number).reversed().map { entry, event in
            [
                "when": view.dates.minute(entry.at), "by": entry.by,
                "text": Terms.text(of: event, in: view.language),
            ]
        }
    }

    /// Before and after, as they were kept with the flag.
    private func shots(_ flag: Flag?) throws -> [View.Context] {
        guard let flag, !view.isPrivate(flag.camera) else { return [] }
        let parts: [(EvidencePicture, Word)] = [(.before, .before), (.after, .after)]
        return try parts.filter { try view.desk.views.evidence($0.0, of: flag) != nil }.map { part, word in
            ["picture": Address.evidence(flag.id, part), "caption": view.say(word), "link": Address.flag(flag.id)]
        }
    }
}
