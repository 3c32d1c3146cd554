import Pixels

/// What a file says about its picture, read without decoding it.
public struct ImageHeader: Sendable, Equatable {
    public var format: ImageFormat
    /// Width and height as stored, before the orientation is applied.
    public var size: Size
    public var orientation: Orientation
    /// Stored components: 1 grey or palette, 2 grey and alpha, 3 colour, 4 CMYK or colour and alpha.
    public var components: Int
    /// Bits of one component as stored.
    public var bitDepth: Int
    /// Progressive JPEG or interlaced PNG.
    public var isProgressive: Bool
    /// Luma samples for each chroma sample, across and down; 1 × 1 where nothing is subsampled.
    public var subsampling: Size
    public var exif: EXIF?

    /// Width and height of the upright picture: what every decoding function gives at full scale.
    public var orientedSize: Size { orientation.applied(to: size) }
}
