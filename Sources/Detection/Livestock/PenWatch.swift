import Analysis
import Foundation
import Kernels
import Pixels

/// Follows one pen and counts in each picture the animals that can be seen: a lower bound of those that are there.
///
/// The empty pen is the median of earlier looks. A trained model tells what differs from it as an animal does and not as
/// light, shadow or leaves do; that is cut into animals by the area that one has at its distance.
///
/// - Note: pure and ordered: the same pictures in the same order give the same counts, wherever a run was cut.
public struct PenWatch: Sendable {
    let parameters: PenParameters
    private let model: PenModel
    private let kernels: KernelSet
    let animal: PenParameters.Animal
    /// Of the camera's frame: the pen with some ground around it.
    public let region: Region
    /// In the region.
    let inside: Mask
    let counted: Mask
    let ground: GroundPlane?
    var looks: [Look] = []
    /// Looks by the camera's infrared lamp.
    var nights: [Look] = []
    var sizes: [AnimalSize] = []
    private var pen: (image: RGBImage, spread: Plane<UInt8>)?

    struct Look: Sendable {
        var at: Date
        var image: RGBImage
    }

    /// An animal that stood alone: its foot's y in the frame and √pixels.
    struct AnimalSize: Sendable, Codable, Equatable {
        var y: Double
        var root: Double
    }

    /// What one picture says.
    public struct Count: Sendable, Equatable {
        public var inside: Int
        public var outside: Int
        public var low: Int
        public var high: Int
        /// Clark and Evans 1954: mean distance to the nearest over ½·√(area ÷ number); `nil` for too few.
        public var spread: Double?
        /// Where they stand, in pixels of the frame.
        public var feet: [SIMD2<Double>]
        /// Around each animal, or each group that touches, in pixels of the frame.
        public var boxes: [Region]
    }

    public enum Outcome: Sendable, Equatable {
        case counted(Count)
        /// Why not.
        case unknown(String)
    }

    static let sizesKept = 240, sizesNeeded = 24

    /// - Parameters:
    ///   - inside: the pen, in the camera's frame.
    ///   - ignored: where nothing counts, in the frame.
    public init(
        parameters: PenParameters, model: PenModel, animal: PenParameters.Animal, inside: Mask, ignored: Mask,
        ground: GroundPlane?, kernels: KernelSet
    ) {
        self.parameters = parameters
        self.model = model
        self.kernels = kernels
        self.animal = animal
        self.ground = ground
        let bounds = inside.bounds
        region = bounds.expanded(by: max(8, bounds.width / 10)).intersection(Region(inside.size))
        self.inside = inside.cropped(to: region)
        counted = ignored.cropped(to: region).inverted
    }

    /// Takes the next picture, in order of time.
    ///
    /// - Parameters:
    ///   - image: the region, in the reference frame.
    ///   - valid: 255 where it shows the scene.
    public mutating func look(at: Date, image: RGBImage, valid: Mask) -> Outcome {
        precondition(image.size == region.size && valid.size == region.size, "pictures of the pen's region")
        defer { learn(at: at, image) }
        guard looks.count >= parameters.needed else {
            if ground == nil, let count = countPale(image, valid: valid) { return .counted(count) }
            return .unknown("the empty pen is not known yet: \(looks.count) of \(parameters.needed) pictures were seen")
        }
        if pen == nil {
            let composite = MedianComposite(
                images: looks.map(\.image), valid: looks.map { _ in nil })
            pen = (composite.image, spread(around: composite.image))
        }
        guard let pen else { return .unknown("the empty pen is not known yet") }
        let scale = scale()
        let features = PenFeatures(of: image, against: pen.image, spread: pen.spread, lengths: lengths(scale))
        return count(model.animals(in: features, kernels: kernels), valid: valid, scale: scale)
    }

    /// Root of an animal's area in pixels for each row, within what the model has seen; a guess until sizes are learnt.
    func lengths(_ scale: PenScale?) -> [Float] {
        let x = Double(region.x) + Double(region.width) / 2, root = animal.area.squareRoot()
        return (0..<region.height).map { y in
            let metre =
                scale?.pixelsPerMetre(at: SIMD2(x, Double(region.y + y) + 0.5))
                ?? (scale == nil ? Double(region.width) / PenWatch.usualMetres : 0)
            return Float(min(max(metre * root, PenWatch.lengths.lowerBound), PenWatch.lengths.upperBound))
        }
    }

    /// What a pen's picture usually shows across, in metres; a guess.
    private static let usualMetres = 20.0
    /// Pixels.
    private static let lengths = 3.0...120.0

    /// How much each pixel varies by itself: the mean of the looks' distances from their median, the greatest of the
    /// channels, in grey levels. An animal that passed is cut off at ``passing``.
    private func spread(around median: RGBImage) -> Plane<UInt8> {
        var sums = [Int](repeating: 0, count: median.bytes.count)
        for look in looks {
            for i in sums.indices {
                let a = look.image.bytes[i], b = median.bytes[i]
                sums[i] += min(Int(max(a, b) - min(a, b)), PenWatch.passing)
            }
        }
        let count = max(looks.count, 1)
        return Plane(
            width: median.width, height: median.height,
            samples: (0..<median.size.area).map {
                UInt8(max(sums[3 * $0], max(sums[3 * $0 + 1], sums[3 * $0 + 2])) / count)
            })
    }

    /// Grey levels.
    private static let passing = 24

    func scale() -> PenScale? {
        if let ground { return PenScale(ground: ground) }
        return PenScale(
            animals: sizes.map { ($0.y, $0.root / (animal.area * parameters.covers).squareRoot()) },
            needed: PenWatch.sizesNeeded)
    }

    // MARK: Learning

    mutating func learn(at: Date, _ image: RGBImage) {
        if let last = looks.last, at.timeIntervalSince(last.at) < parameters.minutes * 60 { return }
        looks.append(Look(at: at, image: looks.first.map { image.inLight(of: $0.image) } ?? image))
        if looks.count > parameters.looks { looks.removeFirst(looks.count - parameters.looks) }
        pen = nil
    }

    /// After the looks were restored.
    mutating func forgetPen() { pen = nil }
}
