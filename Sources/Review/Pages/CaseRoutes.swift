import Casework
import Foundation
import HTTPTypes
import Hummingbird
import Reporting
import Storage
import Village

/// The ledger of cases: lists, one case, and what is done to it.
struct CaseRoutes: Sendable {
    let desk: Desk

    func add(to router: Router<ReviewContext>) {
        router.get("/cases") { request, context in
            try CaseListPage(view: desk.view(request, context)).response(Query(request))
        }
        router.get("/cases.csv") { request, context in
            try CaseListPage(view: desk.view(request, context)).table(Query(request))
        }
        router.get("/cases/new") { request, context in try NewCasePage(view: desk.view(request, context)).response() }
        router.post("/cases/new") { request, context in try open(request, context) }
        router.get("/cases/:number") { request, context in
            try page(desk.view(request, context), number: context.parameters.require("number"))
        }
        router.post("/cases/:number/:act") { request, context in try act(request, context) }
        router.post("/flags/:flag/case") { request, context in try openOnFlag(request, context) }
    }

    private func page(
        _ view: View, number: String, fault: Phrase? = nil, detail: String? = nil, status: HTTPResponse.Status = .ok
    ) throws -> Response {
        do {
            return try CasePage(view: view, file: view.ledger.file(number)).response(
                fault: fault, detail: detail, status: status)
        } catch CaseError.noSuchCase {
            throw PageError(.notFound, .notFound)
        }
    }

    // MARK: Opening

    /// Confirms the flag where nobody has decided on it, opens a case, and gives it to somebody where one is named.
    private func openOnFlag(_ request: Request, _ context: ReviewContext) throws -> Response {
        let view = try desk.view(request, context)
        guard let flag = try desk.store.flag(try context.parameters.require("flag")) else {
            throw PageError(.notFound, .notFound)
        }
        let form = context.form
        func refused(_ phrase: Phrase, _ status: HTTPResponse.Status) throws -> Response {
            let now = try desk.store.flag(flag.id) ?? flag
            return try FlagPage(view: view, flag: now).response(fault: phrase, status: status)
        }
        // A form that was open while somebody else said that there is nothing.
        if let verdict = flag.decision?.verdict.kind, verdict == .reject || verdict == .permitted {
            return try refused(.conflict, .conflict)
        }
        do {
            let assignee = try assignee(form)
            if flag.decision == nil {
                let seen: Store.Expectation = form["seen"].flatMap(Int64.init).map { .last($0 == 0 ? nil : $0) } ?? .any
                let decision = try desk.store.decide(
                    .confirm, on: flag.id, by: view.inspector, at: desk.now(), note: form["note"], expecting: seen,
                    request: form["request"])
                desk.sessions.remember(decision, in: view.session)
            }
            let file = try view.ledger.open(flag: flag.id, by: view.inspector, at: desk.now(), note: form["note"])
            try dispatch(file, to: assignee, note: nil, view)
            let next = try FlagRoutes.next(after: flag, desk: desk)
            return .redirect((next.map(Address.flag) ?? Address.file(file.number)) + "?opened=\(file.number)")
        } catch CaseError.hasCase(_, let number) {
            return .redirect(Address.file(number))
        } catch let error as CaseError {
            let (phrase, status) = try refusal(error)
            return try refused(phrase, status)
        } catch DecisionError.conflict {
            return try refused(.conflict, .conflict)
        } catch let error as DecisionError {
            if case .store(let fault) = error { throw fault }
            return try refused(.badText, .unprocessableContent)
        }
    }

    /// Opens a case that no flag stands behind.
    private func open(_ request: Request, _ context: ReviewContext) throws -> Response {
        let view = try desk.view(request, context)
        let form = context.form
        if let opened = view.session.opened, opened.request == form["request"] {
            return .redirect(Address.file(opened.number))
        }
        guard let kind = form["kind"].flatMap(Case.Kind.init(rawValue:)), let title = form["title"] else {
            return try NewCasePage(view: view).response(form, fault: .badText, status: .unprocessableContent)
        }
        let place = form["place"]?.split(separator: ":", maxSplits: 1).map(String.init) ?? []
        do {
            let assignee = try assignee(form)
            let file = try view.ledger.open(
                kind: kind, title: title, plot: place.first == "plot" ? place.last : nil,
                camera: place.first == "camera" ? place.last : nil, village: form["village"], by: view.inspector,
                at: desk.now(), note: form["note"])
            if let request = form["request"] {
                desk.sessions.update(view.session) { $0.opened = .init(request: request, number: file.number) }
            }
            try dispatch(file, to: assignee, note: nil, view)
            return .redirect(Address.file(file.number))
        } catch let error as CaseError {
            let (phrase, status) = try refusal(error)
            return try NewCasePage(view: view).response(form, fault: phrase, status: status)
        }
    }

