import Pixels

/// How much of a plot has the full colour of ripe red and orange fruit, where the fruit is large in the picture.
///
/// The plant model knows fruit as points among leaves, a few pixels wide; seen from near, an apple is a plain surface
/// that it was not taught. There the colour alone tells.
enum RipeColour {
    /// Least red, in grey levels: hue means little in the dark.
    static let leastRed = 90

    /// Far from green, with hardly any blue: R over 1.28 G, B under 0.42 R.
    static func holds(_ r: Int, _ g: Int, _ b: Int) -> Bool {
        r * 100 > g * 128 && r > leastRed && b * 100 < r * 42
    }

    /// - Precondition: image and mask have one size, and the mask holds a pixel.
    /// - Complexity: O(pixels), one pass; no allocation.
    static func share(of image: RGBImage, inside: Mask) -> Double {
        var count = 0, ripe = 0
        for i in inside.bytes.indices where inside.bytes[i] != 0 {
            count += 1
            if holds(Int(image.bytes[3 * i]), Int(image.bytes[3 * i + 1]), Int(image.bytes[3 * i + 2])) { ripe += 1 }
        }
        return Double(ripe) / Double(max(count, 1))
    }
}
