import Advising
import ConfigurationFiles
import Detection
import Foundation
import Village

/// What is data, not code: thresholds and crop knowledge from `models/`, with what the village puts beside its site
/// file.
public struct Models: Sendable {
    public let folder: String
    /// Where files that only some sites have are looked for.
    public let files: ModelFolder
    public let sceneHealth: SceneHealthParameters
    public let construction: ConstructionParameters
    /// `nil` where no file of it is installed: the rules alone judge what was built, and flags come later.
    public let regions: RegionModel?
    public let room: RoomParameters
    public let pen: PenParameters
    public let animals: PenModel
    public let stocking: StockingRules
    public let fruit: FruitParameters
    public let sorting: SortingRules
    public let plants: PlantModel
    public let crops: CropLibrary
    public let growth: AdvisingParameters

    /// - Parameters:
    ///   - folder: the product's `models`.
    ///   - own: the village's or county's folder, which wins file by file; crop files there may extend ours. A folder
    ///     that isn't there holds nothing.
    ///   - crops: those that are asked for, by any name; `nil` = all.
    public init(folder: String, own: String?, crops wanted: Set<String>? = nil) throws(ConfigurationError) {
        self.folder = folder
        let files = ModelFolder(folder: folder, own: own)
        self.files = files
        sceneHealth = try SceneHealthParameters(from: files)
        construction = try ConstructionParameters(from: files)
        regions = try RegionModel.found(in: files)
        pen = try PenParameters(from: files)
        animals = try PenModel(path: files.path("flock.txt"))
        stocking = try StockingRules(ParameterFile.load(path: files.path("stocking.yaml")))
        fruit = try FruitParameters(from: files)
        sorting = try SortingRules.load(path: files.path("sorting.yaml"))
        room = try RoomParameters(from: files)
        plants = try PlantModel(path: files.path("plants.txt"))
        growth = try AdvisingParameters.load(path: files.path("growth.yaml"))
        var cropFolders = [folder + "/crops"]
        if let own, FileManager.default.fileExists(atPath: own + "/crops") {
            cropFolders.append(own + "/crops")
        }
        crops = try CropLibrary.load(folders: cropFolders, wanted: wanted)
    }

    /// The grade table of a plot of kind `fruit`.
    ///
    /// - Throws: `InspectionFailure` for one that there is not, `ConfigurationError` for a faulty one.
    public func gradeTable(of plot: Plot) throws -> GradeTable {
        let names = GradeTable.names(in: files)
        guard names.contains(plot.fruit.table) else {
            throw InspectionFailure(
                subject: plot.id, stage: .configuring,
                message:
                    "there is no grade table \(plot.fruit.table); \"grades\" may name \(names.joined(separator: ", ")), "
                    + "or a file of your own in models/grades beside the site file",
                chinese:
                    "没有分级表 \(plot.fruit.table)；grades 可写 \(names.joined(separator: "、"))，或把自己的表放进村庄文件旁边的 models/grades",
                disposition: .stopRun)
        }
        return try GradeTable.load(plot.fruit.table, from: files)
    }

    /// Where a site's own model files lie: the folder that it names, else `models` beside the site file.
    public static func ownFolder(of site: Site) -> String { site.models ?? site.folder + "/models" }

    /// Everything that is wrong in all the model files, file by file; empty where `init` succeeds.
    public static func faults(folder: String, own: String?) -> [ConfigurationFault] {
        let files = ModelFolder(folder: folder, own: own)
        var faults: [ConfigurationFault] = []
        func gather(_ read: () throws -> Void) {
            do { try read() } catch let error as ConfigurationError { faults += error.faults } catch {}
        }
        let thresholds: [any Thresholds.Type] = [
            SceneHealthParameters.self, ConstructionParameters.self, PenParameters.self, RoomParameters.self,
            PairParameters.self, CleanupParameters.self, FruitParameters.self,
        ]
        for kind in thresholds { gather { _ = try kind.init(from: files) } }
        gather { _ = try StockingRules(ParameterFile.load(path: files.path("stocking.yaml"))) }
        gather { _ = try PlantModel(path: files.path("plants.txt")) }
        gather { _ = try PenModel(path: files.path("flock.txt")) }
        gather { _ = try SortingRules.load(path: files.path("sorting.yaml")) }
        gather { _ = try RegionModel.found(in: files) }
        for name in GradeTable.names(in: files) { gather { _ = try GradeTable.load(name, from: files) } }
        gather { _ = try AdvisingParameters.load(path: files.path("growth.yaml")) }
        gather { _ = try CropLibrary.load(folders: [folder + "/crops"] + (own.map { [$0 + "/crops"] } ?? [])) }
        return faults + (own.map { strangers(in: $0, besides: folder) } ?? [])
    }

    /// Files of a village's own folder that nothing reads, as a misspelt name has it.
    private static func strangers(in own: String, besides folder: String) -> [ConfigurationFault] {
        let files = FileManager.default
        let known = Set((try? files.contentsOfDirectory(atPath: folder)) ?? [])
        let names = ((try? files.contentsOfDirectory(atPath: own)) ?? []).sorted()
        return names.filter { ($0.hasSuffix(".yaml") || $0.hasSuffix(".yml")) && !known.contains($0) }.map {
            ConfigurationFault(
                file: own + "/" + $0, line: 1, wrong: .init(zh: "程序不读这个名字的文件", en: "no file of this name is read"),
                right: .init(
                    zh: "请按 \(folder) 里的名字起名；作物资料放进 crops 文件夹",
                    en: "name it as in \(folder); crops belong into the folder crops"))
        }
    }
}

/// Weights as `scripts/` writes them.
private protocol WeightsFile {
    init(text: String) throws(PlantModelFault)
}

extension PlantModel: WeightsFile {}
extension PenModel: WeightsFile {}
extension RegionModel: WeightsFile {}

extension RegionModel {
    /// The region model of a folder; `nil` where it has none.
    static func found(in files: ModelFolder) throws(ConfigurationError) -> RegionModel? {
        let path = files.path(RegionModelFile.name)
        return FileManager.default.fileExists(atPath: path) ? try RegionModel(path: path) : nil
    }
}

extension WeightsFile {
    /// - Throws: what is wrong in the file, as for every file of `models/`.
    fileprivate init(path: String) throws(ConfigurationError) {
        let text = try TextFile.text(path: path)
        do {
            try self.init(text: text)
        } catch {
            throw ConfigurationError(
                path, line: error.line, .init(zh: "权重文件不对（\(error.message)）", en: error.message),
                remedy: .init(zh: "请重新训练，或换成这个版本的文件（\(error.remedy)）", en: error.remedy))
        }
    }
}
