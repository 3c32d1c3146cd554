import Pixels

/// A decoded picture of one or three interleaved channels, before it becomes a `Plane` or an `RGBImage`.
struct Raster: Equatable {
    var width: Int
    var height: Int
    var channels: Int
    var bytes: [UInt8]

    var size: Size { Size(width: width, height: height) }
    var rgb: RGBImage {
        if channels == 3 { return RGBImage(width: width, height: height, bytes: bytes) }
        var tripled: [UInt8] = []
        tripled.reserveCapacity(3 * bytes.count)
        for byte in bytes {
            tripled.append(byte)
            tripled.append(byte)
            tripled.append(byte)
        }
        return RGBImage(width: width, height: height, bytes: tripled)
    }

    /// Y' = 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601) in 16-bit fixed point, rounded.
    var luma: Plane<UInt8> {
        if channels == 1 { return Plane(width: width, height: height, samples: bytes) }
        let samples = [UInt8](unsafeUninitializedCapacity: width * height) { out, count in
            bytes.withUnsafeBufferPointer { rgb in
                for i in 0..<(width * height) {
                    let red = UInt32(rgb[3 * i]), green = UInt32(rgb[3 * i + 1]), blue = UInt32(rgb[3 * i + 2])
                    out[i] = UInt8(
                        truncatingIfNeeded: (red &* 19_595 &+ green &* 38_470 &+ blue &* 7_471 &+ 32_768) >> 16)
                }
            }
            count = width * height
        }
        return Plane(width: width, height: height, samples: samples)
    }

    /// The part that `region` covers, which lies inside.
    func cropped(to region: Region) -> Raster {
        if region == Region(size) { return self }
        var part: [UInt8] = []
        part.reserveCapacity(region.area * channels)
        for y in region.y..<region.maxY {
            let start = (y * width + region.x) * channels
            part.append(contentsOf: bytes[start..<(start + region.width * channels)])
        }
        return Raster(width: region.width, height: region.height, channels: channels, bytes: part)
    }

    /// Each pixel the mean of the full-size pixels it covers, rounded half up.
    ///
    /// - Border: the last column and row average the pixels that exist.
    func averaged(to scale: Scale) -> Raster {
        if scale == .full { return self }
        let box = scale.divisor, width = width, height = height, channels = channels
        let smaller = scale.applied(to: size)
        let count = smaller.area * channels
        let means = [UInt8](unsafeUninitializedCapacity: count) { out, filled in
            bytes.withUnsafeBufferPointer { full in
                var at = 0
                for y in 0..<smaller.height {
                    let top = y * box, bottom = min(top + box, height)
                    for x in 0..<smaller.width {
                        let left = x * box, right = min(left + box, width)
                        let area = (bottom - top) * (right - left)
                        for channel in 0..<channels {
                            var sum = area / 2
                            var row = top
                            while row < bottom {
                                var from = (row &* width &+ left) &* channels &+ channel
                                let end = (row &* width &+ right) &* channels
                                while from < end {
                                    sum &+= Int(full[from])
                                    from &+= channels
                                }
                                row &+= 1
                            }
                            out[at] = UInt8(truncatingIfNeeded: sum / area)
                            at &+= 1
                        }
                    }
                }
            }
            filled = count
        }
        return Raster(width: smaller.width, height: smaller.height, channels: channels, bytes: means)
    }
}
