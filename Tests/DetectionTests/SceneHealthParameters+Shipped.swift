import ConfigurationFiles
import Detection
import Foundation

private let models = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("models").path

extension SceneHealthParameters {
    /// As `models/` has them.
    static let shipped = Result { () throws(ConfigurationError) in
        let file = try ParameterFile.load(path: models + "/scene-health.yaml")
        return try SceneHealthParameters { (name) throws(ConfigurationError) in try file.number(name) }
    }
}

extension ConstructionParameters {
    /// As `models/` has them.
    static let shipped = Result { () throws(ConfigurationError) in
        let file = try ParameterFile.load(path: models + "/construction.yaml")
        return try ConstructionParameters { (name) throws(ConfigurationError) in try file.number(name) }
    }
}

extension PlantModel {
    /// As `models/` has it.
    static let shipped = Result {
        try PlantModel(text: String(contentsOfFile: models + "/plants.txt", encoding: .utf8))
    }
}

extension RegionModel {
    static let shippedPath = models + "/regions.txt"

    /// As `models/` has it.
    static let shipped: RegionModel = {
        do {
            return try RegionModel(text: String(contentsOfFile: shippedPath, encoding: .utf8))
        } catch {
            preconditionFailure("\(shippedPath): \(error)")
        }
    }()
}
