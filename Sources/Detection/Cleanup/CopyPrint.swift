import Analysis
import Pixels

/// What is kept of a submitted picture so that it is known again: cropped, mirrored, lightened, encoded anew, or with a part
/// painted over.
public struct CopyPrint: Sendable {
    /// A small grey picture.
    public let plane: Plane<UInt8>
    private let features: PictureFeatures
    private let hash: PerceptualHash?

    /// - Parameter plane: a print that was made before, or the brightness of a picture.
    public init(_ plane: Plane<UInt8>, columns: Int) {
        if plane.width > columns {
            let height = max(1, (plane.height * columns + plane.width / 2) / plane.width)
            self.plane = plane.resized(to: Size(width: columns, height: height))
        } else {
            self.plane = plane
        }
        features = PictureFeatures(of: self.plane)
        hash = PerceptualHash(of: self.plane)
    }

    public var mirrored: CopyPrint {
        var samples = plane.samples
        for y in 0..<plane.height { samples[y * plane.width..<(y + 1) * plane.width].reverse() }
        return CopyPrint(Plane(width: plane.width, height: plane.height, samples: samples), columns: plane.width)
    }

    /// How alike two photographs are where they show the same: share of blocks that are one photograph's.
    ///
    /// A second photograph of the same place has other shadows and stands a step aside; a copy has neither.
    ///
    /// - Returns: `nil` where nothing lines up, or too little is seen to say anything.
    public func sameness(with other: CopyPrint, parameters: CopyPrint.Limits) -> Double? {
        var ways: [Homography] = []
        if let hash, let theirs = other.hash, hash.distance(to: theirs) <= parameters.hashDistance {
            ways.append(
                Homography([
                    Double(other.plane.width) / Double(plane.width), 0, 0, 0,
                    Double(other.plane.height) / Double(plane.height), 0, 0, 0, 1,
                ]))
        }
        if let found = features.transform(to: other.features), CopyPrint.isPlain(found.homography) {
            ways.append(found.homography)
        }
        var best: Double?
        for way in ways {
            let moved = Warp(of: other.grey, by: way, size: plane.size)
            let agreement = BlockAgreement(
                of: plane, and: Plane(luminanceOf: moved.image), valid: moved.valid, side: CopyPrint.side,
                reach: parameters.reach, contrast: parameters.contrast)
            if let share = agreement.share(from: parameters.identical, few: parameters.blocks) {
                best = max(best ?? 0, share)
            }
        }
        return best
    }

    public struct Limits: Sendable {
        public var hashDistance: Int
        public var reach: Int
        public var contrast: Double
        public var identical: Double
        public var blocks: Int

        public init(_ parameters: CleanupParameters) {
            hashDistance = parameters.hashDistance
            reach = parameters.copyReach
            contrast = parameters.contrast
            identical = parameters.identical
            blocks = parameters.copyBlocks
        }
    }

    /// Pixels of a print.
    private static let side = 20

    private var grey: RGBImage {
        var bytes = [UInt8](repeating: 0, count: 3 * plane.samples.count)
        for i in plane.samples.indices {
            bytes[3 * i] = plane.samples[i]
            bytes[3 * i + 1] = plane.samples[i]
            bytes[3 * i + 2] = plane.samples[i]
        }
        return RGBImage(width: plane.width, height: plane.height, bytes: bytes)
    }

    /// Whether it does no more than cropping, scaling and straightening do: no perspective, and not a third or three times
    /// the size.
    private static func isPlain(_ homography: Homography) -> Bool {
        let m = homography.matrix
        let scale = abs(m[0] * m[4] - m[1] * m[3]).squareRoot()
        return scale > 0.2 && scale < 5 && abs(m[6]) < 1e-3 && abs(m[7]) < 1e-3
    }
}
