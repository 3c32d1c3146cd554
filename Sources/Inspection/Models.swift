import Advising
import Configuration
import Detection
import Foundation
import Village

/// What is data, not code: thresholds and crop knowledge from `models/`, with what the village puts beside its site
/// file.
public struct Models: Sendable {
    public let folder: String
    public let sceneHealth: SceneHealthParameters
    public let construction: ConstructionParameters
    public let crops: CropLibrary
    public let growth: AdvisingParameters

    /// - Parameters:
    ///   - folder: the product's `models`.
    ///   - siteFolder: its `models` folder, where it has one, wins file by file.
    public init(folder: String, siteFolder: String?) throws(ConfigurationError) {
        self.folder = folder
        let own = siteFolder.map { $0 + "/models" }
        func path(_ name: String) -> String {
            if let own, FileManager.default.fileExists(atPath: own + "/" + name) { return own + "/" + name }
            return folder + "/" + name
        }
        let health = try ParameterFile.load(path: path("scene-health.yaml"))
        sceneHealth = try SceneHealthParameters { (name) throws(ConfigurationError) in try health.number(name) }
        let works = try ParameterFile.load(path: path("construction.yaml"))
        construction = try ConstructionParameters { (name) throws(ConfigurationError) in try works.number(name) }
        growth = try AdvisingParameters.load(path: path("growth.yaml"))
        var cropFolders = [folder + "/crops"]
        if let own, FileManager.default.fileExists(atPath: own + "/crops") { cropFolders.append(own + "/crops") }
        crops = try CropLibrary.load(folders: cropFolders)
    }
}
