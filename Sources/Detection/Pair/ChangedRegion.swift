import Pixels

/// One changed part, in pixels of the first picture.
public struct ChangedRegion: Sendable, Equatable {
    public var box: Region
    public var polygon: Polygon
    public var areaInPixels: Int
    public var kind: RegionJudgement.Kind
    /// 0…1.
    public var confidence: Double
    /// What a region model is told of it, see `RegionMeasures`; empty for what is seen from above.
    public var measures: [Float]
}
