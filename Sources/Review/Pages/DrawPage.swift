import ConfigurationFiles
import Crypto
import Foundation
import Hummingbird
import Reporting
import Storage
import Village

/// Drawing outlines on a camera's reference picture, and saving them into the site file.
struct DrawPage: Sendable {
    let desk: Desk

    /// What is drawn: a row of the site's plots, or a new plot of a camera.
    private struct Subject {
        var camera: Camera
        var row: Int?
        var plot: Plot?
        var action: String
    }

    func add(to router: Router<ReviewContext>) {
        router.get("/plots/:plot/draw") { request, context in
            let view = try desk.view(request, context)
            return try page(view, try subject(plot: context, Query(request)["row"], in: view.site))
        }
        router.post("/plots/:plot/draw") { request, context in
            let view = try desk.view(request, context)
            return try save(view, try subject(plot: context, context.form["row"], in: view.site), context.form)
        }
        router.get("/cameras/:camera/draw") { request, context in
            let view = try desk.view(request, context)
            return try page(view, try subject(camera: context, in: view.site))
        }
        router.post("/cameras/:camera/draw") { request, context in
            let view = try desk.view(request, context)
            return try save(view, try subject(camera: context, in: view.site), context.form)
        }
    }

    private func subject(plot context: ReviewContext, _ row: String?, in site: Site) throws -> Subject {
        let id = try context.parameters.require("plot")
        guard let row = row.flatMap(Int.init) ?? site.plots.lastIndex(where: { $0.id == id }),
            site.plots.indices.contains(row), site.plots[row].id == id, let camera = site.camera(site.plots[row].camera)
        else { throw PageError(.notFound, .notFound) }
        return Subject(camera: camera, row: row, plot: site.plots[row], action: "/plots/\(id)/draw")
    }

    private func subject(camera context: ReviewContext, in site: Site) throws -> Subject {
        guard let camera = site.camera(try context.parameters.require("camera")) else {
            throw PageError(.notFound, .notFound)
        }
        return Subject(camera: camera, action: "/cameras/\(camera.id)/draw")
    }

    // MARK: The page

    private func page(
        _ view: View, _ subject: Subject, form: Form? = nil, faults: [String] = [], status: HTTPResponse.Status = .ok
    ) throws -> Response {
        guard !view.isPrivate(subject.camera.id) else { throw PageError(.forbidden, .privatePicture) }
        guard let frame = try desk.views.reference(of: subject.camera.id) else {
            throw PageError(.notFound, .notOnPicture)
        }
        var points = ""
        switch subject.plot?.shape {
        case .mask: throw PageError(.unprocessableContent, .maskPlot)
        case .polygon(let outline): points = outline.map(Self.text).joined(separator: " ")
        case nil: break
        }
        let others = view.site.plots.enumerated().compactMap { index, plot -> View.Context? in
            guard index != subject.row, plot.camera == subject.camera.id, case .polygon(let outline) = plot.shape else {
                return nil
            }
            // Letters of a fortieth of the width stay readable and hide little.
            let middle = outline.reduce(.zero, +) / Double(outline.count), letter = frame.width / 40
            return [
                "points": outline.map(Self.text).joined(separator: " "), "id": plot.id, "x": Int(middle.x),
                "y": Int(middle.y), "letter": letter, "halo": max(letter / 6, 1),
            ]
        }
        let kind = form?["kind"].flatMap(Plot.Kind.init(rawValue:)) ?? .field
        return try view.response(
            "draw",
            [
                "title": view.say(subject.plot == nil ? Phrase.newPlot : Phrase.drawing), "action": subject.action,
                "plotName": view.some(subject.plot?.id), "row": view.some(subject.row), "isNew": subject.plot == nil,
                "cameraName": subject.camera.name, "picture": Address.reference(subject.camera.id),
                "width": frame.width, "height": frame.height, "points": form?.exact("points") ?? points,
                "others": view.some(others), "base": try fingerprint(),
                "faults": view.some(faults.map { ["text": $0] }),
                "back": subject.plot.map { Address.plot($0.id) } ?? "/", "newID": form?.exact("id") ?? "",
                "newCrop": form?.exact("crop") ?? "", "newHousehold": form?.exact("household") ?? "",
                "kinds": Plot.Kind.allCases.filter { $0 != .room }.map { choice -> View.Context in
                    [
                        "value": choice.rawValue, "name": view.say(Terms.name(of: choice)),
                        "isChosen": choice == kind,
                    ]
                },
                "scripts": [["name": "draw.js"]],
            ], status: status)
    }

