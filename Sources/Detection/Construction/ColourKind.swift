import Pixels

/// What a pixel's colour is most like, by ratios that hold in sun and shade.
enum ColourKind: Sendable, CaseIterable {
    /// Painted sheet: blue, cyan, strong red.
    case sheet
    /// Concrete, plaster, tiles.
    case grey
    case brick
    /// Bare ground, sand, straw.
    case soil
    /// Plants, darkness, anything else.
    case other

    /// Its place among all cases.
    @inline(__always) var place: Int {
        switch self {
        case .sheet: 0
        case .grey: 1
        case .brick: 2
        case .soil: 3
        case .other: 4
        }
    }

    @inline(__always) init(of image: RGBImage, at i: Int) {
        self.init(Int(image.bytes[3 * i]), Int(image.bytes[3 * i + 1]), Int(image.bytes[3 * i + 2]))
    }

    /// - Parameter rgb: packed pixels.
    @inline(__always) init(of rgb: UnsafeBufferPointer<UInt8>, at i: Int) {
        self.init(Int(rgb[3 &* i]), Int(rgb[3 &* i &+ 1]), Int(rgb[3 &* i &+ 2]))
    }

    /// Whether a pixel has the colour of bare ground or of green plants.
    static func isGround(_ image: RGBImage, at i: Int) -> Bool {
        switch ColourKind(of: image, at: i) {
        case .soil: true
        case .other: image.bytes[3 * i + 1] >= max(image.bytes[3 * i], image.bytes[3 * i + 2])
        case .sheet, .grey, .brick: false
        }
    }

    /// Whether a pixel has the colour of what is built: concrete, tiles, brick, sheet.
    static func isHard(_ image: RGBImage, at i: Int) -> Bool {
        switch ColourKind(of: image, at: i) {
        case .sheet, .grey, .brick: true
        case .soil, .other: false
        }
    }

    private init(_ r: Int, _ g: Int, _ b: Int) {
        let high = max(r, max(g, b))
        let spread = 100 * (high - min(r, min(g, b)))
        // Saturation, in hundredths of the brightest channel, is the spread over that.
        func isSaturated(_ hundredths: Int) -> Bool { spread >= hundredths * high }
        self =
            if high > 40, b * 100 > r * 125, b * 100 >= g * 104, isSaturated(23) {
                .sheet
            } else if high > 70, r * 100 > g * 175, r * 100 > b * 160, isSaturated(51) {
                .sheet
            } else if high > 50, !isSaturated(16) {
                .grey
            } else if r * 100 > g * 122, g * 100 < b * 140, isSaturated(23) {
                .brick
            } else if r >= g, g * 100 >= b * 104 { .soil } else { .other }
    }
}
