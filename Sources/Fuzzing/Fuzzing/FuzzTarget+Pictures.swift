import Decoding
import Pixels
import TestKit

extension FuzzTarget {
    /// Small, so that thousands of inputs a second can be tried.
    private static let decoder = Decoder(
        limits: DecodingLimits(
            maxWidth: 2048, maxHeight: 2048, maxPixels: 1 << 16, maxScans: 20, maxChunkBytes: 1 << 16))

    static let jpeg = FuzzTarget(name: "jpeg", longest: 8192, words: jpegMarkers, seeds: { try jpegSeeds() }) {
        $0.starts(with: [0xFF, 0xD8]) && decode($0, scales: [.full, .half])
    }

    /// Smaller sizes: of each block only some coefficients are transformed, or none.
    static let eighth = FuzzTarget(name: "eighth", longest: 8192, words: jpegMarkers, seeds: { try jpegSeeds() }) {
        $0.starts(with: [0xFF, 0xD8]) && decode($0, scales: [.eighth, .quarter])
            && takeMeans($0, .eighth) && takeMeans($0, .quarter)
    }

    /// Means of blocks come of whatever comes at their scale, and a part's are those of the whole.
    private static func takeMeans(_ bytes: [UInt8], _ scale: Scale) -> Bool {
        let plain = try? decoder.rgb(bytes, scale: scale), means = try? decoder.blockMeans(bytes, scale: scale)
        promise(plain?.content.size == means?.content.size, "means of another size than the picture's")
        guard let means, means.truncation == nil else { return true }
        let size = means.content.size
        let part = Region(x: size.width / 2, y: size.height / 2, width: (size.width + 1) / 2, height: 1)
        guard let cut = try? decoder.blockMeans(bytes, scale: scale, region: part), cut.truncation == nil else {
            return true
        }
        promise(cut.content == means.content.cropped(to: part), "a part's means differ from the whole's")
        return true
    }

    static let png = FuzzTarget(
        name: "png", longest: 4096,
        words: ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "eXIf", "iCCP", "zTXt", "gAMA", "sBIT"], seeds: { pngSeeds() }
    ) { $0.starts(with: [0x89, 0x50]) && decode($0, scales: [.full, .quarter]) }

    static let tiff = FuzzTarget(name: "tiff", longest: 4096, words: [], seeds: { tiffSeeds() }) {
        ($0.starts(with: [0x49, 0x49]) || $0.starts(with: [0x4D, 0x4D])) && decode($0, scales: [.full, .half])
    }

    private static let jpegMarkers = ["\u{1}\u{1}", "JFIF", "Exif", "Adobe", "\u{0}\u{3F}\u{0}"]

    private static func jpegSeeds() throws -> [[UInt8]] { try JPEGSamples.files(width: 37, height: 29) }

    private static func pngSeeds() -> [[UInt8]] {
        PNGSketch.ColorType.allCases.flatMap { color in
            color.depths.map { depth in
                let samples = (0..<(13 * 9 * color.channels)).map { UInt16($0 % 2) }
                var sketch = PNGSketch(width: 13, height: 9, color: color, depth: depth, samples: samples)
                sketch.palette = [0, 0, 0, 255, 255, 255]
                sketch.isInterlaced = depth == 8
                return sketch.bytes
            }
        }
    }

    private static func tiffSeeds() -> [[UInt8]] {
        [false, true].flatMap { isBigEndian in
            // Uncompressed, PackBits, LZW, deflate: the data suits the first, which is enough to begin with.
            [1, 32_773, 5, 8].flatMap { compression in
                [0, 1, 2, 3].map { photometric in
                    var sketch = TIFFSketch(isBigEndian: isBigEndian)
                    let samples = photometric == 2 ? 3 : 1
                    sketch.short(256, 8)
                    sketch.short(257, 6)
                    sketch.short(258, 8)
                    sketch.short(259, compression)
                    sketch.short(262, photometric)
                    sketch.short(274, 1)
                    sketch.short(277, samples)
                    sketch.short(278, 6)
                    sketch.long(279, 48 * samples)
                    return sketch.bytes(pixels: (0..<(48 * samples)).map { UInt8($0 % 251) })
                }
            }
        }
    }

    /// Whatever comes out is of the size that the header states, and a part is a part of the whole.
    private static func decode(_ bytes: [UInt8], scales: [Scale]) -> Bool {
        guard let header = try? decoder.header(of: bytes) else { return true }
        promise(header.size.area <= decoder.limits.maxPixels, "a size beyond the limits: \(header.size)")
        for scale in scales {
            let size = header.orientation.applied(to: scale.applied(to: header.size))
            if let grey = try? decoder.luma(bytes, scale: scale) {
                promise(grey.content.size == size, "grey of \(grey.content.size), not \(size)")
            }
            if let planes = try? decoder.planes(bytes, scale: scale) {
                promise(planes.content.luma.size == size, "luma of \(planes.content.luma.size), not \(size)")
            }
            guard let whole = try? decoder.rgb(bytes, scale: scale) else { continue }
            promise(whole.content.size == size, "a picture of \(whole.content.size), not \(size)")
            promise(
                whole.goodRegion.intersection(Region(size)) == whole.goodRegion || whole.goodRegion.isEmpty,
                "good rows outside the picture")
            let part = Region(
                x: size.width / 3, y: size.height / 3, width: (size.width + 2) / 3, height: (size.height + 2) / 3)
            guard !part.isEmpty, part.intersection(Region(size)) == part, whole.truncation == nil,
                let cut = try? decoder.rgb(bytes, scale: scale, region: part), cut.truncation == nil
            else { continue }
            promise(cut.content.bytes == whole.content.cropped(to: part).bytes, "the part differs from the whole")
            // What cameras write is not decoded by libjpeg, its grey is: neither may overlook damage.
            guard scale == .full, header.format == .jpeg else { continue }
            let grey = try? decoder.luma(bytes, scale: scale)
            promise(grey != nil && grey?.truncation == nil, "damage that the whole did not show")
        }
        return true
    }
}
