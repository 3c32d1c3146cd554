import ConfigurationFiles
import Detection
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
        let files = (try PictureFile(before), try PictureFile(after))
        let first = files.0.decoded, second = files.1.decoded
        if let polygon, Mask(filling: polygon, size: first.content.size).count == 0 {
            throw InspectionFailure(
                subject: before, stage: .configuring,
                message:
                    "the polygon holds no pixel of this picture of \(first.content.width) × \(first.content.height)",
                chinese: "多边形不在照片里（照片 \(first.content.width) × \(first.content.height)）",
                disposition: .stopRun)
        }
        change = PairChange(
            before: first.content, after: second.content, good: (first.goodRegion, second.goodRegion), inside: polygon,
            parameters: parameters.pair,
            construction: parameters.construction, model: parameters.model, kernels: kernels)
        warnings = [files.0.warning, files.1.warning].compactMap { $0 }
    }

    private static func parameters(models: String) throws(ConfigurationError) -> (
        pair: PairParameters, construction: ConstructionParameters, model: RegionModel?
    ) {
        let files = ModelFolder(folder: models, own: nil)
        return (
            try PairParameters(from: files), try ConstructionParameters(from: files), try RegionModel.found(in: files)
        )
    }
}
