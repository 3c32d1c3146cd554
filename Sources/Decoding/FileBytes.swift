/// Where things lie in a file's bytes, found without decoding: the EXIF segment, and the end of what was really
/// written.
struct FileBytes {
    let bytes: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// How many bytes are left when zeros at the end are not counted.
    ///
    /// JPEG and PNG end with a byte that is not zero, so zeros there are either padding behind a whole file or the
    /// part of a
    /// reserved file that was never written. Entropy-coded zeros would decode to plausible pixels.
    var countWithoutTrailingZeros: Int {
        var count = bytes.count
        while count > 0, bytes[count - 1] == 0 { count -= 1 }
        return count
    }

    /// The first stretch of `length` zeros at or after `start`, if it begins before `end`.
    func firstZeros(length: Int, from start: Int, before end: Int) -> Int? {
        var run = 0
        for at in start..<max(start, min(bytes.count, end + length)) {
            run = bytes[at] == 0 ? run + 1 : 0
            if run == length { return at - length + 1 }
        }
        return nil
    }

    func exif(_ format: ImageFormat) -> EXIF? {
        switch format {
        case .jpeg: firstSegment { $0 == 0xE1 && bytes[$1].starts(with: EXIF.mark) }.flatMap { EXIF(app1: bytes[$0]) }
        case .png: pngEXIF.flatMap { EXIF(app1: bytes[$0]) }
        case .tiff: nil
        }
    }

    /// Where the first scan of a JPEG begins.
    var firstScan: Int? { firstSegment { marker, _ in marker == 0xDA }?.lowerBound }

    /// The body of the first JPEG segment that `matches` accepts by marker and body, up to the first scan.
    private func firstSegment(_ matches: (UInt8, Range<Int>) -> Bool) -> Range<Int>? {
        var at = 2
        while at + 4 <= bytes.count {
            let marker = bytes[at + 1]
            if bytes[at] != 0xFF || marker == 0xFF {
                at += 1
            } else if marker <= 1 || (0xD0...0xD8).contains(marker) {
                at += 2
            } else {
                let length = Int(bytes[at + 2]) << 8 | Int(bytes[at + 3])
                guard marker != 0xD9, length >= 2, length <= bytes.count - at - 2 else { return nil }
                let body = (at + 4)..<(at + 2 + length)
                if matches(marker, body) { return body }
                if marker == 0xDA { return nil }
                at = body.upperBound
            }
        }
        return nil
    }

    /// The body of a PNG's eXIf chunk, wherever it stands.
    private var pngEXIF: Range<Int>? {
        var at = 8
        while at <= bytes.count - 12 {
            let length = bytes[at..<(at + 4)].reduce(0) { $0 << 8 | Int($1) }
            guard length <= bytes.count - at - 12 else { return nil }
            if bytes[(at + 4)..<(at + 8)].elementsEqual("eXIf".utf8) { return (at + 8)..<(at + 8 + length) }
            at += 12 + length
        }
        return nil
    }
}
