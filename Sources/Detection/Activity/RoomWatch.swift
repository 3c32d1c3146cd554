import Analysis
import Foundation
import Pixels

/// Follows one room and says in each picture whether somebody is there.
///
/// The empty room is a picture that pictures without any difference renew, and that takes in what stands unmoved for a
/// day: a chair put elsewhere, a coat left behind. A person, even one asleep, moves within that time. Infrared pictures
/// have an empty room of their own.
///
/// - Note: pure and ordered: the same pictures in the same order give the same results, wherever a run was cut.
public struct RoomWatch: Sendable {
    let parameters: RoomParameters
    let size: Size
    let plots: [(id: String, mask: Mask)]
    var rooms: [Mode: EmptyRoom] = [:]

    /// The pictures by daylight or lamp, and those of infrared light.
    public enum Mode: String, Sendable, Codable, CaseIterable { case colour, infrared }

    /// What one picture says of one plot.
    public struct Presence: Sendable, Equatable {
        /// Share of the plot that people cover; 0 = nobody.
        public var share: Double
        /// Hours for which what is there has not moved; 0 where nobody is.
        public var stillHours: Double
        /// 255 where somebody is.
        public var silhouette: Mask
    }

    struct EmptyRoom: Sendable {
        var view: RoomView
        var renewedAt: Date?
        /// Where shapes are that have not moved, with the picture they were first so in.
        var still: Still?
    }

    struct Still: Sendable {
        var since: Date
        var pictures: Int
        var view: RoomView
        var shapes: Mask
    }

    /// - Parameters:
    ///   - size: of the small pictures.
    ///   - plots: the rooms' masks, of that size.
    ///   - reference: the camera's reference picture, small: the first guess at the empty room.
    public init(parameters: RoomParameters, size: Size, plots: [(id: String, mask: Mask)], reference: RGBImage) {
        precondition(reference.size == size && plots.allSatisfy { $0.mask.size == size }, "pictures of one size")
        self.parameters = parameters
        self.size = size
        self.plots = plots
        rooms[.colour] = EmptyRoom(
            view: view(reference, valid: Mask(width: size.width, height: size.height, inside: true)))
    }

    func view(_ image: RGBImage, valid: Mask) -> RoomView {
        RoomView(image: image, valid: valid, radius: parameters.difference.radius)
    }

    /// Takes the next picture, in order of time.
    ///
    /// - Returns: for each plot what was seen; `nil` where the empty room is not known yet in this light.
    public mutating func look(at: Date, image: RGBImage, valid: Mask, mode: Mode) -> [Presence]? {
        precondition(image.size == size && valid.size == size, "pictures of the room's size")
        let view = view(image, valid: valid)
        guard var room = rooms[mode] else {
            rooms[mode] = EmptyRoom(view: view, renewedAt: at)
            return nil
        }
        let difference = RoomDifference(of: view, from: room.view, parameters.difference, parameters: parameters)
        let smallest = plots.map { parameters.smallestShare * Double($0.mask.count) }.min() ?? 0
        var shapes = difference.shapes(smallest: smallest, parameters: parameters)
        let together = shapes.reduce(Mask(width: size.width, height: size.height, inside: false)) { $0.union($1) }
        follow(&room, view, shapes: together, at: at)
        if let still = room.still, hasSettled(still, room, at: at) {
            room.view = room.view.taking(view, where: together.dilated(by: .square(radius: 2)), field: difference.field)
            room.still = nil
            shapes = []
        } else if shapes.isEmpty, Double(difference.solid.count) <= parameters.quietShare * smallest {
            renew(&room, view, difference, at: at)
        }
        let hours = room.still.map { at.timeIntervalSince($0.since) / 3600 } ?? 0
        rooms[mode] = room
        return plots.map { presence(shapes, in: $0.mask, stillHours: hours) }
    }

