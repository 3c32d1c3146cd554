import Foundation
import Pixels

extension PenWatch {
    private struct State: Codable {
        var looks: [Date]
        var sizes: [AnimalSize]
    }

    /// The looks' names, under which their bytes are kept.
    public var pictureNames: [String] { looks.map { PenWatch.name($0.at) } }

    private static func name(_ at: Date) -> String { "look/\(Int(at.timeIntervalSince1970))" }

    public func state() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return try encoder.encode(State(looks: looks.map(\.at), sizes: sizes))
    }

    /// R, G, B packed, of the looks whose name is not among `known`.
    public func pictures(except known: Set<String>) -> [(name: String, bytes: Data)] {
        looks.map { (PenWatch.name($0.at), $0.image) }.filter { !known.contains($0.0) }.map { ($0.0, Data($0.1.bytes)) }
    }

    /// Goes on from there; looks whose picture is missing or has another size are left out.
    public mutating func restore(state data: Data, picture: (String) throws -> Data?) throws {
        let state = try JSONDecoder().decode(State.self, from: data)
        sizes = state.sizes
        let size = region.size
        looks = try state.looks.compactMap { at in
            guard let bytes = try picture(PenWatch.name(at)), bytes.count == 3 * size.area else { return nil }
            return Look(at: at, image: RGBImage(width: size.width, height: size.height, bytes: [UInt8](bytes)))
        }
        forgetPen()
    }
}
