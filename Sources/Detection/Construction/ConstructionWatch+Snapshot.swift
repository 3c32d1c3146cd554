import Foundation
import Pixels

extension ConstructionWatch {
    /// Everything that the next run needs: a small document and the pictures it names.
    public struct Snapshot: Sendable {
        public var state: Data
        /// Raw bytes by name: R, G, B planes packed, then validity, then (looks) what changed and what repeats the look
        /// before.
        public var pictures: [String: Data]

        public init(state: Data, pictures: [String: Data]) {
            self.state = state
            self.pictures = pictures
        }
    }

    /// Names of the pictures that the state refers to.
    public var pictureNames: Set<String> {
        Set(
            (state.looks + state.anchors).map(\.picture) + state.backgrounds.map(\.picture)
                + [agePicture].compactMap { $0 })
    }

    /// A new name with every look, as its bytes change.
    private var agePicture: String? { state.looks.last.map { "age/\(Int($0.at.timeIntervalSince1970))" } }

    /// - Parameter known: names of pictures that are stored already and need not be written again.
    public func snapshot(known: Set<String> = []) throws -> Snapshot {
        var pictures: [String: Data] = [:]
        for look in looks + anchors where !known.contains(look.name.picture) {
            pictures[look.name.picture] = Data(
                look.image.bytes + look.valid.bytes + look.changed.bytes + look.repeats.bytes)
        }
        for background in backgrounds where !known.contains(background.name.picture) {
            pictures[background.name.picture] = Data(background.view.image.bytes + background.view.valid.bytes)
        }
        if let agePicture, !known.contains(agePicture) { pictures[agePicture] = age.bytes }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return Snapshot(state: try encoder.encode(state), pictures: pictures)
    }

    /// Goes on from a snapshot. Pictures that are missing or have another size are left out, as if they had never been
    /// taken.
    public mutating func restore(state data: Data, picture: (String) throws -> Data?) throws {
        state = try JSONDecoder().decode(State.self, from: data)
        let area = size.area
        func look(_ name: LookName) throws -> Look? {
            guard let bytes = try picture(name.picture), bytes.count == 6 * area else { return nil }
            return Look(
                name: name, image: image(bytes), valid: valid(bytes), changed: mask(bytes.dropFirst(4 * area)),
                repeats: mask(bytes.dropFirst(5 * area)))
        }
        looks = try state.looks.compactMap(look)
        for k in looks.indices.suffix(Look.compared) { looks[k].view = view(looks[k].image, looks[k].valid) }
        anchors = try state.anchors.compactMap(look)
        backgrounds = try state.backgrounds.compactMap { name in
            guard let bytes = try picture(name.picture), bytes.count == 4 * area else { return nil }
            return Background(name: name, view: view(image(bytes), valid(bytes)))
        }
        age = try agePicture.flatMap(picture).flatMap { ChangeAge(size: size, bytes: $0) } ?? ChangeAge(size: size)
        state.looks = looks.map(\.name)
        state.anchors = anchors.map(\.name)
        state.backgrounds = backgrounds.map(\.name)
        state.candidates.removeAll { $0.region.width != size.width || $0.region.height != size.height }
    }

    func view(_ image: RGBImage, _ valid: Mask) -> SceneView {
        SceneView(image: image, valid: valid, radius: parameters.correlationRadius)
    }

    private func image(_ bytes: Data) -> RGBImage {
        RGBImage(width: size.width, height: size.height, bytes: [UInt8](bytes.prefix(3 * size.area)))
    }

    private func valid(_ bytes: Data) -> Mask { mask(bytes.dropFirst(3 * size.area)) }

    private func mask(_ bytes: Data) -> Mask {
        Mask(width: size.width, height: size.height, bytes: [UInt8](bytes.prefix(size.area)))
    }
}
