import Foundation
import Hummingbird
import Reporting
import Storage
import Village

/// The list of flags, newest first, a page at a time.
struct InboxPage: Sendable {
    let desk: Desk

    private static let filters: [(name: String, review: FlagQuery.Review, label: Phrase)] = [
        ("unreviewed", .unreviewed, .showUnreviewed), ("all", .any, .showAll),
        ("confirm", .verdict(.confirm), .showConfirmed), ("reject", .verdict(.reject), .showRejected),
        ("permitted", .verdict(.permitted), .showPermitted), ("unsure", .verdict(.unsure), .showUnsure),
    ]

    func add(to router: Router<ReviewContext>) {
        router.get("/flags") { request, context in try page(desk.view(request, context), Query(request)) }
    }

    private func page(_ view: View, _ query: Query) throws -> Response {
        let chosen = Self.filters.first { $0.name == query["show"] } ?? Self.filters[0]
        let cursor = query["after"].flatMap(FlagCursor.init(text:))
        let page = try desk.store.flags(
            FlagQuery(review: chosen.review, limit: desk.settings.pageSize, after: cursor))
        let next = page.next.map { "/flags?show=\(chosen.name)&after=\($0.text)" }
        return try view.response(
            "inbox",
            [
                "title": view.say(Phrase.inbox), "total": page.total,
                "rows": view.some(page.flags.map { row($0, view) }),
                "next": view.some(next), "isFirst": cursor == nil, "first": "/flags?show=\(chosen.name)",
                "chosen": view.say(chosen.label),
                "filters": Self.filters.map { filter -> View.Context in
                    [
                        "name": view.say(filter.label), "link": "/flags?show=\(filter.name)",
                        "isChosen": filter.name == chosen.name,
                    ]
                },
                "done": chosen.name == "unreviewed" && page.total == 0,
            ])
    }

    private func row(_ flag: Flag, _ view: View) -> View.Context {
        [
            "id": flag.id, "link": Address.flag(flag.id), "plot": flag.plot,
            "kind": view.say(Terms.name(of: flag.kind)), "stage": view.say(Terms.name(of: flag.stage)),
            "status": view.say(Terms.name(of: flag.status)), "statusStyle": flag.status.rawValue,
            "camera": view.site.camera(flag.camera)?.name ?? flag.camera,
            "when": view.dates.minute(flag.firstSeen), "confidence": DecimalText.percent(flag.confidence),
            "text": view.say(flag.explanation),
            "decision": view.some(flag.decision.map { view.say(Terms.text(of: $0.verdict)) + " · " + $0.by }),
        ]
    }
}

extension FlagCursor {
    /// As addresses hold it: the bits of the moment, so that it comes back exactly, and the flag's id.
    var text: String {
        String(firstSeen.timeIntervalSince1970.bitPattern, radix: 16) + "~" + Address.encoded(id)
    }

    init?(text: String) {
        let parts = text.split(separator: "~", maxSplits: 1)
        guard parts.count == 2, let bits = UInt64(parts[0], radix: 16) else { return nil }
        let seconds = Double(bitPattern: bits)
        guard seconds.isFinite else { return nil }
        self.init(firstSeen: Date(timeIntervalSince1970: seconds), id: String(parts[1]))
    }

    init(_ flag: Flag) { self.init(firstSeen: flag.firstSeen, id: flag.id) }
}
