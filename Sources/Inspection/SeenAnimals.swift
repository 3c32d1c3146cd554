import Foundation
import Pixels
import Storage

/// Where the animals of a pen's last counted picture are.
public struct SeenAnimals: Sendable, Codable, Equatable {
    /// The capture's path.
    public var capture: String
    public var at: Date
    /// In pixels of the camera's frame; animals that touch share one.
    public var boxes: [Region]

    public init(capture: String, at: Date, boxes: [Region]) {
        self.capture = capture
        self.at = at
        self.boxes = boxes
    }

    static func name(_ plot: String) -> String { "pen/\(plot)/seen" }

    /// - Returns: `nil` where nothing was counted yet.
    public static func stored(camera: String, plot: String, in store: Store) throws -> SeenAnimals? {
        try store.state(camera: camera, name: name(plot)).map { try JSONDecoder().decode(SeenAnimals.self, from: $0) }
    }
}
