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
}
