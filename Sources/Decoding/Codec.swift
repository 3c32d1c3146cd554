import CImageCodecs
import Pixels

/// The C functions' structures, translated. Nothing here keeps a pointer beyond a call.
enum Codec {
    static func limits(_ limits: DecodingLimits) -> pw_limits {
        pw_limits(
            max_width: UInt32(clamping: limits.maxWidth), max_height: UInt32(clamping: limits.maxHeight),
            max_pixels: UInt64(clamping: limits.maxPixels), max_scans: UInt32(clamping: limits.maxScans),
            max_chunk_bytes: UInt64(clamping: limits.maxChunkBytes))
    }

    /// The text in a C array of characters, which Swift sees as a tuple.
    private static func text<Characters>(_ characters: Characters) -> String {
        withUnsafeBytes(of: characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }

    static func message(_ report: pw_report) -> String { text(report.message) }

    static func truncation(_ report: pw_report, rows: Int) -> Truncation? {
        guard report.damaged else { return nil }
        return Truncation(
            goodRows: min(Int(report.rows_good), rows), coarseRows: min(Int(report.rows_coarse), rows),
            offset: Int(report.offset),
            message: message(report))
    }

    static func warnings(_ report: pw_report) -> [String] {
        let note = text(report.note)
        return note.isEmpty ? [] : [note]
    }

    static func error(
        _ status: pw_status, _ report: pw_report, _ header: pw_header, _ limits: DecodingLimits,
        in segment: DecodingError.Segment
    ) -> DecodingError {
        let detail = message(report)
        switch status {
        case PW_TRUNCATED: return .truncated(segment: segment, at: Int(report.offset))
        case PW_OVER_SIZE:
            if header.width > limits.maxWidth {
                return .overLimit(.width, value: Int(header.width), limit: limits.maxWidth)
            }
            if header.height > limits.maxHeight {
                return .overLimit(.height, value: Int(header.height), limit: limits.maxHeight)
            }
            return .overLimit(.pixels, value: Int(header.width) * Int(header.height), limit: limits.maxPixels)
        case PW_OVER_SCANS: return .overLimit(.scans, value: limits.maxScans + 1, limit: limits.maxScans)
        case PW_UNSUPPORTED: return .unsupported(detail: detail)
        case PW_NO_MEMORY: return .outOfMemory
        default: return .malformed(segment: segment, at: Int(report.offset), detail: detail)
        }
    }

    /// `count` bytes that `fill` writes; none where it says that it did not write them all.
    static func bytes(count: Int, _ fill: (UnsafeMutablePointer<UInt8>) -> Bool) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            guard let start = buffer.baseAddress, fill(start) else { return }
            filled = count
        }
    }
}
