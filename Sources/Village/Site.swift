/// A village as its `site.yaml` states it. Paths are absolute here; points are pixels of a camera's reference picture.
public struct Site: Sendable, Equatable {
    /// Letters, digits, `-`, `_`.
    public var id: String
    public var name: String
    public var language: Language
    /// The clock of the cameras: an IANA name or a fixed offset such as `+08:00`.
    public var timeZone: String
    public var location: Location?
    /// The folder that holds the site file.
    public var folder: String
    /// The folder that holds the pictures.
    public var archive: String
    /// The SQLite file.
    public var store: String
    /// The village's weather as CSV; `nil` = none.
    public var weather: String?
    /// The folder of the village's own model files; `nil` = the folder `models` beside the site file, where there is one.
    public var models: String?
    public var cameras: [Camera]
    public var plots: [Plot]
    public var permits: [Permit]
    public var households: [Household]
    /// Where messages go; empty = nothing leaves the machine.
    public var channels: [MessageChannel] = []
    public var patrols: [Patrol] = []
    /// The folder of photographs before and after a clean-up, one folder a household, absolute; `nil` = none.
    public var pairs: String?

    public init(
        id: String, name: String, language: Language, timeZone: String, location: Location?, folder: String,
        archive: String, store: String, weather: String? = nil, models: String? = nil,
        cameras: [Camera], plots: [Plot], permits: [Permit], households: [Household]
    ) {
        self.id = id
        self.name = name
        self.language = language
        self.timeZone = timeZone
        self.location = location
        self.folder = folder
        self.archive = archive
        self.store = store
        self.weather = weather
        self.models = models
        self.cameras = cameras
        self.plots = plots
        self.permits = permits
        self.households = households
    }

    public func camera(_ id: String) -> Camera? { cameras.first { $0.id == id } }
    public func plot(_ id: String) -> Plot? { plots.first { $0.id == id } }
    public func household(_ id: String) -> Household? { households.first { $0.id == id } }
    /// Whether the camera sees sorting tables alone: what lies on them changes too much for pictures to be aligned by it.
    public func seesOnlyFruit(_ camera: String) -> Bool {
        let own = plots(of: camera)
        return !own.isEmpty && own.allSatisfy { $0.kind == .fruit }
    }
    /// A path below the archive, relative to it.
    public func archivePath(of path: String) -> String { String(path.dropFirst(archive.count).drop { $0 == "/" }) }
    /// Whether a household is listed or named by a plot.
    public func knows(household: String) -> Bool {
        self.household(household) != nil || plots.contains { $0.household == household }
    }
    public func plots(of camera: String) -> [Plot] { plots.filter { $0.camera == camera } }
    /// Whether the camera sees a room: what it shows stays on the machine.
    public func seesRoom(_ camera: String) -> Bool { plots.contains { $0.camera == camera && $0.kind == .room } }
}

public enum Language: String, Sendable, Codable, CaseIterable {
    case zh, en
}

/// WGS-84 degrees, north and east positive; metres above sea level.
public struct Location: Sendable, Equatable, Codable {
    public var latitude: Double
    public var longitude: Double
    public var elevation: Double

    public init(latitude: Double, longitude: Double, elevation: Double) {
        self.latitude = latitude
        self.longitude = longitude
        self.elevation = elevation
    }
}

public struct Camera: Sendable, Equatable {
    public var id: String
    public var name: String
    /// A glob below the archive: `*`, `?`, `[…]` within a folder, `**` across folders.
    public var files: String
    public var timestamp: TimestampRule
    /// Archive-relative path of the picture that the polygons were drawn on; `nil` = the first usable capture.
    public var reference: String?
    /// Outlines that never count.
    public var ignore: [Outline]
    public var ground: [GroundPoint]
    public var measures = Measures.all

