import Foundation
import Hummingbird
import Storage
import Village

/// One flag, and what is decided on it.
struct FlagRoutes: Sendable {
    let desk: Desk

    func add(to router: Router<ReviewContext>) {
        router.get("/flags/:flag") { request, context in
            let view = try desk.view(request, context)
            let flag = try flag(context)
            let query = Query(request)
            let flash =
                try query["done"].flatMap(Int64.init).flatMap { flashText($0, view) }
                ?? query["opened"].flatMap { try openedText($0, view) }
            return try FlagPage(view: view, flag: flag).response(flash: flash)
        }
        router.get("/flags/:flag/last") { _, context in try last(try flag(context)) }
        router.post("/flags/:flag/verdict") { request, context in try decide(request, context) }
        router.post("/undo") { request, context in try undoLast(request, context) }
    }

    private func flag(_ context: ReviewContext) throws -> Flag {
        guard let flag = try desk.store.flag(try context.parameters.require("flag")) else {
            throw PageError(.notFound, .notFound)
        }
        return flag
    }

    /// The number of the last decision on a flag, for a page that wants to know whether it is still the last.
    private func last(_ flag: Flag) throws -> Response {
        let decision = try desk.store.decisions(flag: flag.id).last
        return Response.text(decision.map { "\($0.id) \($0.by)" } ?? "0")
    }

    /// "Stored: confirmed": of the decision that the page before has made.
    private func flashText(_ number: Int64, _ view: View) -> String? {
        guard let given = view.session.verdicts.last, given.decision == number,
            let decision = try? desk.store.decisions(flag: given.flag).first(where: { $0.id == number })
        else { return nil }
        return FlagPage.told(decision, view)
    }

    /// "Case opened: 2024-0001": of the case that the page before has opened.
    private func openedText(_ number: String, _ view: View) throws -> String? {
        guard let file = try view.cases().first(where: { $0.number == number }) else { return nil }
        return "\(view.say(Phrase.opened)) \(number)" + (file.assignee.map { " → \($0)" } ?? "")
    }

    // MARK: Deciding

    private func decide(_ request: Request, _ context: ReviewContext) throws -> Response {
        let view = try desk.view(request, context)
        let flag = try flag(context)
        let form = context.form
        guard let verdict = verdict(in: form) else {
            return try FlagPage(view: view, flag: flag).response(fault: .badText, status: .unprocessableContent)
        }
        let seen: Store.Expectation = form["seen"].flatMap(Int64.init).map { .last($0 == 0 ? nil : $0) } ?? .any
        let decision: Decision
        do {
            decision = try desk.store.decide(
                verdict, on: flag.id, by: view.inspector, at: desk.now(), note: form["note"], expecting: seen,
                request: form["request"])
        } catch {
            return try refused(error, flag: flag, view: view)
        }
        if case .undo = verdict { return .redirect(Address.flag(flag.id)) }
        desk.sessions.remember(decision, in: view.session)
        let next = try Self.next(after: flag, desk: desk)
        return .redirect(next.map { Address.flag($0) + "?done=\(decision.id)" } ?? "/flags")
    }

    private func verdict(in form: Form) -> Verdict? {
        switch form["verdict"] {
        case "confirm": .confirm
        case "unsure": .unsure
        case "reject": form["reason"].flatMap(Rejection.init(rawValue:)).map { .reject($0) }
        case "permitted": form["number"].map { .permitted(number: $0) }
        case "undo": form["of"].flatMap(Int64.init).map { .undo(of: $0) }
        default: nil
        }
    }

    /// The id of the next flag that nobody has decided, from this one on; where there is none behind it, from the
    /// beginning.
    static func next(after flag: Flag, desk: Desk) throws -> String? {
        let behind = try desk.store.unreviewedFlags(limit: 1, after: FlagCursor(flag)).flags.first
        return try (behind ?? desk.store.unreviewedFlags(limit: 1).flags.first)?.id
    }

    private func refused(_ error: DecisionError, flag: Flag, view: View) throws -> Response {
        switch error {
        case .conflict:
            // As it stands now, with the other's verdict.
            let now = try desk.store.flag(flag.id) ?? flag
            return try FlagPage(view: view, flag: now).response(fault: .conflict, status: .conflict)
        case .badText:
            return try FlagPage(view: view, flag: flag).response(fault: .badText, status: .unprocessableContent)
        case .cannotUndo:
            return try FlagPage(view: view, flag: flag).response(fault: .nothingToUndo, status: .conflict)
        case .noSuchFlag: throw PageError(.notFound, .notFound)
        case .store(let error): throw error
        }
    }

    // MARK: Taking back

    private func undoLast(_ request: Request, _ context: ReviewContext) throws -> Response {
        let view = try desk.view(request, context)
        guard let given = desk.sessions.takeLastVerdict(view.session) else {
            throw PageError(.conflict, .nothingToUndo)
        }
        do {
            try desk.store.decide(.undo(of: given.decision), on: given.flag, by: view.inspector, at: desk.now())
        } catch {
            switch error {
            case .cannotUndo: break
            case .store(let fault): throw fault
            case .noSuchFlag, .conflict, .badText: throw PageError(.conflict, .nothingToUndo)
            }
        }
        return .redirect(Address.flag(given.flag))
    }
}
