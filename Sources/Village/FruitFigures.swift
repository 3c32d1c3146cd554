/// What a picture shows of one fruit: its visible side only.
public struct FruitFigures: Sendable, Equatable, Codable {
    /// A dark place of the skin.
    public struct Spot: Sendable, Equatable, Codable {
        /// Pixels of the picture.
        public var x: Double
        public var y: Double
        /// Of the disc with its area; `nil` without a scale.
        public var diameterInMillimetres: Double?
        /// On the skin, its slant taken out; `nil` without a scale.
        public var areaInSquareMillimetres: Double?
        /// On the picture.
        public var areaInPixels: Double

        public init(
            x: Double, y: Double, diameterInMillimetres: Double?, areaInSquareMillimetres: Double?, areaInPixels: Double
        ) {
            self.x = x
            self.y = y
            self.diameterInMillimetres = diameterInMillimetres
            self.areaInSquareMillimetres = areaInSquareMillimetres
            self.areaInPixels = areaInPixels
        }
    }

    /// From 1, row by row from the top left.
    public var number: Int
    /// The outline's middle, pixels.
    public var x: Double
    public var y: Double
    /// Half the widest and the narrowest width of the outline, pixels.
    public var radii: [Double]
    /// From the x axis to the widest width, radians clockwise.
    public var angle: Double
    /// The widest and the narrowest width of the fruit; `nil` without a scale.
    public var widestInMillimetres: Double?
    public var narrowestInMillimetres: Double?
    /// Share of the visible skin that has the ripe colour, 0…1; `nil` where none of it could be judged.
    public var colourShare: Double?
    public var spots: [Spot]
    /// Share of the outline that stands free of other fruit, 0…1: the rest is completed.
    public var outlineSeen: Double

    public init(
        number: Int, x: Double, y: Double, radii: [Double], angle: Double, widestInMillimetres: Double?,
        narrowestInMillimetres: Double?, colourShare: Double?, spots: [Spot], outlineSeen: Double
    ) {
        self.number = number
        self.x = x
        self.y = y
        self.radii = radii
        self.angle = angle
        self.widestInMillimetres = widestInMillimetres
        self.narrowestInMillimetres = narrowestInMillimetres
        self.colourShare = colourShare
        self.spots = spots
        self.outlineSeen = outlineSeen
    }

    /// `nil` without a scale.
    public var spotAreaInSquareMillimetres: Double? {
        let areas = spots.compactMap(\.areaInSquareMillimetres)
        return areas.count == spots.count && widestInMillimetres != nil ? areas.reduce(0, +) : nil
    }

    /// 0 where there is none; `nil` without a scale.
    public var largestSpotInMillimetres: Double? {
        guard widestInMillimetres != nil else { return nil }
        return spots.compactMap(\.diameterInMillimetres).max() ?? 0
    }
}