    /// What is measured in a camera's pictures.
    public enum Measures: String, Sendable, Equatable, CaseIterable {
        /// Whatever its plots call for.
        case all
        /// Colour statistics of fields and orchards, as PhenoCam's; only the part of a picture that holds them is
        /// decoded.
        case colour
        /// The mean colours of fields and orchards, from the means of blocks of 8 × 8 pixels.
        case means
        /// Whatever grows, and nothing that is built.
        case growth
        /// What is built, and nothing that grows: large pictures are decoded at a quarter.
        case construction

        /// Whether nothing but colour is measured.
        public var isColourOnly: Bool { self == .colour || self == .means }

        /// Whether what is built is looked for.
        public var isOfBuildings: Bool { self == .all || self == .construction }

        /// The kinds of plots of which it tells anything.
        public var kinds: [Plot.Kind] {
            switch self {
            case .all: Plot.Kind.allCases
            case .colour, .means, .growth: [.orchard, .field]
            case .construction: [.orchard, .field, .building, .yard]
            }
        }
    }

    public init(
        id: String, name: String, files: String, timestamp: TimestampRule, reference: String?, ignore: [Outline],
        ground: [GroundPoint]
    ) {
        self.id = id
        self.name = name
        self.files = files
        self.timestamp = timestamp
        self.reference = reference
        self.ignore = ignore
        self.ground = ground
    }
}

/// How the time of a picture is found in its name.
public enum TimestampRule: Sendable, Equatable {
    /// Every known vendor's pattern is tried.
    case automatic
    /// A template such as `{camera}_{yyyy}_{MM}_{dd}_{HH}{mm}{ss}`.
    case pattern(String)
}

/// Vertices of a closed outline, in pixels of the reference picture.
public typealias Outline = [SIMD2<Double>]

/// A pixel whose place on the ground is known, in metres in any level frame of the village.
public struct GroundPoint: Sendable, Equatable {
    public var pixel: SIMD2<Double>
    public var metres: SIMD2<Double>

    public init(pixel: SIMD2<Double>, metres: SIMD2<Double>) {
        self.pixel = pixel
        self.metres = metres
    }
}

public struct Plot: Sendable, Equatable {
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case orchard, field, poultry, livestock, building, yard, room, fruit
    }

    /// What the plot covers: an outline, or a mask file (absolute path).
    public enum Shape: Sendable, Equatable {
        case polygon(Outline)
        /// PNG: 255 inside. TIFF (PhenoCam): 0 inside, anything else outside.
        case mask(path: String)
    }

    public var id: String
    public var camera: String
    public var kind: Kind
    /// Names a file in `models/crops`.
    public var crop: String?
    public var household: String?
    public var shape: Shape
    /// Whole days, both included.
    public var valid: DayRange
    /// Of a plot of kind `room`.
    public var room: RoomSettings
    /// Of a plot of kind `poultry` or `livestock`.
    public var pen: PenSettings
    /// Of a plot of kind `fruit`.
    public var fruit = FruitSettings()

    public init(
        id: String, camera: String, kind: Kind, crop: String?, household: String?, shape: Shape, valid: DayRange,
        room: RoomSettings = RoomSettings(), pen: PenSettings = PenSettings()
    ) {
        self.id = id
        self.camera = camera
        self.kind = kind
        self.crop = crop
        self.household = household
        self.shape = shape
        self.valid = valid
        self.room = room
        self.pen = pen
    }

    /// Neither a room nor a sorting table.
    public var isOutdoors: Bool { kind != .room && kind != .fruit }
    public var isPen: Bool { kind == .poultry || kind == .livestock }
}

public struct Permit: Sendable, Equatable {
    public var plot: String
    public var number: String
    public var valid: DayRange
    /// What the permit covers of the plot; `nil` = all of it.
    public var polygon: Outline?

    public init(plot: String, number: String, valid: DayRange, polygon: Outline?) {
        self.plot = plot
        self.number = number
        self.valid = valid
        self.polygon = polygon
    }
}

public struct Household: Sendable, Equatable {
    public var id: String
    public var name: String?
    public var village: String?
    public var group: String?

    public init(id: String, name: String?, village: String?, group: String?) {
        self.id = id
        self.name = name
        self.village = village
        self.group = group
    }
}
