import CImageCodecs
import Pixels

extension OpenedFile {
    func readPlanes(scale: Scale) throws(DecodingError) -> DecodedImage<YCbCrPlanes> {
        guard header.format == .jpeg else {
            throw .unsupported(detail: "luma and chroma planes of \(header.format.rawValue.uppercased())")
        }
        var codecLimits = Codec.limits(limits), report = pw_report(), layout = pw_planes()
        let eighths = UInt32(scale.rawValue)
        let status = pw_jpeg_planes(start, bytes.count, &codecLimits, eighths, &layout, nil, &report)
        if status != PW_OK { throw Codec.error(status, report, codecHeader, limits, in: .header) }
        let lengths = [layout.length.0, layout.length.1, layout.length.2].prefix(Int(layout.count))
        var samples = try readSamples(count: bytes.count, eighths, layout, lengths, &report)
        if let hole = hole(before: report) { samples = try readSamples(count: hole, eighths, layout, lengths, &report) }

        let luma = plane(samples, 0, layout.stride.0, layout.width.0, layout.height.0)
        let neutral = Plane<UInt8>(width: luma.width, height: luma.height, repeating: 128)
        let hasChroma = layout.count == 3
        let planes = YCbCrPlanes(
            luma: luma,
            blueDifference: hasChroma
                ? plane(samples, lengths[0], layout.stride.1, layout.width.1, layout.height.1) : neutral,
            redDifference: hasChroma
                ? plane(samples, lengths[0] + lengths[1], layout.stride.2, layout.width.2, layout.height.2) : neutral)
        return DecodedImage(
            content: planes, header: header, scale: scale, region: Region(luma.size),
            truncation: Codec.truncation(report, rows: header.size.height), warnings: Codec.warnings(report))
    }

    /// The padded planes, one behind the other.
    private func readSamples(
        count: Int, _ eighths: UInt32, _ layout: pw_planes, _ lengths: ArraySlice<Int>, _ report: inout pw_report
    ) throws(DecodingError) -> [UInt8] {
        var codecLimits = Codec.limits(limits), layout = layout, status = PW_OK
        let samples = Codec.bytes(count: lengths.reduce(0, +)) { out in
            var starts: [UnsafeMutablePointer<UInt8>?] = []
            var at = 0
            for length in lengths {
                starts.append(out + at)
                at += length
            }
            while starts.count < 3 { starts.append(nil) }
            status = pw_jpeg_planes(start, count, &codecLimits, eighths, &layout, &starts, &report)
            return status == PW_OK
        }
        if status != PW_OK { throw Codec.error(status, report, codecHeader, limits, in: .pixels) }
        return samples
    }

    /// The upright plane whose padded rows begin at `start`.
    private func plane(_ samples: [UInt8], _ start: Int, _ stride: Int, _ width: UInt32, _ height: UInt32) -> Plane<
        UInt8
    > {
        var kept: [UInt8] = []
        kept.reserveCapacity(Int(width) * Int(height))
        for y in 0..<Int(height) {
            kept.append(contentsOf: samples[(start + y * stride)..<(start + y * stride + Int(width))])
        }
        let raster = header.orientation.applied(
            to: Raster(width: Int(width), height: Int(height), channels: 1, bytes: kept))
        return Plane(width: raster.width, height: raster.height, samples: raster.bytes)
    }
}
