/// Two flights with what of the one shows what of the other.
public struct FlightMatch: Sendable, Equatable, Codable {
    /// A picture of the earlier flight.
    public struct Pair: Sendable, Equatable, Codable {
        /// Relative to the flight's folder.
        public var before: String
        /// `nil` where none of the later flight shows it.
        public var after: String?
        /// Where the drone was, WGS-84 degrees.
        public var latitude: Double?
        public var longitude: Double?
        /// Between the two positions.
        public var metres: Double?
        /// Corners that agree.
        public var inliers: Int

        public init(
            before: String, after: String?, latitude: Double?, longitude: Double?, metres: Double?, inliers: Int
        ) {
            self.before = before
            self.after = after
            self.latitude = latitude
            self.longitude = longitude
            self.metres = metres
            self.inliers = inliers
        }
    }

    public var patrol: String
    /// Names of the flights' folders.
    public var before: String
    public var after: String
    public var pairs: [Pair]
    /// Of the later flight, without one of the earlier.
    public var alone: [String]
    /// Everything in the later flight's folder that is called a picture, with its bytes.
    public var files: [String: Int]

    public init(
        patrol: String, before: String, after: String, pairs: [Pair], alone: [String], files: [String: Int]
    ) {
        self.patrol = patrol
        self.before = before
        self.after = after
        self.pairs = pairs
        self.alone = alone
        self.files = files
    }
}

/// What changed between two pictures of one place.
public struct PictureChange: Sendable, Equatable, Codable {
    public struct Part: Sendable, Equatable, Codable {
        /// x, y, width, height in pixels of the earlier picture.
        public var box: [Int]
        public var areaInPixels: Int
        /// `structure`, `soil`, `vegetation` or `unknown`.
        public var kind: String
        /// 0…1.
        public var confidence: Double

        public init(box: [Int], areaInPixels: Int, kind: String, confidence: Double) {
            self.box = box
            self.areaInPixels = areaInPixels
            self.kind = kind
            self.confidence = confidence
        }

        var isStructure: Bool { kind == "structure" }
    }

    /// Of the picture; a drone's is some 60 m wide, so that this is about 4 m²: less is a skylight, a tank, a parked cart.
    private static let leastShare = 0.002

    /// Parts that look built, the largest first: what somebody should go and look at.
    public var structures: [Part] {
        let least = Self.leastShare * Double(pixels ?? 0)
        return parts.filter { $0.isStructure && Double($0.areaInPixels) >= least }
    }

    /// `nil` where it could not be told, or a picture could not be read.
    public var samePlace: Bool?
    /// `nil` where the two are not of one place or could not be compared.
    public var changedShare: Double?
    public var parts: [Part]
    /// Of the earlier picture; `nil` where it is not known.
    public var pixels: Int?
    /// 3 × 3, row by row: from the earlier picture to the later; `nil` where nothing aligns them.
    public var matrix: [Double]?
    /// Why something is missing.
    public var reason: String?

    public init(
        samePlace: Bool?, changedShare: Double?, parts: [Part], pixels: Int? = nil, matrix: [Double]?, reason: String?
    ) {
        self.samePlace = samePlace
        self.changedShare = samePlace == true ? changedShare : nil
        self.parts = parts
        self.pixels = pixels
        self.matrix = matrix
        self.reason = reason
    }
}

/// A plot on the map.
public struct MappedPlot: Sendable, Equatable {
    public var id: String
    /// Longitude and latitude of the outer ring's corners.
    public var ring: [[Double]]

    public init(id: String, ring: [[Double]]) {
        self.id = id
        self.ring = ring
    }

    /// Even–odd rule.
    public func holds(longitude: Double, latitude: Double) -> Bool {
        var isInside = false
        guard var previous = ring.last else { return false }
        for corner in ring {
            if (corner[1] > latitude) != (previous[1] > latitude),
                longitude < (previous[0] - corner[0]) * (latitude - corner[1]) / (previous[1] - corner[1]) + corner[0]
            {
                isInside.toggle()
            }
            previous = corner
        }
        return isInside
    }
}
