import CImageCodecs
import Pixels

/// Turns the bytes of JPEG, PNG and TIFF files into pixels.
///
/// Pictures come out upright: the orientation that the file states is applied. Colours come out as stored, without
/// colour
/// profiles; alpha is dropped, not blended; 16-bit samples keep their upper byte. JPEG is decoded as libjpeg does by
/// default (slow
/// integer transform, smooth chroma). One value serves any number of threads.
///
/// A file that breaks off gives the rows before the fault, grey (128) after it, and a `Truncation`; it is an error
/// only if no row
/// is left.
public struct Decoder: Sendable {
    public let limits: DecodingLimits

    public init(limits: DecodingLimits = .standard) { self.limits = limits }

    /// What the file says about its picture.
    ///
    /// - Throws: `.empty`, `.notAnImage`, and what the format's header can get wrong; `.overLimit` for sizes beyond
    ///   the limits.
    public func header(of bytes: UnsafeRawBufferPointer) throws(DecodingError) -> ImageHeader {
        try OpenedFile(bytes, limits).header
    }

    public func header(of bytes: [UInt8]) throws(DecodingError) -> ImageHeader {
        try open(bytes) { file throws(DecodingError) in file.header }
    }

    /// The colour picture; grey files give three equal channels.
    ///
    /// - Parameter region: a part of the upright, scaled picture; `nil` for all of it. The result is exactly that part
    ///   of the whole
    ///   result. JPEG decodes only the rows and columns needed for it; PNG and TIFF decode everything and cut.
    /// - Throws: `.regionOutside`, and everything that `header(of:)` throws; `.truncated` and `.malformed` where no
    ///   row is left.
    public func rgb(_ bytes: [UInt8], scale: Scale = .full, region: Region? = nil) throws(DecodingError)
        -> DecodedImage<RGBImage>
    {
        try open(bytes) { file throws(DecodingError) in
            try file.read(channels: 3, scale: scale, region: region).map(\.rgb)
        }
    }

    /// The picture at an eighth or a quarter, each pixel the mean colour of what it covers: the cheapest way to means.
    ///
    /// - Parameters:
    ///   - scale: `.eighth` or `.quarter`.
    ///   - region: as in ``rgb(_:scale:region:)``, of the scaled picture.
    /// - Exactness: of JPEGs as cameras write them the means of the stored samples, at an eighth of subsampled chroma those
    ///   of its own blocks; pixels are not worked out. Of others what `rgb(_:scale:)` gives. A pixel whose samples lie
    ///   beyond the range of bytes is clipped after the mean and not before: means over many blocks differ from those of
    ///   the full picture by less than half a level where little is clipped.
    public func blockMeans(_ bytes: [UInt8], scale: Scale = .eighth, region: Region? = nil) throws(DecodingError)
        -> DecodedImage<RGBImage>
    {
        precondition(scale == .eighth || scale == .quarter, "blocks are of 8 or 4 pixels")
        return try open(bytes) { file throws(DecodingError) in
            try file.read(channels: 3, scale: scale, region: region, asMeans: true).map(\.rgb)
        }
    }

    /// Brightness only: a JPEG's own luma, elsewhere 0.299 R + 0.587 G + 0.114 B.
    public func luma(_ bytes: [UInt8], scale: Scale = .full) throws(DecodingError) -> DecodedImage<Plane<UInt8>> {
        try open(bytes) { file throws(DecodingError) in
            try file.read(channels: 1, scale: scale, region: nil).map(\.luma)
        }
    }

    /// A JPEG's luma and chroma without conversion: the cheapest way to both.
    ///
    /// - Throws: `.unsupported` for PNG, TIFF, and for JPEGs that store RGB or CMYK.
    public func planes(_ bytes: [UInt8], scale: Scale = .full) throws(DecodingError) -> DecodedImage<YCbCrPlanes> {
        try open(bytes) { file throws(DecodingError) in try file.readPlanes(scale: scale) }
    }

    /// Which pixels a mask file marks, after conversion to 8-bit grey.
    ///
    /// - Parameter insideIsZero: true for PhenoCam masks: inside is what is exactly 0 (below 128 in a JPEG, whose
    ///   zeros are never
    ///   exact). False: inside is 128 and above; where the whole file stays below 128 it holds class numbers, and
    /// inside is what is
    ///   not 0.
    /// - Throws: `.malformed` also for a mask that is not whole: a part of a mask is no mask.
    public func mask(_ bytes: [UInt8], insideIsZero: Bool) throws(DecodingError) -> Mask {
        var grey = try luma(bytes)
        if let truncation = grey.truncation, truncation.goodRows < grey.header.size.height {
            throw .malformed(segment: .pixels, at: truncation.offset, detail: truncation.message)
        }
        let exact = grey.header.format != .jpeg
        grey.content.samples.withUnsafeMutableBufferPointer { samples in
            let isFaint = samples.reduce(UInt8(0), max) < 128
            let least: UInt8 = exact && (insideIsZero || isFaint) ? 1 : 128, outside: UInt8 = insideIsZero ? 255 : 0
            var i = 0
            while i < samples.count {
                samples[i] = (samples[i] >= least ? 255 : 0) ^ outside
                i &+= 1
            }
        }
        return Mask(width: grey.content.width, height: grey.content.height, bytes: grey.content.samples)
    }

    private func open<Result>(
        _ bytes: [UInt8], _ body: (OpenedFile) throws(DecodingError) -> Result
    ) throws(DecodingError) -> Result {
        try bytes.withUnsafeBufferPointer { (buffer) throws(DecodingError) -> Result in
            try body(try OpenedFile(UnsafeRawBufferPointer(buffer), limits))
        }
    }
}

extension DecodedImage {
    func map<Other: Sendable>(_ change: (Content) -> Other) -> DecodedImage<Other> {
        DecodedImage<Other>(
            content: change(content), header: header, scale: scale, region: region, truncation: truncation,
            warnings: warnings)
    }
}
