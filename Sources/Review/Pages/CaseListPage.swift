import Hummingbird
import Reporting
import Village

/// Cases by what is to be done with them, and each grid member's work list.
struct CaseListPage {
    private enum Show: String, CaseIterable {
        case open, overdue, unassigned, ended, all

        var label: Phrase {
            switch self {
            case .open: .openCases
            case .overdue: .overdueCases
            case .unassigned: .unassignedCases
            case .ended: .endedCases
            case .all: .showAll
            }
        }

        func holds(_ file: Case, today: Day) -> Bool {
            switch self {
            case .open: !file.stage.isEnd
            case .overdue: file.isOverdue(on: today)
            case .unassigned: !file.stage.isEnd && file.assignee == nil
            case .ended: file.stage.isEnd
            case .all: true
            }
        }
    }

    private struct Choice {
        var show: Show
        var assignee: String?
        var files: [Case]
    }

    let view: View

    /// What is asked for; open cases by their day, others the newest first.
    private func choice(_ query: Query) throws -> Choice {
        let show = query["show"].flatMap(Show.init(rawValue:)) ?? .open
        let assignee = query["assignee"]
        let files = try view.cases().filter {
            show.holds($0, today: view.today) && (assignee == nil || $0.assignee == assignee)
        }
        let sorted: [Case] =
            show == .ended || show == .all
            ? files.reversed()
            : files.sorted { ($0.due?.day.number ?? .max, $0.number) < ($1.due?.day.number ?? .max, $1.number) }
        return Choice(show: show, assignee: assignee, files: sorted)
    }

    func response(_ query: Query) throws -> Response {
        let choice = try choice(query)
        let size = view.desk.settings.pageSize
        let start = min(max(query["from"].flatMap(Int.init) ?? 0, 0), choice.files.count)
        let end = min(start + size, choice.files.count)
        let next = end < choice.files.count ? link(choice.show, choice.assignee) + "&from=\(end)" : nil
        let waiting = Dictionary(grouping: try view.cases().filter { !$0.stage.isEnd }, by: \.assignee)
        return try view.response(
            "cases",
            [
                "title": view.say(Phrase.cases), "total": choice.files.count, "chosen": view.say(choice.show.label),
                "filters": Show.allCases.map { show -> View.Context in
                    [
                        "name": view.say(show.label), "link": link(show, choice.assignee),
                        "isChosen": show == choice.show,
                    ]
                },
                "members": view.some(try members(choice, waiting: waiting.mapValues(\.count))),
                "assignee": view.some(choice.assignee),
                "table": link(choice.show, choice.assignee, page: "/cases.csv"),
                "rows": view.some(choice.files[start..<end].map(row)), "isFirst": start == 0,
                "first": link(choice.show, choice.assignee), "next": view.some(next),
            ])
    }

    /// The same as a spreadsheet.
    func table(_ query: Query) throws -> Response {
        let text = CSVDocuments.cases(try choice(query).files, today: view.today, clock: view.dates.clock)
        var response = Response.text(text)
        response.headers[.contentType] = "text/csv; charset=utf-8"
        response.headers[.contentDisposition] = "attachment; filename=\"cases.csv\""
        return response
    }

    private func link(_ show: Show, _ assignee: String?, page: String = "/cases") -> String {
        "\(page)?show=\(show.rawValue)" + (assignee.map { "&assignee=" + Address.encoded($0) } ?? "")
    }

    private func members(_ choice: Choice, waiting: [String?: Int]) throws -> [View.Context] {
        let names = try view.members()
        guard !names.isEmpty else { return [] }
        let everybody: View.Context = [
            "name": view.say(Phrase.everybody), "count": false, "link": link(choice.show, nil),
            "isChosen": choice.assignee == nil,
        ]
        return [everybody]
            + names.map { name in
                [
                    "name": name, "count": "\(waiting[name] ?? 0)", "link": link(choice.show, name),
                    "isChosen": choice.assignee == name,
                ]
            }
    }

    private func row(_ file: Case) -> View.Context {
        CasePage.summary(of: file, view).merging([
            "link": Address.file(file.number), "number": file.number, "name": file.title,
            "place": view.some(view.site.place(of: file)),
        ]) { $1 }
    }
}
