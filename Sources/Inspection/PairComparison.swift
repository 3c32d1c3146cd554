import ConfigurationFiles
import Decoding
import Detection
import Foundation
import Kernels
import Pixels

/// Two picture files of one place, compared without a site.
public struct PairComparison: Sendable {
    public let change: PairChange
    /// What of the two files was used though they were not whole; empty where both were.
    public let warnings: [String]

    /// - Parameters:
    ///   - polygon: in pixels of the upright first picture.
    ///   - models: the product's folder of thresholds.
    /// - Throws: `InspectionFailure` with the file's path where one gives no picture; `ConfigurationError` for faulty
    ///   thresholds.
    public init(before: String, after: String, inside polygon: Polygon?, models: String, kernels: KernelSet) throws {
        let parameters = try PairComparison.parameters(models: models)
        var warnings: [String] = []
        let first = try PairComparison.picture(before, warnings: &warnings)
        let second = try PairComparison.picture(after, warnings: &warnings)
        if let polygon, Mask(filling: polygon, size: first.content.size).count == 0 {
            throw InspectionFailure(
                subject: before, stage: .configuring,
                message:
                    "the polygon holds no pixel of this picture of \(first.content.width) × \(first.content.height)",
                disposition: .stopRun)
        }
        change = PairChange(
            before: first.content, after: second.content, good: (first.goodRegion, second.goodRegion), inside: polygon,
            parameters: parameters.pair,
            construction: parameters.construction,
            kernels: kernels)
        self.warnings = warnings
    }

    private static func parameters(models: String) throws(ConfigurationError) -> (
        pair: PairParameters, construction: ConstructionParameters
    ) {
        let compare = try ParameterFile.load(path: models + "/compare.yaml")
        let works = try ParameterFile.load(path: models + "/construction.yaml")
        return (
            try PairParameters { (name) throws(ConfigurationError) in try compare.number(name) },
            try ConstructionParameters { (name) throws(ConfigurationError) in try works.number(name) }
        )
    }

    private static func picture(_ path: String, warnings: inout [String]) throws(InspectionFailure) -> DecodedImage<
        RGBImage
    > {
        func failure(_ stage: InspectionFailure.Stage, _ message: String) -> InspectionFailure {
            InspectionFailure(subject: path, stage: stage, message: message, disposition: .stopRun)
        }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw failure(.reading, "there is no such file")
        }
        guard !isFolder.boolValue else { throw failure(.reading, "this is a folder, not a picture") }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw failure(.reading, "the file could not be read")
        }
        let image: DecodedImage<RGBImage>
        do {
            image = try Decoder().rgb([UInt8](data))
        } catch {
            throw failure(.decoding, "\(error.message) (\(error.details))")
        }
        let rows = image.header.size.height
        if let truncation = image.truncation, truncation.goodRows < rows {
            warnings.append(
                "\(path): the file breaks off; \(truncation.goodRows) of \(rows) rows are good, the rest was not compared"
            )
        }
        return image
    }
}
