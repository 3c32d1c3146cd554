import ConfigurationFiles
import Detection
import TestKit

/// What a type makes of a file of `models/`.
private func shipped<Values>(
    _ name: String, _ read: (Parameters) throws(ConfigurationError) -> Values
) -> Result<Values, ConfigurationError> {
    Result { () throws(ConfigurationError) in
        try read(ParameterFile.load(path: "\(ProjectFiles.models)/\(name)"))
    }
}

private func shippedText(_ name: String) throws -> String {
    try String(contentsOfFile: "\(ProjectFiles.models)/\(name)", encoding: .utf8)
}

extension SceneHealthParameters {
    static let shipped = DetectionTests.shipped("scene-health.yaml") { (file) throws(ConfigurationError) in
        try SceneHealthParameters { (name) throws(ConfigurationError) in try file.number(name) }
    }
}

extension ConstructionParameters {
    static let shipped = DetectionTests.shipped("construction.yaml") { (file) throws(ConfigurationError) in
        try ConstructionParameters { (name) throws(ConfigurationError) in try file.number(name) }
    }
}

extension PairParameters {
    static let shipped = DetectionTests.shipped("compare.yaml") { (file) throws(ConfigurationError) in
        try PairParameters { (name) throws(ConfigurationError) in try file.number(name) }
    }
}

extension RoomParameters {
    static let shipped = DetectionTests.shipped("room.yaml") { (file) throws(ConfigurationError) in
        try RoomParameters { (name) throws(ConfigurationError) in try file.number(name) }
    }
}

extension PenParameters {
    static let shipped = DetectionTests.shipped("flock.yaml") { (file) throws(ConfigurationError) in
        try PenParameters { (name) throws(ConfigurationError) in try file.number(name) }
    }
}

extension FruitParameters {
    static let shipped = DetectionTests.shipped("fruit.yaml") { (file) throws(ConfigurationError) in
        try FruitParameters { (name) throws(ConfigurationError) in try file.number(name) }
    }
}

extension PenModel {
    static let shipped = Result { try PenModel(text: shippedText("flock.txt")) }
}

extension PlantModel {
    static let shipped = Result { try PlantModel(text: shippedText("plants.txt")) }
}

extension RegionModel {
    static let shippedPath = ProjectFiles.models + "/regions.txt"

    static let shipped: RegionModel = {
        do {
            return try RegionModel(text: shippedText("regions.txt"))
        } catch {
            preconditionFailure("\(shippedPath): \(error)")
        }
    }()
}
