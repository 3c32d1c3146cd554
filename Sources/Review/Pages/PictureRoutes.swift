import Foundation
import Hummingbird
import Reporting
import Storage
import Village

/// Pictures, by the number of a capture or the id of a flag, both looked up in the store: no address ever names a file.
struct PictureRoutes: Sendable {
    /// Widths that a capture is served in besides its own, in pixels.
    static let widths = [320, 1600]

    let desk: Desk

    func add(to router: Router<ReviewContext>) {
        router.get("/pictures/capture/:number") { request, context in
            guard let number = context.parameters.get("number").flatMap(Int64.init),
                let capture = try desk.store.capture(number: number)
            else { throw PageError(.notFound, .notFound) }
            try refuseRoom(capture.camera)
            let asked = Query(request)["width"]
            let width = asked.flatMap(Int.init)
            guard asked == nil || width.map(Self.widths.contains) == true else {
                throw PageError(.badRequest, .badRequest)
            }
            return try answer(try desk.views.picture(of: capture, width: width), request)
        }
        router.get("/pictures/reference/:camera") { request, context in
            guard let camera = try desk.views.site().camera(try context.parameters.require("camera")) else {
                throw PageError(.notFound, .notFound)
            }
            try refuseRoom(camera.id)
            return try answer(try desk.views.reference(of: camera.id), request)
        }
        router.get("/pictures/evidence/:flag/:part") { request, context in
            guard let part = EvidencePicture(rawValue: try context.parameters.require("part")),
                let flag = try desk.store.flag(try context.parameters.require("flag"))
            else { throw PageError(.notFound, .notFound) }
            try refuseRoom(flag.camera)
            return try answer(try desk.views.evidence(part, of: flag), request)
        }
    }

    private func refuseRoom(_ camera: String) throws {
        if try desk.views.site().isPrivate(camera) { throw PageError(.forbidden, .privatePicture) }
    }

    private func answer(_ picture: Picture?, _ request: Request) throws -> Response {
        guard let picture else { throw PageError(.notFound, .pictureGone) }
        return Assets.cached(picture.bytes, picture.mediaType, request)
    }
}
