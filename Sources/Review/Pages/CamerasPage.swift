import Foundation
import Hummingbird
import Reporting
import Storage
import Village

/// Whether the cameras are well: what could be used, what not and why, since when a camera is silent.
struct CamerasPage: Sendable {
    private static let faultsShown = 5

    let desk: Desk

    func add(to router: Router<ReviewContext>) {
        router.get("/cameras") { request, context in
            let view = try desk.view(request, context)
            return try view.response(
                "health",
                [
                    "title": view.say(Phrase.cameraHealth),
                    "cameras": view.some(try view.site.cameras.map { try camera($0, view) }),
                ])
        }
    }

    private func camera(_ camera: Camera, _ view: View) throws -> View.Context {
        let counts = try desk.store.qualityCounts(camera: camera.id)
        let total = counts.values.reduce(0, +)
        let notes = CameraSummary.notes(on: counts)
        let last = try desk.store.lastCapture(camera: camera.id)
        let silence = last?.at.flatMap { self.silence($0, view) }
        let order = Quality.allCases.filter { counts[$0] != nil }.sorted { (counts[$0] ?? 0) > (counts[$1] ?? 0) }
        let faults = try desk.store.unusableCaptures(camera: camera.id, limit: Self.faultsShown)
        let isPrivate = view.isPrivate(camera.id)
        let hasPicture = try !isPrivate && desk.views.reference(of: camera.id) != nil
        return [
            "id": camera.id, "name": camera.name, "total": total, "usable": counts[.ok] ?? 0,
            "share": total > 0
                ? DecimalText.percent(Double(counts[.ok] ?? 0) / Double(total)) : view.say(Word.noFigure),
            "value": counts[.ok] ?? 0, "last": view.some(last?.at.map(view.dates.minute)),
            "silent": view.some(silence),
            "reference": view.some(hasPicture ? Address.reference(camera.id) : nil), "private": isPrivate,
            "notes": view.some(notes.map { ["text": view.say($0.text), "problem": $0.isProblem] as View.Context }),
            "well": notes.isEmpty && total > 0 && silence == nil,
            "qualities": view.some(
                order.map { quality -> View.Context in
                    [
                        "name": view.say(Terms.name(of: quality)), "count": counts[quality] ?? 0,
                        "share": DecimalText.percent(Double(counts[quality] ?? 0) / Double(max(total, 1))),
                        "remedy": view.some(Terms.remedy(for: quality).map { view.say($0) }),
                    ]
                }),
            "faults": view.some(
                faults.map { capture -> View.Context in
                    [
                        "path": capture.path, "when": capture.at.map(view.dates.minute) ?? view.say(Word.noTime),
                        "name": view.say(Terms.name(of: capture.quality)), "why": view.some(capture.reason),
                    ]
                }),
        ]
    }

    /// Days since the last capture, from two on.
    private func silence(_ last: Date, _ view: View) -> String? {
        let days = Int(desk.now().timeIntervalSince(last) / 86_400)
        guard days >= 2 else { return nil }
        let span = "\(days) \(view.say(Word.days))"
        return view.language == .zh ? "已\(span)\(view.say(Phrase.silent))" : "\(span) \(view.say(Phrase.silent))"
    }
}
