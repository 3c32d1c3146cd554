import Pixels

extension SeenAnimals {
    /// The boxes over a picture of the frame's shape, one pixel wide.
    ///
    /// - Parameter frame: the size that the boxes are measured in.
    public func drawn(over image: RGBImage, frame: Size) -> RGBImage {
        var result = image
        func scaled(_ value: Int, _ from: Int, _ to: Int) -> Int { min(max(value * to / max(from, 1), 0), to - 1) }
        for box in boxes {
            let left = scaled(box.x, frame.width, image.width), top = scaled(box.y, frame.height, image.height)
            let right = scaled(box.maxX, frame.width, image.width),
                bottom = scaled(box.maxY, frame.height, image.height)
            guard left <= right, top <= bottom else { continue }
            for x in left...right { for y in [top, bottom] { result[x, y] = SeenAnimals.colour } }
            for y in top...bottom { for x in [left, right] { result[x, y] = SeenAnimals.colour } }
        }
        return result
    }

    private static let colour: (UInt8, UInt8, UInt8) = (255, 235, 60)
}
