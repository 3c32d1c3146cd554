import CImageCodecs
import Pixels

/// Writes pictures into memory. The same pixels and settings always give the same bytes, which carry no time and no
/// metadata.
public enum Encoder {
    /// A baseline JPEG with chroma halved both ways.
    ///
    /// - Parameter quality: 1 … 100, libjpeg's scale.
    /// - Throws: `.notEncodable` for an empty picture or one beyond 65,500 pixels a side.
    public static func jpeg(_ image: RGBImage, quality: Int) throws(EncodingFailure) -> [UInt8] {
        try jpeg(image.bytes, size: image.size, components: 3, JPEGSettings(quality: quality))
    }

    /// The stored kinds of JPEG, for pictures that decoding is tested with.
    package struct JPEGSettings: Sendable {
        package var quality = 90
        package var subsampling = Size(width: 2, height: 2)
        package var isProgressive = false
        package var restartInterval = 0
        /// Store RGB or CMYK as they are.
        package var keepsComponents = false

        package init(
            quality: Int = 90, subsampling: Size = Size(width: 2, height: 2), isProgressive: Bool = false,
            restartInterval: Int = 0,
            keepsComponents: Bool = false
        ) {
            self.quality = quality
            self.subsampling = subsampling
            self.isProgressive = isProgressive
            self.restartInterval = restartInterval
            self.keepsComponents = keepsComponents
        }
    }

    /// - Parameter samples: interleaved: 1 grey, 3 RGB, 4 CMYK as Adobe stores it (255 for no ink).
    package static func jpeg(
        _ samples: [UInt8], size: Size, components: Int, _ settings: JPEGSettings
    ) throws(EncodingFailure) -> [UInt8] {
        precondition(samples.count == size.area * components, "a JPEG needs width × height × components samples")
        let halves = components != 1 && !settings.keepsComponents
        var parameters = pw_jpeg_settings(
            width: UInt32(size.width), height: UInt32(size.height), components: UInt32(components),
            quality: UInt32(min(max(settings.quality, 1), 100)),
            luma_across: halves ? UInt32(settings.subsampling.width) : 1,
            luma_down: halves ? UInt32(settings.subsampling.height) : 1,
            restart_interval: UInt32(settings.restartInterval),
            progressive: settings.isProgressive, keep_components: settings.keepsComponents)
        return try collect { (out, length, report) in
            samples.withUnsafeBufferPointer { pw_jpeg_encode($0.baseAddress, &parameters, &out, &length, &report) }
        }
    }

    /// - Throws: `.notEncodable` for an empty picture.
    public static func png(_ image: RGBImage) throws(EncodingFailure) -> [UInt8] {
        try png(image.bytes, size: image.size, channels: 3)
    }

    /// An 8-bit grey PNG.
    public static func png(_ plane: Plane<UInt8>) throws(EncodingFailure) -> [UInt8] {
        try png(plane.samples, size: plane.size, channels: 1)
    }

    /// An 8-bit grey PNG: 255 inside, 0 outside.
    public static func png(_ mask: Mask) throws(EncodingFailure) -> [UInt8] {
        try png(mask.bytes, size: mask.size, channels: 1)
    }

    private static func png(_ samples: [UInt8], size: Size, channels: Int) throws(EncodingFailure) -> [UInt8] {
        try collect { (out, length, report) in
            samples.withUnsafeBufferPointer {
                pw_png_encode(
                    $0.baseAddress, UInt32(size.width), UInt32(size.height), UInt32(channels), &out, &length, &report)
            }
        }
    }

    private static func collect(
        _ encode: (inout UnsafeMutablePointer<UInt8>?, inout Int, inout pw_report) -> pw_status
    ) throws(EncodingFailure) -> [UInt8] {
        var out: UnsafeMutablePointer<UInt8>?
        var length = 0
        var report = pw_report()
        let status = encode(&out, &length, &report)
        guard status == PW_OK, let out else {
            throw status == PW_NO_MEMORY ? .outOfMemory : .notEncodable(detail: Codec.message(report))
        }
        defer { pw_free(out) }
        return Array(UnsafeBufferPointer(start: out, count: length))
    }
}

/// Why a picture could not be written.
public enum EncodingFailure: Error, Equatable, Sendable {
    case notEncodable(detail: String)
    case outOfMemory
}