    private static func text(_ point: SIMD2<Double>) -> String {
        (DecimalText.text(point.x, decimals: 1) ?? "0") + "," + (DecimalText.text(point.y, decimals: 1) ?? "0")
    }

    private func fingerprint() throws -> String {
        let file = (try? SiteFile.find(desk.settings.siteFile)) ?? desk.settings.siteFile
        let bytes = FileManager.default.contents(atPath: file) ?? Data()
        return JournalChain.hexadecimal(SHA256.hash(data: bytes).prefix(8))
    }

    // MARK: Saving

    private func save(_ view: View, _ subject: Subject, _ form: Form) throws -> Response {
        guard !view.isPrivate(subject.camera.id) else { throw PageError(.forbidden, .privatePicture) }
        guard let frame = try desk.views.reference(of: subject.camera.id) else {
            throw PageError(.notFound, .notOnPicture)
        }
        let outline: Outline
        switch DrawnOutline.read(form.exact("points"), width: frame.width, height: frame.height) {
        case .success(let points): outline = points
        case .failure(let fault): return try refused(view, subject, form, [view.say(fault.phrase)])
        }
        do {
            let id = try desk.siteFileEdit.withLock { _ -> String? in
                guard try fingerprint() == form.exact("base") else { return nil }
                return try write(outline, subject, form, site: view.site)
            }
            guard let id else {
                return try page(
                    view, subject, form: form, faults: [view.say(Phrase.fileChanged)], status: .conflict)
            }
            return .redirect(Address.plot(id) + "?saved=1")
        } catch let error as ConfigurationError {
            return try refused(
                view, subject, form, error.faults.map { "\(view.say($0.wrong)) – \(view.say($0.right))" })
        } catch let error as PageError {
            return try refused(view, subject, form, [view.say(error.phrase)])
        }
    }

    private func refused(_ view: View, _ subject: Subject, _ form: Form, _ faults: [String]) throws -> Response {
        try page(view, subject, form: form, faults: faults, status: .unprocessableContent)
    }

    /// - Returns: the id of the plot that was written.
    private func write(_ outline: Outline, _ subject: Subject, _ form: Form, site: Site) throws -> String {
        let edit = try SiteEdit(path: desk.settings.siteFile)
        if let row = subject.row, let plot = subject.plot {
            guard edit.site.plots.indices.contains(row), edit.site.plots[row] == plot else {
                throw PageError(.conflict, .fileChanged)
            }
            try edit.save(edit.text(replacingPolygonOf: row, with: outline))
            return plot.id
        }
        guard let id = form["id"], Self.isPlain(id), edit.site.plot(id) == nil,
            let kind = form["kind"].flatMap(Plot.Kind.init(rawValue:)), form["crop"].map(Self.isPlain) ?? true,
            form["household"].map(Self.isPlain) ?? true
        else { throw PageError(.unprocessableContent, .badID) }
        let plot = Plot(
            id: id, camera: subject.camera.id, kind: kind, crop: form["crop"], household: form["household"],
            shape: .polygon(outline), valid: DayRange())
        try edit.save(edit.text(adding: plot))
        return id
    }

    /// A word that stands in YAML as it is; digits alone and words such as `no` are read as texts there too.
    private static func isPlain(_ text: String) -> Bool {
        text.count <= 100 && text.first.map { $0 != "-" } ?? false
            && text.utf8.allSatisfy {
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45 || $0 == 95
            }
    }
}
