import Analysis
import Archive
import ConfigurationFiles
import Decoding
import Foundation
import Inspection
import Pixels
import Reporting
import Review
import Storage
import Synchronization
import Village

/// Pictures and summaries for the review page, from store, archive and models.
final class ReviewViews: SiteViews {
    private static let quality = 85

    private struct Known {
        var modified: Date?
        var site: Site
    }

    private let path: String
    private let store: Store
    private let models: Models
    private let decoder = Decoder()
    private let known: Mutex<Known>
    private let references = Mutex<[String: Reporting.Picture]>([:])

    init(path: String, open: OpenSite, models: Models) {
        self.path = path
        self.store = open.store
        self.models = models
        known = Mutex(Known(modified: Self.modified(path), site: open.site))
    }

    /// A file that somebody is editing by hand may be wrong for a while: then the site is what it was.
    func site() throws -> Site {
        let modified = Self.modified(path)
        return known.withLock { known in
            guard modified != known.modified else { return known.site }
            if let site = try? SiteFile.load(path: path), site.store == known.site.store { known.site = site }
            known.modified = modified
            return known.site
        }
    }

    private static func modified(_ path: String) -> Date? {
        guard let file = try? SiteFile.find(path) else { return nil }
        let real = URL(fileURLWithPath: file).resolvingSymlinksInPath().path
        return try? FileManager.default.attributesOfItem(atPath: real)[.modificationDate] as? Date
    }

    func summary(of plot: Plot, flags: [Village.Flag], advice: [Advice]) throws -> PlotSummary {
        try ReportAssembly(open: OpenSite(site: site(), store: store), models: models, flags: flags, advice: advice)
            .summary(of: plot, withPictures: false)
    }

    func ground(of plot: Plot) throws -> Outline? {
        guard case .polygon(let outline) = plot.shape,
            let plane = try site().camera(plot.camera).flatMap(GroundPlane.init(of:)),
            // What reaches over the horizon has no place on the ground.
            plane.areaInSquareMetres(of: Polygon(outline)) != nil
        else { return nil }
        return outline.map { plane.metres.point($0) }
    }

    /// Whether the camera sees a room, whose pictures no page shows.
    private func isPrivate(_ camera: String) throws -> Bool { try site().seesRoom(camera) }

    func picture(of capture: Capture, width: Int?) throws -> Reporting.Picture? {
        guard try !isPrivate(capture.camera),
            let bytes = try? FileReader(archive: try site().archive).read(path: capture.path).bytes
        else {
            return nil
        }
        return picture(bytes, width: width)
    }

    func reference(of camera: String) throws -> Reporting.Picture? {
        guard try !isPrivate(camera) else { return nil }
        if let kept = references.withLock({ $0[camera] }) { return kept }
        guard let stored = try ReferencePicture.stored(camera: camera, in: store) else { return nil }
        let picture = try encoded(stored.image)
        references.withLock { $0[camera] = picture }
        return picture
    }

    func evidence(_ part: EvidencePicture, of flag: Village.Flag) throws -> Reporting.Picture? {
        guard let number = EvidencePart.candidate(of: flag.id), let kept = EvidencePart(rawValue: part.rawValue),
            let bytes = try store.picture(PictureKey(camera: flag.camera, name: kept.pictureName(of: number))),
            let size = try? decoder.header(of: [UInt8](bytes)).orientedSize
        else { return nil }
        return Reporting.Picture(bytes: [UInt8](bytes), width: size.width, height: size.height)
    }

    func originals(of flag: Village.Flag) throws -> (before: String?, after: String?) {
        try ConstructionHistory(camera: flag.camera, store: store).originals(of: flag.id)
    }

    /// Decoded and encoded again: position, serial numbers and whatever else the file carried stay behind.
    private func picture(_ bytes: [UInt8], width: Int?) -> Reporting.Picture? {
        guard let size = try? decoder.header(of: bytes).orientedSize else { return nil }
        // Scaling while decoding is cheap; what is left to do is at most a half.
        let scale = Scale.allCases.last { scale in
            width.map { scale.applied(to: size).width >= $0 } ?? (scale == .full)
        }
        guard let image = try? decoder.rgb(bytes, scale: scale ?? .full).content else { return nil }
        guard let width, image.width > width else { return try? encoded(image) }
        let height = max(1, image.height * width / image.width)
        return try? encoded(image.resized(to: Size(width: width, height: height)))
    }

    private func encoded(_ image: RGBImage) throws -> Reporting.Picture {
        Reporting.Picture(
            bytes: try Encoder.jpeg(image, quality: Self.quality), width: image.width, height: image.height)
    }
}
