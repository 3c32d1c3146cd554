import ConfigurationFiles
import Detection
import Foundation

extension PairParameters {
    /// As `models/` has them.
    static let shipped = Result { () throws(ConfigurationError) in
        let models = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("models").path
        let file = try ParameterFile.load(path: models + "/compare.yaml")
        return try PairParameters { (name) throws(ConfigurationError) in try file.number(name) }
    }
}
