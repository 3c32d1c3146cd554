import Foundation
import Pixels

extension ConstructionWatch {
    /// Everything that the next run needs: a small document and the pictures it names.
    public struct Snapshot: Sendable {
        public var state: Data
        /// Raw bytes by name: R, G, B of every pixel, then as bits validity and (looks) what changed and what repeats
        /// the look before. Stores of 0.1.0 and before have a byte for each of these bits.
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
            pictures[look.name.picture] = packed(look.image, [look.valid, look.changed, look.repeats])
        }
        for background in backgrounds where !known.contains(background.name.picture) {
            pictures[background.name.picture] = packed(background.view.image, [background.view.valid])
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
        func look(_ name: LookName) throws -> Look? {
            guard let bytes = try picture(name.picture), let (image, masks) = unpacked(bytes, masks: 3)
            else {
                return nil
            }
            return Look(name: name, image: image, valid: masks[0], changed: masks[1], repeats: masks[2])
        }
        looks = try state.looks.compactMap(look)
        for k in looks.indices.suffix(Look.compared) { looks[k].view = view(looks[k].image, looks[k].valid) }
        anchors = try state.anchors.compactMap(look)
        backgrounds = try state.backgrounds.compactMap { name in
            guard let bytes = try picture(name.picture), let (image, masks) = unpacked(bytes, masks: 1)
            else {
                return nil
            }
            return Background(name: name, view: view(image, masks[0]))
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

    private func packed(_ image: RGBImage, _ masks: [Mask]) -> Data {
        var data = Data(capacity: image.bytes.count + masks.count * Mask.bitBytes(size.area))
        data.append(contentsOf: image.bytes)
        for mask in masks { data.append(contentsOf: mask.bits) }
        return data
    }

    /// `nil` where the bytes belong to another size.
    private func unpacked(_ data: Data, masks count: Int) -> (image: RGBImage, masks: [Mask])? {
        let area = size.area
        let length = Mask.bitBytes(area)
        guard data.count == 3 * area + count * length || data.count == (3 + count) * area else {
            return nil
        }
        let isBits = data.count == 3 * area + count * length
        let image = RGBImage(
            width: size.width, height: size.height, bytes: [UInt8](data.prefix(3 * area)))
        let rest = data.dropFirst(3 * area)
        let masks = (0..<count).map { k in
            isBits
                ? Mask(
                    width: size.width, height: size.height, bits: rest.dropFirst(k * length).prefix(length))
                : Mask(
                    width: size.width, height: size.height,
                    bytes: [UInt8](rest.dropFirst(k * area).prefix(area)))
        }
        return (image, masks)
    }
}
