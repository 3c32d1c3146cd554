import CImageCodecs
import Pixels

/// A file in memory whose header was read; lives only while its bytes are borrowed.
struct OpenedFile {
    let header: ImageHeader
    let limits: DecodingLimits
    /// The bytes that were really written.
    let bytes: UnsafeRawBufferPointer
    let start: UnsafePointer<UInt8>
    let codecHeader: pw_header

    init(_ whole: UnsafeRawBufferPointer, _ limits: DecodingLimits) throws(DecodingError) {
        if whole.isEmpty { throw .empty }
        guard let format = ImageFormat(firstBytes: whole) else { throw .notAnImage(firstBytes: Array(whole.prefix(8))) }
        let count = format == .tiff ? whole.count : FileBytes(whole).countWithoutTrailingZeros
        bytes = UnsafeRawBufferPointer(rebasing: whole.prefix(count))
        guard let start = bytes.bindMemory(to: UInt8.self).baseAddress else { throw .empty }
        self.start = start
        self.limits = limits
        var header = pw_header(), report = pw_report(), codecLimits = Codec.limits(limits)
        let status =
            switch format {
            case .jpeg: pw_jpeg_header(start, count, &codecLimits, &header, &report)
            case .png: pw_png_header(start, count, &codecLimits, &header, &report)
            case .tiff: pw_tiff_header(start, count, &codecLimits, &header, &report)
            }
        if status != PW_OK { throw Codec.error(status, report, header, limits, in: .header) }
        codecHeader = header
        let exif = FileBytes(bytes).exif(format)
        self.header = ImageHeader(
            format: format, size: Size(width: Int(header.width), height: Int(header.height)),
            orientation: exif?.orientation ?? Orientation(rawValue: Int(header.orientation)) ?? .upright,
            components: Int(header.components), bitDepth: Int(header.bit_depth),
            isProgressive: header.progressive || header.interlaced,
            subsampling: Size(width: Int(header.luma_across), height: Int(header.luma_down)), exif: exif)
    }

    /// - Parameter asMeans: whether a JPEG at an eighth or a quarter is to be its blocks' means.
    func read(
        channels: Int, scale: Scale, region: Region?, asMeans: Bool = false
    ) throws(DecodingError) -> DecodedImage<Raster> {
        let size = scale.applied(to: header.size), upright = header.orientation.applied(to: size)
        let wanted = region ?? Region(upright)
        guard !wanted.isEmpty, wanted.intersection(Region(upright)) == wanted else {
            throw .regionOutside(wanted, size: upright)
        }
        let stored = header.orientation.stored(wanted, in: size)
        var report = pw_report()
        var raster: Raster
        if header.format == .jpeg {
            raster = try readJPEG(
                channels: header.components == 1 ? 1 : channels, scale: scale, region: stored, asMeans: asMeans, &report
            )
        } else {
            raster = try readWhole(channels: channels, &report).averaged(to: scale).cropped(to: stored)
        }
        raster = header.orientation.applied(to: raster)
        return DecodedImage(
            content: raster, header: header, scale: scale, region: wanted,
            truncation: Codec.truncation(report, rows: header.size.height), warnings: Codec.warnings(report))
    }

    /// Bytes of a disk sector: as many zeros in damaged JPEG data are taken for a part that was never written.
    private static let sectorLength = 512

    private func readJPEG(
        channels: Int, scale: Scale, region: Region, asMeans: Bool, _ report: inout pw_report
    ) throws(DecodingError) -> Raster {
        var raster = try readJPEG(count: bytes.count, channels, scale, region, asMeans, &report)
        if let hole = hole(before: report) {
            raster = try readJPEG(count: hole, channels, scale, region, asMeans, &report)
        }
        return raster
    }

    /// Where a part that was never written begins, before the damage that the codec noticed: zeros decode to plausible
    /// pixels for a
    /// while, so what the codec saw comes too late.
    func hole(before report: pw_report) -> Int? {
        guard report.damaged, let scan = FileBytes(bytes).firstScan else { return nil }
        return FileBytes(bytes).firstZeros(length: OpenedFile.sectorLength, from: scan, before: Int(report.offset))
    }

    private func readJPEG(
        count: Int, _ channels: Int, _ scale: Scale, _ region: Region, _ asMeans: Bool, _ report: inout pw_report
    ) throws(DecodingError) -> Raster {
        var codecLimits = Codec.limits(limits)
        var request = pw_request(
            scale: UInt32(scale.rawValue), channels: UInt32(channels),
            region: pw_region(
                x: UInt32(region.x), y: UInt32(region.y), width: UInt32(region.width), height: UInt32(region.height)),
            only_libjpeg: false, block_means: asMeans, by_one_reader: false)
        let length = region.area * channels
        var status = PW_OK
        let samples = Codec.bytes(count: length) { out in
            status = pw_jpeg_read(start, count, &codecLimits, &request, out, length, &report)
            return status == PW_OK
        }
        if status != PW_OK { throw Codec.error(status, report, codecHeader, limits, in: .pixels) }
        return Raster(width: region.width, height: region.height, channels: channels, bytes: samples)
    }

    /// PNG and TIFF, whole and as stored. Colour stays colour even when grey is wanted; it is converted afterwards.
    private func readWhole(channels: Int, _ report: inout pw_report) throws(DecodingError) -> Raster {
        var codecLimits = Codec.limits(limits)
        let kept = header.format == .tiff ? codecHeader.channels : max(UInt32(channels), codecHeader.channels)
        let length = header.size.area * Int(kept)
        var status = PW_OK
        let samples = Codec.bytes(count: length) { out in
            status =
                header.format == .png
                ? pw_png_read(start, bytes.count, &codecLimits, kept, out, length, &report)
                : pw_tiff_read(start, bytes.count, &codecLimits, out, length, &report)
            return status == PW_OK
        }
        if status != PW_OK { throw Codec.error(status, report, codecHeader, limits, in: .pixels) }
        return Raster(width: header.size.width, height: header.size.height, channels: Int(kept), bytes: samples)
    }
}
