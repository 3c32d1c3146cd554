import Pixels

/// How the stored picture must be turned to stand upright; the raw values are those of EXIF's tag 274.
public enum Orientation: Int, Sendable, Codable, CaseIterable {
    case upright = 1
    case mirrored = 2
    case upsideDown = 3
    case mirroredUpsideDown = 4
    case transposed = 5
    /// To be turned a quarter clockwise.
    case quarterClockwise = 6
    case transverse = 7
    /// To be turned a quarter anticlockwise.
    case quarterAnticlockwise = 8

    /// Whether width and height change places.
    public var swapsAxes: Bool { rawValue >= 5 }

    /// The upright size of a picture stored with `size`.
    public func applied(to size: Size) -> Size {
        swapsAxes ? Size(width: size.height, height: size.width) : size
    }

    private var flipsStoredX: Bool { [.mirrored, .upsideDown, .transverse, .quarterAnticlockwise].contains(self) }
    private var flipsStoredY: Bool {
        [.upsideDown, .mirroredUpsideDown, .quarterClockwise, .transverse].contains(self)
    }

    /// Where the pixels of `region`, a part of the upright picture, lie in the stored one of `size`.
    public func stored(_ region: Region, in size: Size) -> Region {
        var result = swapsAxes ? Region(x: region.y, y: region.x, width: region.height, height: region.width) : region
        if flipsStoredX { result.x = size.width - result.maxX }
        if flipsStoredY { result.y = size.height - result.maxY }
        return result
    }

    /// Where the pixels of `region`, a part of the stored picture of `size`, lie in the upright one.
    public func upright(_ region: Region, in size: Size) -> Region {
        var turned = region
        if flipsStoredX { turned.x = size.width - region.maxX }
        if flipsStoredY { turned.y = size.height - region.maxY }
        return swapsAxes ? Region(x: turned.y, y: turned.x, width: turned.height, height: turned.width) : turned
    }

    /// The stored raster, turned upright.
    func applied(to raster: Raster) -> Raster {
        if self == .upright { return raster }
        let channels = raster.channels
        let size = applied(to: Size(width: raster.width, height: raster.height))
        // index of the stored sample for the upright pixel (x, y): start + x·stepX + y·stepY
        let row = raster.width * channels
        let startX = flipsStoredX ? (raster.width - 1) * channels : 0
        let startY = flipsStoredY ? (raster.height - 1) * row : 0
        let alongColumns = flipsStoredX ? -channels : channels
        let alongRows = flipsStoredY ? -row : row
        let stepX = swapsAxes ? alongRows : alongColumns
        let stepY = swapsAxes ? alongColumns : alongRows
        let bytes = [UInt8](unsafeUninitializedCapacity: raster.bytes.count) { out, count in
            raster.bytes.withUnsafeBufferPointer { stored in
                var at = 0
                for y in 0..<size.height {
                    var from = startX + startY + y * stepY
                    for _ in 0..<size.width {
                        for channel in 0..<channels { out[at + channel] = stored[from + channel] }
                        at += channels
                        from += stepX
                    }
                }
            }
            count = raster.bytes.count
        }
        return Raster(width: size.width, height: size.height, channels: channels, bytes: bytes)
    }
}
