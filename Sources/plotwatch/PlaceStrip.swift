import Analysis
import Decoding
import Foundation
import Inspection
import Pixels
import Reporting
import Storage
import Village

/// Looks at a flag's place between its before and its after: the same rectangle in some of the captures.
struct PlaceStrip {
    /// The most looks of a strip, and their width in pixels.
    static let most = 5, width = 240

    let open: OpenSite
    /// Of the reference frame.
    let size: Size

    /// The rectangle around a flag's box in which its pictures are shown.
    static func crop(of flag: Village.Flag, in size: Size) -> Region {
        let box = Region(x: flag.box[0], y: flag.box[1], width: flag.box[2], height: flag.box[3])
        return box.expanded(by: max(box.width, box.height, 60) * 2 / 3).intersection(Region(size))
    }

    /// At most this width, with the same proportions.
    static func shrunk(_ image: RGBImage, to width: Int) -> RGBImage {
        image.width <= width
            ? image : image.resized(to: Size(width: width, height: max(1, image.height * width / image.width)))
    }

    /// Usable captures between two, as evenly spread as they come; none where the times are not known.
    func captures(camera: String, from before: Capture?, to after: Capture?) throws -> [Capture] {
        guard let first = before?.at, let last = after?.at, first < last else { return [] }
        let captures = try open.store.captures(
            Selection(camera: camera, since: first.addingTimeInterval(1), until: last, quality: .ok))
        let count = min(Self.most, captures.count)
        return (0..<count).map { captures[(2 * $0 + 1) * captures.count / (2 * count)] }
    }

    /// The rectangle where it lies in a capture; `nil` where the capture is of another size or no longer holds it.
    func look(at crop: Region, of capture: Capture, in image: RGBImage) throws -> Reporting.Picture? {
        guard image.size == size else { return nil }
        let seen = (capture.shift.map { crop.moved(by: $0, in: size) } ?? crop).intersection(Region(size))
        guard !seen.isEmpty else { return nil }
        let part = Self.shrunk(image.cropped(to: seen), to: Self.width)
        return Reporting.Picture(
            bytes: try Encoder.jpeg(part, quality: 78), width: part.width, height: part.height)
    }
}

extension Region {
    /// Where a region of the reference is seen in a capture that is displaced: its centre is followed, to whole pixels.
    func moved(by shift: Shift, in size: Size) -> Region {
        let transform = RigidTransform(dx: shift.dx, dy: shift.dy, rotationDegrees: shift.rotation)
        let centre = SIMD2(Double(2 * x + width), Double(2 * y + height)) / 2
        let moved = (transform.point(centre, in: size) - centre).rounded(.toNearestOrAwayFromZero)
        return Region(x: x + Int(moved.x), y: y + Int(moved.y), width: width, height: height)
    }
}
