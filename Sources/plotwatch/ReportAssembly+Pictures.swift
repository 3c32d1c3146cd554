import Archive
import Decoding
import Foundation
import Inspection
import Pixels
import Reporting
import Storage
import Village

extension ReportAssembly {
    func picture(_ bytes: [UInt8], of size: Size) -> Reporting.Picture {
        Reporting.Picture(bytes: bytes, width: size.width, height: size.height)
    }

    /// `nil` where no such flag is raised any more.
    func pictures(ofFlag id: String) throws -> FlagPictures? {
        try open.store.flag(id).map { try pictures(of: $0) }
    }

    /// Before and after cut to the same rectangle around the region, and the region drawn over the latter.
    func pictures(of flag: Village.Flag, showsBetween: Bool = false) throws -> FlagPictures {
        let decoder = Decoder()
        func stored(_ part: EvidencePart) throws -> [UInt8]? {
            guard let number = EvidencePart.candidate(of: flag.id) else { return nil }
            return try open.store.picture(PictureKey(camera: flag.camera, name: part.pictureName(of: number))).map {
                [UInt8]($0)
            }
        }
        if isPrivate(flag.camera) { return FlagPictures(flag: flag, before: nil, after: nil, mask: nil) }
        let after = try stored(.after).flatMap { try? decoder.rgb($0).content }
        let before = try stored(.before).flatMap { try? decoder.rgb($0).content }
        let mask = try stored(.mask).flatMap { try? decoder.mask($0, insideIsZero: false) }
        guard let size = after?.size ?? before?.size else {
            return FlagPictures(flag: flag, before: nil, after: nil, mask: nil)
        }
        let crop = PlaceStrip.crop(of: flag, in: size)
        func cut(_ image: RGBImage?) throws -> Reporting.Picture? {
            guard let image, image.size == size, !crop.isEmpty else { return nil }
            let part = PlaceStrip.shrunk(image.cropped(to: crop), to: 720)
            return picture(try Encoder.jpeg(part, quality: 82), of: part.size)
        }
        let overlay = mask.flatMap { mask in after.map { MaskOverlay.drawn(mask, over: $0) } }
        let originals = try ConstructionHistory(camera: flag.camera, store: open.store).originals(of: flag.id)
        func capture(_ path: String?) throws -> Capture? {
            try path.flatMap { try open.store.capture(camera: flag.camera, path: $0) }
        }
        var pictures = FlagPictures(
            flag: flag, before: try cut(before), after: try cut(after), mask: try cut(overlay),
            beforeCapture: try capture(originals.before),
            afterCapture: try capture(originals.after))
        if showsBetween { pictures.between = try between(pictures, crop, of: size) }
        return pictures
    }

    /// The same rectangle in captures between before and after; one that has gone from the archive leaves fewer.
    func between(_ pictures: FlagPictures, _ crop: Region, of size: Size) throws -> [FlagPictures.Moment] {
        let strip = PlaceStrip(open: open, size: size)
        let captures = try strip.captures(
            camera: pictures.flag.camera, from: pictures.beforeCapture, to: pictures.afterCapture)
        return try captures.compactMap { capture in
            guard let image = decoded(capture.path) else { return nil }
            return try strip.look(at: crop, of: capture, in: image).map { .init(capture: capture, picture: $0) }
        }
    }

    /// The part of the picture that an advice card is about.
    func thumbnails() throws -> [String: Reporting.Picture] {
        var thumbnails: [String: Reporting.Picture] = [:]
        for card in advice {
            guard let path = card.capture, let plot = open.site.plot(card.plot), !isPrivate(plot.camera) else {
                continue
            }
            thumbnails[card.id] = try plotPicture(path, plot: plot, width: 480)
        }
        return thumbnails
    }

    /// A capture of the archive; `nil` where it has gone or cannot be decoded.
    func decoded(_ path: String) -> RGBImage? {
        guard let file = try? FileReader(archive: open.site.archive).read(path: path) else { return nil }
        return try? Decoder().rgb(file.bytes).content
    }

    /// A plot cut out of a capture; `nil` where the picture can't be read or doesn't hold the plot.
    func plotPicture(_ path: String, plot: Plot, width: Int) throws -> Reporting.Picture? {
        guard let image = decoded(path) else { return nil }
        let bounds = Polygon(try outline(of: plot)).bounds.expanded(by: 24).intersection(Region(image.size))
        guard !bounds.isEmpty else { return nil }
        let part = PlaceStrip.shrunk(image.cropped(to: bounds), to: width)
        return picture(try Encoder.jpeg(part, quality: 78), of: part.size)
    }
}
