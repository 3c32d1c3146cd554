import Foundation
import Pixels

extension PenWatch {
    private struct State: Codable {
        var looks: [Date]
        var sizes: [AnimalSize]
        /// States before it lack it.
        var nights: [Date]?
    }

    /// The looks' names, under which their bytes are kept.
    public var pictureNames: [String] { named.map(\.name) }

    private var named: [(name: String, image: RGBImage)] {
        looks.map { (PenWatch.name($0.at), $0.image) } + nights.map { (PenWatch.nightName($0.at), $0.image) }
    }

    private static func name(_ at: Date) -> String { "look/\(Int(at.timeIntervalSince1970))" }
    private static func nightName(_ at: Date) -> String { "night/\(Int(at.timeIntervalSince1970))" }

    public func state() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return try encoder.encode(State(looks: looks.map(\.at), sizes: sizes, nights: nights.map(\.at)))
    }

    /// R, G, B packed, of the looks whose name is not among `known`.
    public func pictures(except known: Set<String>) -> [(name: String, bytes: Data)] {
        named.filter { !known.contains($0.name) }.map { ($0.name, Data($0.image.bytes)) }
    }

    /// Goes on from there; looks whose picture is missing or has another size are left out.
    public mutating func restore(state data: Data, picture: (String) throws -> Data?) throws {
        let state = try JSONDecoder().decode(State.self, from: data)
        sizes = state.sizes
        let size = region.size
        func look(_ at: Date, _ name: String) throws -> Look? {
            guard let bytes = try picture(name), bytes.count == 3 * size.area else { return nil }
            return Look(at: at, image: RGBImage(width: size.width, height: size.height, bytes: [UInt8](bytes)))
        }
        looks = try state.looks.compactMap { try look($0, PenWatch.name($0)) }
        nights = try (state.nights ?? []).compactMap { try look($0, PenWatch.nightName($0)) }
        forgetPen()
    }
}
