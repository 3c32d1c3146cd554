import Analysis
import Foundation
import Pixels

/// Follows one room and says in each picture whether somebody is there.
///
/// The empty room is known in several lights, each a look: a picture that pictures without any difference renew, and that
/// takes in what stands unmoved for a day: a coat left behind. A person, even one asleep, moves within that time. A light
/// that was never seen says nothing by itself: its first picture becomes a look, and what later proves to have been
/// somebody in it is taken out again. Infrared pictures have looks of their own.
///
/// - Note: pure and ordered: the same pictures in the same order give the same results, wherever a run was cut.
public struct RoomWatch: Sendable {
    let parameters: RoomParameters
    let size: Size
    let plots: [(id: String, mask: Mask)]
    var rooms: [Mode: Room] = [:]

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

    struct Room: Sendable {
        var looks: [Look]
        /// Where shapes are that have not moved, with the picture they were first so in.
        var still: Still?
    }

    /// The empty room in one light.
    struct Look: Sendable {
        var view: RoomView
        var renewedAt: Date?
        /// Since when it is known, and when it was like a picture last.
        var since: Date?
        var lastAt: Date?
        /// Pictures that did not differ from it.
        var confirmed = 0
        /// Whether nobody is in it.
        var isProven: Bool
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
        let all = Mask(width: size.width, height: size.height, inside: true)
        rooms[.colour] = Room(looks: [Look(view: view(reference, valid: all), isProven: true)])
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
        let first = Look(view: view, renewedAt: at, since: at, lastAt: at, isProven: false)
        guard var room = rooms[mode] else {
            rooms[mode] = Room(looks: [first])
            return nil
        }
        defer { rooms[mode] = room }
        let smallest = plots.map { parameters.smallestShare * Double($0.mask.count) }.min() ?? 0
        var found = comparison(of: view, with: room.looks, smallest: smallest)
        if !found.isFamiliar, let still = room.still,
            hasLight(of: still, view, area: smallest / parameters.smallestShare)
        {
            found.isFamiliar = true
        }
        guard found.isFamiliar || tells(found, room.looks[found.look], smallest: smallest) else {
            room.add(first, atMost: parameters.looksKept)
            return nil
        }
        var shapes = found.shapes.filter { isPerson($0, found, room.looks[found.look], view, smallest: smallest) }
        shapes = withoutGhosts(shapes, found, view, in: &room)
        shapes = withoutMovedThings(shapes, found, view, in: room)
        let together = shapes.reduce(Mask(width: size.width, height: size.height, inside: false)) { $0.union($1.mask) }
        let difference = found.difference
        follow(&room, view, shapes: together, at: at)
        room.looks[found.look].lastAt = at
        if let still = room.still, hasSettled(still, room.looks[found.look], at: at) {
            room.looks[found.look].take(view, where: together, difference)
            room.still = nil
            shapes = []
        } else if shapes.isEmpty {
            let isQuiet = Double(difference.solid.count) <= parameters.quietShare * smallest
            if !found.isFamiliar {
                var look = first
                look.isProven = isQuiet && room.looks[found.look].isProven
                room.add(look, atMost: parameters.looksKept)
            } else if isQuiet {
                confirm(&room.looks[found.look], at: at)
                renew(&room.looks[found.look], view, difference, at: at)
            }
        }
        let hours = room.still.map { at.timeIntervalSince($0.since) / 3600 } ?? 0
        return plots.map { presence(shapes.map(\.mask), in: $0.mask, stillHours: hours) }
    }

    private func presence(_ shapes: [Mask], in plot: Mask, stillHours: Double) -> Presence {
        let area = Double(max(plot.count, 1))
        var silhouette = Mask(width: size.width, height: size.height, inside: false)
        for shape in shapes {
            let part = shape.intersection(plot)
            let least = min(parameters.smallestShare, parameters.uprightShare) * area
            if Double(part.count) >= least { silhouette = silhouette.union(part) }
        }
        let count = silhouette.count
        return Presence(
            share: Double(count) / area, stillHours: count == 0 ? 0 : stillHours, silhouette: silhouette)
    }

    // MARK: What does not move

    private func follow(_ room: inout Room, _ view: RoomView, shapes: Mask, at: Date) {
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
    private func hasSettled(_ still: Still, _ look: Look, at: Date) -> Bool {
        if at.timeIntervalSince(still.since) >= parameters.stillHours * 3600, still.pictures >= parameters.stillPictures
        {
            return true
        }
        guard still.pictures >= parameters.ghostPictures else { return false }
        return hasGone(still.shapes, from: look.view, in: still.view)
    }

    /// Whether the light is as it was when somebody was seen last, and so known: who comes near changes the exposure.
    func hasLight(of still: Still, _ view: RoomView, area: Double) -> Bool {
        guard Double(still.shapes.count) >= parameters.scatteredShare * area else { return false }
        let difference = RoomDifference(of: view, from: still.view, parameters.difference, parameters: parameters)
        return RoomLight(difference.field, except: still.shapes).isFamiliar(parameters)
    }

    /// Whether the outline of a shape is in `former` and no longer in `view`.
    func hasGone(_ shape: Mask, from former: RoomView, in view: RoomView) -> Bool {
        let rim = shape.dilated(by: .square(radius: 1)).subtracting(shape.eroded(by: .square(radius: 2)))
        return RoomWatch.edges(former, in: rim) > parameters.ghostEdges * RoomWatch.edges(view, in: rim)
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

    /// A look that several pictures over a day agree with is empty: nobody holds so still.
    private func confirm(_ look: inout Look, at: Date) {
        look.confirmed += 1
        guard let since = look.since, look.confirmed >= parameters.stillPictures else { return }
        if at.timeIntervalSince(since) >= parameters.stillHours * 3600 { look.isProven = true }
    }

    private func renew(_ look: inout Look, _ view: RoomView, _ difference: RoomDifference, at: Date) {
        if let renewed = look.renewedAt, at.timeIntervalSince(renewed) < parameters.renewHours * 3600 { return }
        func light(_ view: RoomView) -> Double { view.luminance.samples.reduce(0) { $0 + Double($1) } }
        guard light(view) >= parameters.renewLuminance * light(look.view) else { return }
        // Only where nothing speaks: a shape too small to count must not slip in.
        let quiet = difference.mask.dilated(by: .square(radius: 2)).inverted
        look.view = look.view.taking(view, where: quiet, field: nil)
        look.renewedAt = at
    }
}

extension RoomWatch.Room {
    /// Adds a look. One too many drives out the one that no picture was like for longest, unproven ones first; the
    /// first, from the reference picture, stays.
    mutating func add(_ look: RoomWatch.Look, atMost most: Int) {
        looks.append(look)
        guard looks.count > most else { return }
        func age(_ i: Int) -> (Int, Date) { (looks[i].isProven ? 1 : 0, looks[i].lastAt ?? .distantPast) }
        if let oldest = looks.indices.dropFirst().dropLast().min(by: { age($0) < age($1) }) { looks.remove(at: oldest) }
    }
}

extension RoomWatch.Look {
    /// Takes in what a picture shows there, in the light of the look.
    mutating func take(_ other: RoomView, where mask: Mask, _ difference: RoomDifference) {
        view = view.taking(other, where: mask.dilated(by: .square(radius: 2)), field: difference.field)
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
