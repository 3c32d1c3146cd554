import Decoding
import Pixels

/// Small JPEGs of every stored kind.
public enum JPEGSamples {
    /// The kinds that differ in how they are decoded.
    package static let kinds: [Encoder.JPEGSettings] = [
        .init(subsampling: Size(width: 1, height: 1)), .init(subsampling: Size(width: 2, height: 1)),
        .init(subsampling: Size(width: 1, height: 2)), .init(subsampling: Size(width: 2, height: 2)),
        .init(subsampling: Size(width: 4, height: 1)), .init(subsampling: Size(width: 4, height: 2)),
        .init(subsampling: Size(width: 1, height: 4)), .init(subsampling: Size(width: 2, height: 4)),
        .init(subsampling: Size(width: 2, height: 2), isProgressive: true),
        .init(subsampling: Size(width: 1, height: 1), isProgressive: true),
        .init(subsampling: Size(width: 2, height: 2), restartInterval: 2), .init(keepsComponents: true),
    ]

    /// A colour picture of each kind, a grey one and one of four inks.
    public static func files(width: Int, height: Int) throws -> [[UInt8]] {
        let picture = RGBImage.testPicture(width: width, height: height)
        let grey = Plane<UInt8>.testPicture(width: width, height: height)
        let inks = [UInt8](repeating: 90, count: 4 * width * height)
        return try kinds.map { try Encoder.jpeg(picture.bytes, size: picture.size, components: 3, $0) } + [
            Encoder.jpeg(grey.samples, size: grey.size, components: 1, .init()),
            Encoder.jpeg(inks, size: grey.size, components: 4, .init(keepsComponents: true)),
        ]
    }
}
