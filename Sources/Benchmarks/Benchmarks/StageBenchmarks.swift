import Analysis
import Archive
import Decoding
import Detection
import Foundation
import Kernels
import Pixels
import Village

/// What one capture costs, stage by stage, in the order of the run; one thread.
///
/// - Note: storing and judging are not in here: the whole program's time minus these is theirs.
struct StageBenchmarks {
    struct Row: Encodable {
        var stage: String
        /// Per capture that went through the stage.
        var milliseconds: Timing
        /// Share of the captures that went through the stage.
        var share: Double
    }

    let folder: String
    let models: String
    let outline: [SIMD2<Double>]
    /// Captures between two writes of the run with one worker.
    static let batch = 8

    func run() throws -> [Row] {
        let names = try StageBenchmarks.pictures(below: folder)
        guard let first = names.first else { throw BenchmarkFailure("\(folder) holds no picture") }
        let healthNumbers = try ParameterText(path: models + "/scene-health.yaml")
        let workNumbers = try ParameterText(path: models + "/construction.yaml")
        let health = SceneHealth(
            parameters: try SceneHealthParameters { (key) throws(BenchmarkFailure) in try healthNumbers.number(key) })
        let works = try ConstructionParameters { (key) throws(BenchmarkFailure) in try workNumbers.number(key) }
        guard let weights = FileManager.default.contents(atPath: models + "/plants.txt") else {
            throw BenchmarkFailure("\(models)/plants.txt cannot be read")
        }
        let plants = try PlantModel(text: String(decoding: weights, as: UTF8.self))
        let regions = try FileManager.default.contents(atPath: models + "/regions.txt").map {
            try RegionModel(text: String(decoding: $0, as: UTF8.self))
        }
        let kernels = KernelSet.best
        let reader = FileReader(archive: folder), decoder = Decoder()

        let reference = try decoder.rgb(reader.read(path: first).bytes).content
        let registration = Registration(reference: reference)
        let healthReference = SceneHealth.Reference(of: reference, parameters: health.parameters)
        let area = PlotArea(mask: Mask(filling: Polygon(outline), size: reference.size))
        let factor = max(1, (reference.width + works.workingWidth - 1) / works.workingWidth)
        let smallMask = area.mask.downscaled(by: factor)
        var watch = ConstructionWatch(
            parameters: works, model: regions, size: smallMask.size, plots: [(id: "plot", mask: smallMask)],
            kernels: kernels)

        var reason = "", stored: Set<String> = []
        var times: [(stage: String, times: [Double])] = []
        func timed<Value>(_ stage: String, _ work: () throws -> Value) rethrows -> Value {
            let start = Timing.now()
            let value = try work()
            let taken = Timing.now() - start
            if let k = times.firstIndex(where: { $0.stage == stage }) {
                times[k].times.append(taken)
            } else {
                times.append((stage, [taken]))
            }
            return value
        }
        for (k, name) in names.enumerated() {
            // As the pictures are named: four a day.
            let at = Date(timeIntervalSince1970: 1_711_929_600 + Double(k / 4 * 86_400 + k % 4 * 9000))
            let bytes = try timed("read and hash the file") { try reader.read(path: name).bytes }
            let image = try timed("decode") { try decoder.rgb(bytes).content }
            _ = timed("brightness of the picture") { kernels.byteSum(image.bytes.span) }
            var pictures = ReducedPictures(of: image, kernels: kernels)
            timed("reduced pictures") {
                // Of alignment and scene health; of construction.
                _ = pictures.luminance(by: max(1, (reference.width + 799) / 800))
                _ = pictures.image(by: factor)
            }
            let alignment = timed("align") { registration.align(&pictures) }
            let judgement = timed("scene health") {
                health.judge(&pictures, reference: healthReference, isSamePlace: alignment.isSamePlace)
            }
            _ = timed("picture hash") {
                PerceptualHash.exact(of: Plane(luminanceOf: pictures.image(by: factor)))
            }
            _ = timed("growth") {
                GrowthMeasurement(of: image, in: area, quality: judgement.quality, plants: plants, kernels: kernels)
            }
            guard judgement.quality == .ok, alignment.isSamePlace == true else {
                reason = judgement.reason ?? "alignment is not sure that \(name) shows the place of \(first)"
                continue
            }
            let warp = timed("working picture") {
                let small = pictures.image(by: factor)
                let t = alignment.transform, f = Double(factor)
                return Warp(
                    of: small, by: RigidTransform(dx: t.dx / f, dy: t.dy / f, rotationDegrees: t.rotationDegrees))
            }
            if watch.wants(at: at) {
                _ = timed("construction") {
                    watch.look(at: at, path: name, image: warp.image, valid: warp.valid)
                }
            }
            guard (k + 1).isMultiple(of: StageBenchmarks.batch) else { continue }
            _ = try timed("construction's memory, once a batch") { try watch.snapshot(known: stored) }
            stored = watch.pictureNames
        }
        guard times.contains(where: { $0.stage == "construction" }) else {
            throw BenchmarkFailure("no picture of \(folder) was usable: \(reason)")
        }
        return times.map { stage, times in
            Row(
                stage: stage, milliseconds: Timing(times.map { $0 / 1e6 }),
                share: Double(times.count) / Double(names.count))
        }
    }

    private static func pictures(below folder: String) throws -> [String] {
        guard let walk = FileManager.default.enumerator(atPath: folder) else {
            throw BenchmarkFailure("\(folder) cannot be read")
        }
        return walk.compactMap { $0 as? String }.filter { $0.hasSuffix(".jpg") }.sorted()
    }
}