    /// Gives a case to somebody; who does that with a new one has assessed it.
    private func dispatch(_ file: Case, to assignee: String?, note: String?, _ view: View) throws {
        guard let assignee else { return }
        if file.stage == .found { try view.ledger.move(file.number, to: .assessed, by: view.inspector, at: desk.now()) }
        try view.ledger.assign(file.number, to: assignee, by: view.inspector, at: desk.now(), note: note)
    }

    /// Looked at before anything is stored, so that a label that is refused leaves nothing half done.
    private func assignee(_ form: Form) throws -> String? {
        guard let label = form["assignee"] else { return nil }
        do {
            try Store.check(label, field: "the assignee", longest: Store.longestLabel)
            return label
        } catch {
            throw CaseError.badText(field: "the assignee", reason: error.message)
        }
    }

    // MARK: Acting

    private func act(_ request: Request, _ context: ReviewContext) throws -> Response {
        let view = try desk.view(request, context)
        let number = try context.parameters.require("number")
        let form = context.form
        do {
            let file = try view.ledger.file(number)
            // The page that was acted on showed another state: whoever sees the present one may want something else.
            guard form["seen"].flatMap(Int64.init) == file.lastEntry else { throw CaseError.conflict(number: number) }
            try take(context.parameters.require("act"), on: file, form: form, view: view)
            return .redirect(Address.file(number))
        } catch CaseError.noSuchCase {
            throw PageError(.notFound, .notFound)
        } catch let error as CaseError {
            let (phrase, status) = try refusal(error)
            return try page(view, number: number, fault: phrase, status: status)
        }
    }

    private func take(_ act: String, on file: Case, form: Form, view: View) throws {
        let ledger = view.ledger, by = view.inspector, now = desk.now(), note = form["note"]
        switch act {
        case "assign":
            guard let assignee = try assignee(form) else { throw CaseError.missing("assignee") }
            try dispatch(file, to: assignee, note: note, view)
        case "move":
            guard let stage = form["stage"].flatMap(Case.Stage.init(rawValue:)) else {
                throw CaseError.missing("stage")
            }
            try ledger.move(
                file.number, to: stage, by: by, at: now, note: note, permit: form["permit"],
                receiver: form["receiver"], rejection: form["reason"].flatMap(Rejection.init(rawValue:)) ?? .other,
                term: try day(form["term"]), orderedOn: try day(form["ordered"]))
        case "due":
            try ledger.due(
                file.number, term: try day(form["term"]), orderedOn: try day(form["ordered"]),
                filedOn: try day(form["filed"]), by: by, at: now, note: note)
        case "note":
            guard let note else { throw CaseError.missing("note") }
            try ledger.note(file.number, note, by: by, at: now)
        case "hold", "release": try ledger.hold(file.number, act == "hold", by: by, at: now, note: note)
        default: throw PageError(.notFound, .notFound)
        }
    }

    private func day(_ text: String?) throws -> Day? {
        guard let text else { return nil }
        guard let day = Day(text) else { throw CaseError.badText(field: "day", reason: text) }
        return day
    }

    private func refusal(_ error: CaseError) throws -> (Phrase, HTTPResponse.Status) {
        switch error {
        case .noSuchCase, .noSuchFlag: throw PageError(.notFound, .notFound)
        case .noSuchPlace: (.noSuchPlace, .unprocessableContent)
        case .hasCase, .conflict: (.caseChanged, .conflict)
        case .wrongStep: (.wrongStep, .conflict)
        case .missing: (.stepNeeds, .unprocessableContent)
        case .badText: (.badText, .unprocessableContent)
        case .store(let fault): throw fault
        }
    }
}
