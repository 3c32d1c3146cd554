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
            var renewedAt: Date?
            var stillSince: Date?
            var stillPictures: Int?
        }
    }

    public static let picturePrefix = "room/"

    private static func name(_ mode: Mode, still: Bool) -> String {
        picturePrefix + mode.rawValue + (still ? "/still" : "/empty")
    }

    public func snapshot() throws -> Snapshot {
        var state = State(), pictures: [String: Data] = [:]
        for (mode, room) in rooms {
            state.rooms[mode.rawValue] = State.Room(
                renewedAt: room.renewedAt, stillSince: room.still?.since, stillPictures: room.still?.pictures)
            pictures[RoomWatch.name(mode, still: false)] = Data(room.view.image.bytes + room.view.valid.bytes)
            if let still = room.still {
                pictures[RoomWatch.name(mode, still: true)] = Data(
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
            guard let stored = state.rooms[mode.rawValue],
                let bytes = try picture(RoomWatch.name(mode, still: false)), bytes.count == 4 * area
            else { continue }
            var room = EmptyRoom(view: view(bytes), renewedAt: stored.renewedAt)
            if let since = stored.stillSince, let pictures = stored.stillPictures,
                let bytes = try picture(RoomWatch.name(mode, still: true)), bytes.count == 5 * area
            {
                room.still = Still(
                    since: since, pictures: pictures, view: view(bytes), shapes: mask(bytes.dropFirst(4 * area)))
            }
            rooms[mode] = room
        }
    }
}
