import Foundation
import Pixels

extension RoomWatch {
    /// Everything that the next run needs: a small document and the pictures it names.
    public struct Snapshot: Sendable {
        public var state: Data
        /// By name: R, G, B packed, validity, and for what is still its shapes.
        public var pictures: [String: Data]
    }

    private struct State: Codable {
        var rooms: [String: Room] = [:]

        struct Room: Codable {
            /// Of the first look; the others are in `looks`, which states before them lack.
            var renewedAt: Date?
            var stillSince: Date?
            var stillPictures: Int?
            var looks: [Look]?
        }

        struct Look: Codable {
            var renewedAt: Date?
            var since: Date?
            var lastAt: Date?
            var confirmed: Int
            var isProven: Bool
        }
    }

    public static let picturePrefix = "room/"

    private static func name(_ mode: Mode, look: Int) -> String {
        picturePrefix + mode.rawValue + "/empty" + (look == 0 ? "" : "/\(look)")
    }

    private static func stillName(_ mode: Mode) -> String { picturePrefix + mode.rawValue + "/still" }

    public func snapshot() throws -> Snapshot {
        var state = State(), pictures: [String: Data] = [:]
        for (mode, room) in rooms {
            state.rooms[mode.rawValue] = State.Room(
                renewedAt: room.looks.first?.renewedAt, stillSince: room.still?.since,
                stillPictures: room.still?.pictures,
                looks: room.looks.map {
                    State.Look(
                        renewedAt: $0.renewedAt, since: $0.since, lastAt: $0.lastAt, confirmed: $0.confirmed,
                        isProven: $0.isProven)
                })
            for (index, look) in room.looks.enumerated() {
                pictures[RoomWatch.name(mode, look: index)] = Data(look.view.image.bytes + look.view.valid.bytes)
            }
            if let still = room.still {
                pictures[RoomWatch.stillName(mode)] = Data(
                    still.view.image.bytes + still.view.valid.bytes + still.shapes.bytes)
            }
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return Snapshot(state: try encoder.encode(state), pictures: pictures)
    }

    /// Goes on from a snapshot; a picture that is missing or has another size is left out, as if it had never been.
    public mutating func restore(state data: Data, picture: (String) throws -> Data?) throws {
        let state = try JSONDecoder().decode(State.self, from: data)
        let area = size.area
        func view(_ bytes: Data) -> RoomView {
            let image = RGBImage(width: size.width, height: size.height, bytes: [UInt8](bytes.prefix(3 * area)))
            return self.view(image, valid: mask(bytes.dropFirst(3 * area)))
        }
        func mask(_ bytes: Data) -> Mask {
            Mask(width: size.width, height: size.height, bytes: [UInt8](bytes.prefix(area)))
        }
        for mode in Mode.allCases {
            guard let stored = state.rooms[mode.rawValue] else { continue }
            let known =
                stored.looks
                ?? [State.Look(renewedAt: stored.renewedAt, confirmed: 0, isProven: mode == .colour)]
            var looks: [Look] = []
            for (index, look) in known.enumerated() {
                guard let bytes = try picture(RoomWatch.name(mode, look: index)), bytes.count == 4 * area else {
                    continue
                }
                looks.append(
                    Look(
                        view: view(bytes), renewedAt: look.renewedAt, since: look.since, lastAt: look.lastAt,
                        confirmed: look.confirmed, isProven: look.isProven))
            }
            guard !looks.isEmpty else { continue }
            var room = Room(looks: looks)
            if let since = stored.stillSince, let pictures = stored.stillPictures,
                let bytes = try picture(RoomWatch.stillName(mode)), bytes.count == 5 * area
            {
                room.still = Still(
                    since: since, pictures: pictures, view: view(bytes), shapes: mask(bytes.dropFirst(4 * area)))
            }
            rooms[mode] = room
        }
    }
}
