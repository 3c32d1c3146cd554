import ConfigurationFiles
import Detection

/// What a detector takes from one file of `models/`.
protocol Thresholds {
    /// The file's name.
    static var file: String { get }

    /// - Parameter number: the value of a dotted key of the file.
    init<Fault: Error>(number: (String) throws(Fault) -> Double) throws(Fault)
}

extension Thresholds {
    init(from files: ModelFolder) throws(ConfigurationError) {
        let values = try ParameterFile.load(path: files.path(Self.file))
        try self.init { (name) throws(ConfigurationError) in try values.number(name) }
    }
}

extension CleanupParameters: Thresholds { static var file: String { "cleanup.yaml" } }
extension ConstructionParameters: Thresholds { static var file: String { "construction.yaml" } }
extension FruitParameters: Thresholds { static var file: String { "fruit.yaml" } }
extension PairParameters: Thresholds { static var file: String { "compare.yaml" } }
extension PenParameters: Thresholds { static var file: String { "flock.yaml" } }
extension RoomParameters: Thresholds { static var file: String { "room.yaml" } }
extension SceneHealthParameters: Thresholds { static var file: String { "scene-health.yaml" } }
