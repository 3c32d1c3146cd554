import Analysis
import ConfigurationFiles
import Detection
import Inference
import Pixels
import Village

/// The user's own detector of a pen, where the site file names one.
enum PenDetector: Sendable {
    case ready(ObjectDetector)
    /// Why it cannot be used: then nothing is counted, as another method's figures would not compare.
    case absent(reason: String)

    /// - Returns: `nil` where the pen names none.
    /// - Throws: `ConfigurationError` where the card or its model file is wrong.
    init?(_ pen: PenSettings, models: Models, engineFolders: [String]) throws {
        guard let name = pen.detector else { return nil }
        let card = try DetectorFile.card(named: name, in: models.files)
        do throws(InferenceError) {
            self = .ready(try ObjectDetector(card: card, engine: InferenceEngine(folders: engineFolders)))
        } catch {
            self = .absent(reason: "the detector \(name) cannot be used: \(error.message); \(error.remedy)")
        }
    }

    /// What `watch` makes of what the detector sees in a picture of its region.
    func look(_ image: RGBImage, watch: PenWatch) -> PenWatch.Outcome {
        switch self {
        case .absent(let reason): return .unknown(reason)
        case .ready(let detector):
            let letterbox = detector.letterbox(for: image.size), card = detector.card
            do throws(InferenceError) {
                let objects = try detector.objects(in: image.resized(to: letterbox.content), letterbox: letterbox)
                func animals(from confidence: Double) -> [PenWatch.Box] {
                    objects.filter { $0.confidence >= confidence }.map {
                        PenWatch.Box(x: $0.x, y: $0.y, width: $0.width, height: $0.height)
                    }
                }
                return .counted(
                    watch.count(
                        animals(from: card.confidence), least: animals(from: card.range.upperBound),
                        most: animals(from: card.range.lowerBound)))
            } catch {
                return .unknown("\(error.message): \(error.remedy)")
            }
        }
    }
}
