import HTTPTypes
import Hummingbird
import Reporting
import Village

/// The form for a case that no flag stands behind: an appeal, a request of the police, rubbish that somebody saw.
struct NewCasePage {
    private static let kinds: [Case.Kind] = [.appeal, .cleanup, .police, .construction, .other]

    let view: View

    /// - Parameter form: what was sent before and refused.
    func response(
        _ form: Form = Form(fields: [:]), fault: Phrase? = nil, status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let plots = view.site.plots.map { plot in
            ("plot:\(plot.id)", "\(plot.id) · \(view.say(Terms.name(of: plot.kind)))")
        }
        let cameras = view.site.cameras.map { ("camera:\($0.id)", "\(view.say(Word.camera)) \($0.name)") }
        let villages = try Set(view.site.households.compactMap(\.village) + view.cases().compactMap(\.village)).sorted()
        return try view.response(
            "newcase",
            [
                "title": view.say(Phrase.newCase), "fault": view.some(fault.map { view.say($0) }),
                "request": SecretText.random(), "givenTitle": form["title"] ?? "", "givenNote": form["note"] ?? "",
                "givenVillage": form["village"] ?? "", "givenAssignee": form["assignee"] ?? "",
                "kinds": Self.kinds.map {
                    [
                        "value": $0.rawValue, "name": view.say(Terms.name(of: $0)),
                        "isChosen": form["kind"] == $0.rawValue,
                    ] as View.Context
                },
                "places": (plots + cameras).map {
                    ["value": $0.0, "name": $0.1, "isChosen": form["place"] == $0.0] as View.Context
                },
                "villages": villages.map { ["name": $0] }, "members": try view.members().map { ["name": $0] },
            ], status: status)
    }
}
