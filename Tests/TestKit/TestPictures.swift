import Pixels

/// A plane written as text: numbers parted by blanks, rows by line breaks or semicolons.
///
/// `gray("1 2 3; 4 5 6")` is 3 wide and 2 high.
public func gray(_ text: String) -> Plane<UInt8> {
    let rows = text.split(whereSeparator: { $0 == ";" || $0.isNewline }).map { row in
        row.split(whereSeparator: \.isWhitespace).map { number in
            guard let value = UInt8(number) else { preconditionFailure("\(number) is no sample") }
            return value
        }
    }.filter { !$0.isEmpty }
    let width = rows.first?.count ?? 0
    precondition(rows.allSatisfy { $0.count == width }, "every row has the same length")
    return Plane(width: width, height: rows.count, samples: rows.flatMap { $0 })
}

extension RGBImage {
    /// Slow gradients in three directions, a checkered texture and noise: every row, column and corner differs.
    public static func testPicture(width: Int, height: Int, seed: UInt64 = 1) -> RGBImage {
        var generator = SeededGenerator(seed: seed)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(3 * width * height)
        for y in 0..<height {
            for x in 0..<width {
                let texture = ((x / 3 + y / 5) % 2) * 24
                let noise = Int(generator.next() % 16)
                bytes.append(UInt8(clamping: 30 + 160 * x / max(width, 1) + texture + noise))
                bytes.append(UInt8(clamping: 40 + 150 * y / max(height, 1) + texture + noise))
                bytes.append(UInt8(clamping: 20 + 140 * (x + y) / max(width + height, 1) + noise))
            }
        }
        return RGBImage(width: width, height: height, bytes: bytes)
    }
}

extension Plane where Sample == UInt8 {
    /// One channel of `RGBImage.testPicture`.
    public static func testPicture(width: Int, height: Int, seed: UInt64 = 1) -> Plane<UInt8> {
        let image = RGBImage.testPicture(width: width, height: height, seed: seed)
        return Plane(
            width: width, height: height, samples: stride(from: 1, to: image.bytes.count, by: 3).map { image.bytes[$0] }
        )
    }
}
