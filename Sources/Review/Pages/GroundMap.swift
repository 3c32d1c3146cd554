import Foundation
import Hummingbird
import Reporting
import Village

/// The plots on the ground, for the map in the browser.
struct GroundMap {
    /// A plot as the script draws it.
    private struct Shape: Encodable {
        var id: String
        var link: String
        var title: String
        var level: String
        /// Metres, to the right and up.
        var points: [[Double]]
    }

    let view: View

    /// Whether any plot has a place on the ground.
    func hasPlots() throws -> Bool { try view.site.plots.contains { try view.desk.views.ground(of: $0) != nil } }

    func response(states: [String: PlotSummary.State]) throws -> Response {
        let shapes = try view.site.plots.compactMap { plot -> Shape? in
            guard let outline = try view.desk.views.ground(of: plot) else { return nil }
            let state = states[plot.id] ?? .noPictures
            return Shape(
                id: plot.id, link: Address.plot(plot.id),
                title: "\(plot.id) · \(view.say(Terms.name(of: plot.kind))) · \(view.say(Terms.name(of: state.level)))",
                level: state.level.rawValue, points: outline.map { [$0.x, $0.y] })
        }
        var response = Response.text(String(decoding: try JSONEncoder().encode(shapes), as: UTF8.self))
        response.headers[.contentType] = "application/json"
        return response
    }
}
