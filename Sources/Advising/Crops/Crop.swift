import Series
import Village

/// What a file in `models/crops` says about one crop.
public struct Crop: Sendable, Equatable {
    public enum Habit: String, Sendable, CaseIterable { case evergreen, deciduous, annual }

    /// As the file is named and as `crop:` in a site file spells it.
    public var id: String
    public var names: Bilingual
    public var aliases: [String]
    public var habit: Habit
    public var defaultRegion: String
    public var regions: [Region]
    public var stages: [Stage]
    public var work: [WorkRule]
    public var symptoms: [SymptomRule]
    public var events: [EventRule]
    /// The file it comes from.
    public var file: String
    /// The crop that this one is a kind of: the one it `extends`, or that one's own; its own `id` where it extends none.
    public var origin: String

    /// Where a calendar holds.
    public struct Region: Sendable, Equatable {
        public var id: String
        public var names: Bilingual
        /// Degrees.
        public var latitude: ClosedRange<Double>
        public var longitude: ClosedRange<Double>
        /// How much later than in the default region everything is that has no window of its own here.
        public var shiftInDays: Int
    }

    /// A growth stage that a calendar, and sometimes a picture, can tell.
    public struct Stage: Sendable, Equatable {
        /// What in a picture shows the stage.
        public enum Sign: String, Sendable, CaseIterable { case bloom, ripeColour, leafOut, leafFall, flush }

        public var id: String
        /// `65` or `60-69`.
        public var bbch: String
        public var names: Bilingual
        public var windows: Windows
        /// Whether the colour of a healthy plot stays the same, so that a change may be called one.
        public var isSteady: Bool
        public var sign: Sign?
        public var look: Bilingual
        public var source: String
        public var reliability: Reliability
        /// How much warmth brings the stage about; `nil` = not known.
        public var heat: Heat?
    }

    /// A temperature sum after which a stage begins.
    public struct Heat: Sendable, Equatable {
        /// Days colder than this add nothing, °C.
        public var base: Double
        public var counting: Weather.Counting
        /// °C·d.
        public var sum: Double
        /// The stage from whose opening the days count.
        public var since: String
        public var source: String
    }

    /// The region of a place: the first that holds it, else the default one.
    public func region(for location: Location?) -> String {
        guard let location else { return defaultRegion }
        return regions.first { $0.latitude.contains(location.latitude) && $0.longitude.contains(location.longitude) }?
            .id ?? defaultRegion
    }

    public func window(_ windows: Windows, in region: String) -> SeasonWindow? {
        if let own = windows.byRegion[region] { return own }
        var window = windows.byRegion[defaultRegion]
        window?.shiftInDays = regions.first { $0.id == region }?.shiftInDays ?? 0
        return window
    }

    /// The stage that the calendar names; where two overlap, the one that began last.
    public func stage(on day: Day, in region: String) -> Stage? {
        var best: (stage: Stage, opening: Day)?
        for stage in stages {
            guard let range = window(stage.windows, in: region)?.occurrence(at: day) else { continue }
            if best.map({ range.lowerBound > $0.opening }) ?? true { best = (stage, range.lowerBound) }
        }
        return best?.stage
    }

    /// How far a rule can be trusted.
    public enum Reliability: String, Sendable, CaseIterable {
        /// Read in the source that is named.
        case verified = "V"
        /// A weak source: a default only.
        case weak = "W"
        /// General knowledge, not verified.
        case unverified = "U"
        /// Inferred.
        case inferred = "I"
    }

    /// Windows by region; the default region's holds wherever there is no other.
    public struct Windows: Sendable, Equatable {
        public var byRegion: [String: SeasonWindow]
        public init(_ byRegion: [String: SeasonWindow]) { self.byRegion = byRegion }
    }
}
