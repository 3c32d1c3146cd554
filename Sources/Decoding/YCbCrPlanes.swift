import Pixels

/// A JPEG's own planes, before chroma is enlarged and colour converted.
///
/// - Shape: luma has the upright, scaled size; the chroma planes are smaller by the subsampling that is left at this
///   scale.
/// - Note: upright chroma of an odd-sized subsampled picture may sit up to half a chroma sample off after a flip.
public struct YCbCrPlanes: Sendable, Equatable {
    public var luma: Plane<UInt8>
    /// Cb, 128 for neutral. A grey picture has a plane of 128 here.
    public var blueDifference: Plane<UInt8>
    /// Cr, 128 for neutral.
    public var redDifference: Plane<UInt8>
}
