import Pixels

/// A region shown on a picture: outside dimmed, its outline bright.
enum MaskOverlay {
    static func drawn(_ mask: Mask, over image: RGBImage) -> RGBImage {
        guard mask.size == image.size else { return image }
        var result = image
        let rim = mask.dilated(by: .disc(radius: 2)).subtracting(mask)
        for i in mask.bytes.indices {
            if rim.bytes[i] != 0 {
                (result.bytes[3 * i], result.bytes[3 * i + 1], result.bytes[3 * i + 2]) = (255, 80, 0)
            } else if mask.bytes[i] == 0 {
                for k in 0..<3 { result.bytes[3 * i + k] = UInt8((Int(result.bytes[3 * i + k]) * 5 + 60 * 4) / 9) }
            }
        }
        return result
    }
}
