extension RGBImage {
    /// The pixels of `region`.
    ///
    /// - Precondition: `region` lies inside the image.
    /// - Complexity: O(region); one allocation.
    public func cropped(to region: Region) -> RGBImage {
        precondition(region.intersection(Region(size)) == region, "the region lies inside the image")
        var result: [UInt8] = []
        result.reserveCapacity(3 * region.area)
        for y in region.y..<region.maxY { result += bytes[3 * (y * width + region.x)..<3 * (y * width + region.maxX)] }
        return RGBImage(width: region.width, height: region.height, bytes: result)
    }
}

extension Mask {
    /// The pixels of `region`.
    ///
    /// - Precondition: `region` lies inside the mask.
    public func cropped(to region: Region) -> Mask {
        precondition(region.intersection(Region(size)) == region, "the region lies inside the mask")
        var result: [UInt8] = []
        result.reserveCapacity(region.area)
        for y in region.y..<region.maxY { result += bytes[y * width + region.x..<y * width + region.maxX] }
        return Mask(width: region.width, height: region.height, bytes: result)
    }

    /// The mask of a larger picture, of which this one is `region`; outside elsewhere.
    ///
    /// - Precondition: `region` has this mask's size and lies inside `size`.
    public func placed(at region: Region, in size: Size) -> Mask {
        precondition(
            Size(width: region.width, height: region.height) == self.size
                && region.intersection(Region(size)) == region, "the region has the mask's size and lies inside")
        var result = Mask(width: size.width, height: size.height, inside: false)
        for y in 0..<height {
            let start = (region.y + y) * size.width + region.x
            result.bytes.replaceSubrange(start..<start + width, with: bytes[y * width..<(y + 1) * width])
        }
        return result
    }
}
