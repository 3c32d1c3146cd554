import Village

/// What `compare` found between two pictures.
public struct ComparisonResult: Sendable, Equatable {
    /// `nil` where it cannot be told.
    public var samePlace: Bool?
    public var alignment: Alignment?
    /// Share of the frame that changed; `nil` where the pictures could not be compared.
    public var changedShare: Double?
    public var regions: [ChangedRegion]
    /// Why a value is missing.
    public var reason: String?

    public init(
        samePlace: Bool?, alignment: Alignment?, changedShare: Double?, regions: [ChangedRegion], reason: String? = nil
    ) {
        self.samePlace = samePlace
        self.alignment = alignment
        self.changedShare = changedShare
        self.regions = regions
        self.reason = reason
    }

    public struct Alignment: Sendable, Equatable {
        public enum Model: String, Sendable, Codable, CaseIterable { case translation, euclidean, affine, homography }
        public var model: Model
        public var inliers: Int
        public var errorInPixels: Double?
        /// 3 × 3, row by row: from the points of the first picture to those of the second.
        public var matrix: [Double]

        public init(model: Model, inliers: Int, errorInPixels: Double?, matrix: [Double]) {
            self.model = model
            self.inliers = inliers
            self.errorInPixels = errorInPixels
            self.matrix = matrix
        }
    }

    /// One changed part, in pixels of the first picture.
    public struct ChangedRegion: Sendable, Equatable {
        /// x, y, width, height.
        public var box: [Int]
        public var polygon: Outline
        public var areaInPixels: Int
        /// What it looks like: `vegetation`, `soil`, `structure`, `unknown`, with the region model also
        /// `person`, `sheet`, `shadow`.
        public var kind: String
        public var confidence: Double

        public init(box: [Int], polygon: Outline, areaInPixels: Int, kind: String, confidence: Double) {
            self.box = box
            self.polygon = polygon
            self.areaInPixels = areaInPixels
            self.kind = kind
            self.confidence = confidence
        }
    }
}