    private func presence(_ shapes: [Mask], in plot: Mask, stillHours: Double) -> Presence {
        let area = Double(max(plot.count, 1))
        var silhouette = Mask(width: size.width, height: size.height, inside: false)
        for shape in shapes {
            let part = shape.intersection(plot)
            if Double(part.count) >= parameters.smallestShare * area { silhouette = silhouette.union(part) }
        }
        let count = silhouette.count
        return Presence(
            share: Double(count) / area, stillHours: count == 0 ? 0 : stillHours, silhouette: silhouette)
    }

    // MARK: What does not move

    private func follow(_ room: inout EmptyRoom, _ view: RoomView, shapes: Mask, at: Date) {
        guard shapes.count > 0 else {
            room.still = nil
            return
        }
        if var still = room.still, isUnmoved(view, shapes, since: still) {
            still.pictures += 1
            room.still = still
        } else {
            room.still = Still(since: at, pictures: 1, view: view, shapes: shapes)
        }
    }

    private func isUnmoved(_ view: RoomView, _ shapes: Mask, since still: Still) -> Bool {
        let area = shapes.union(still.shapes)
        let moved = RoomDifference(of: view, from: still.view, parameters.stillDifference, parameters: parameters).mask
        return Double(moved.intersection(area).count) < parameters.stillShare * Double(area.count)
    }

    /// Whether the shapes belong to the room by now: unmoved for a day, or the empty room was learnt with a person in
    /// it who has gone since.
    private func hasSettled(_ still: Still, _ room: EmptyRoom, at: Date) -> Bool {
        if at.timeIntervalSince(still.since) >= parameters.stillHours * 3600, still.pictures >= parameters.stillPictures
        {
            return true
        }
        guard still.pictures >= parameters.ghostPictures else { return false }
        let rim = still.shapes.dilated(by: .square(radius: 1)).subtracting(still.shapes.eroded(by: .square(radius: 2)))
        let edges = RoomWatch.edges(still.view, in: rim), former = RoomWatch.edges(room.view, in: rim)
        return former > parameters.ghostEdges * edges
    }

    /// Sum of the differences of log luminance between neighbours.
    private static func edges(_ view: RoomView, in rim: Mask) -> Double {
        let plane = view.logLuminance
        var sum = 0.0
        for y in 0..<plane.height - 1 {
            for x in 0..<plane.width - 1 where rim[x, y] {
                sum += Double(abs(plane[x + 1, y] - plane[x, y]) + abs(plane[x, y + 1] - plane[x, y]))
            }
        }
        return sum
    }

    private func renew(_ room: inout EmptyRoom, _ view: RoomView, _ difference: RoomDifference, at: Date) {
        if let renewed = room.renewedAt, at.timeIntervalSince(renewed) < parameters.renewHours * 3600 { return }
        func light(_ view: RoomView) -> Double { view.luminance.samples.reduce(0) { $0 + Double($1) } }
        guard light(view) >= parameters.renewLuminance * light(room.view) else { return }
        // Only where nothing speaks: a shape too small to count must not slip in.
        let quiet = difference.mask.dilated(by: .square(radius: 2)).inverted
        room.view = room.view.taking(view, where: quiet, field: nil)
        room.renewedAt = at
    }
}

extension RoomView {
    /// This picture with another's pixels where `mask` says so, brought to this one's light where a field is given.
    func taking(_ other: RoomView, where mask: Mask, field: LightField?) -> RoomView {
        var bytes = image.bytes, seen = valid
        for i in 0..<mask.bytes.count where mask.bytes[i] != 0 && other.valid.bytes[i] != 0 {
            for channel in 0..<3 {
                let level = other.image.bytes[3 * i + channel]
                guard let field else {
                    bytes[3 * i + channel] = level
                    continue
                }
                let lit = exp(other.logs[channel].samples[i] - field.channels[channel].samples[i]) - RoomView.lift
                bytes[3 * i + channel] = UInt8(min(max(lit.rounded(), 0), 255))
            }
            seen.bytes[i] = 255
        }
        return RoomView(
            image: RGBImage(width: image.width, height: image.height, bytes: bytes), valid: seen, radius: radius)
    }
}
