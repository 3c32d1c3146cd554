import Pixels
import Synchronization

/// A user's own detector: a model with its card, run by the installed engine, one picture at a time.
public final class ObjectDetector: Sendable {
    public let card: DetectorCard
    private let network: Mutex<Network>

    /// - Throws: where the model is refused, or takes something else than the card says. The file's checksum is the
    ///   caller's to compare.
    public init(card: DetectorCard, engine: InferenceEngine) throws(InferenceError) {
        let network = try Network(path: card.path, engine: engine)
        let expected = [1, 3, card.height, card.width]
        guard network.inputShape == expected else {
            throw .wrongShape(
                path: card.path, what: "input", found: network.inputShape,
                expected: expected.map(String.init).joined(separator: " × "))
        }
        self.card = card
        self.network = Mutex(network)
    }

    /// How a picture of this size must be reduced for ``objects(in:letterbox:)``.
    public func letterbox(for picture: Size) -> Letterbox {
        Letterbox(of: picture, into: Size(width: card.width, height: card.height))
    }

    /// The objects that count and are at least as sure as the card's lowest limit, in pixels of the whole picture, the
    /// surest first.
    ///
    /// - Parameter reduced: the picture at `letterbox.content`'s size.
    /// - Throws: `.failed`, or `.wrongShape` where the output is not what the card says.
    public func objects(in reduced: RGBImage, letterbox: Letterbox) throws(InferenceError) -> [DetectedObject] {
        let numbers = letterbox.numbers(of: reduced)
        let output = try network.withLock { (network) throws(InferenceError) in try network.run(numbers) }
        guard
            let found = DetectorOutput.objects(
                shape: output.shape, values: output.values, layout: card.layout, classes: card.classes.count,
                least: card.range.lowerBound)
        else {
            throw .wrongShape(
                path: card.path, what: "output", found: output.shape,
                expected: DetectorOutput.shape(of: card.layout, classes: card.classes.count))
        }
        let sole =
            card.layout == .boxes
            ? found.sorted { $0.confidence > $1.confidence }
            : found.suppressed(overlap: card.overlap)
        return sole.filter { card.counted.contains(card.classes[$0.kind]) }.map(letterbox.picture)
    }
}
