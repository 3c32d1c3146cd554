import Village

/// What the last flight of a patrol shows that the one before did not.
public struct PatrolSummary: Sendable {
    /// A plot on the map with the pictures that were taken over it.
    public struct Plot: Sendable, Equatable {
        public var id: String
        public var household: String?
        public var pictures: Int
        /// Share of the picture that changed most; `nil` where none could be compared.
        public var greatestChange: Double?
        /// Places that look built.
        public var structures: Int

        public init(id: String, household: String?, pictures: Int, greatestChange: Double?, structures: Int) {
            self.id = id
            self.household = household
            self.pictures = pictures
            self.greatestChange = greatestChange
            self.structures = structures
        }
    }

    /// A place to look at.
    public struct Place: Sendable, Equatable {
        /// Names of the pictures.
        public var before: String
        public var after: String
        /// The plots that it was taken over.
        public var plots: [String]
        public var latitude: Double?
        public var longitude: Double?
        public var share: Double
        /// The same ground, before and after; `nil` where the archive no longer has it.
        public var pictures: (before: Picture, after: Picture)?

        public init(
            before: String, after: String, plots: [String], latitude: Double?, longitude: Double?, share: Double,
            pictures: (before: Picture, after: Picture)?
        ) {
            self.before = before
            self.after = after
            self.plots = plots
            self.latitude = latitude
            self.longitude = longitude
            self.share = share
            self.pictures = pictures
        }

        public static func == (a: Place, b: Place) -> Bool { a.before == b.before && a.after == b.after }
    }

    public var id: String
    /// Names of the flights.
    public var before: String
    public var after: String
    /// Pictures of the earlier flight, those with one of the later, and those that could be compared.
    public var pictures: Int
    public var matched: Int
    public var compared: Int
    public var plots: [Plot]
    public var places: [Place]
    /// Places that look built, shown or not.
    public var structures: Int

    public init(
        id: String, before: String, after: String, pictures: Int, matched: Int, compared: Int, plots: [Plot],
        places: [Place], structures: Int
    ) {
        self.id = id
        self.before = before
        self.after = after
        self.pictures = pictures
        self.matched = matched
        self.compared = compared
        self.plots = plots
        self.places = places
        self.structures = structures
    }
}

/// Two photographs before and after a clean-up, with what was found and what waits for a person.
public struct CleanupSummary: Sendable {
    public var pair: HandedInPair
    /// Whether a person has still to approve it.
    public var isOpen: Bool
    /// So coarse that nobody can be known; `nil` where the archive no longer has them.
    public var before: Picture?
    public var after: Picture?

    public init(pair: HandedInPair, isOpen: Bool, before: Picture?, after: Picture?) {
        self.pair = pair
        self.isOpen = isOpen
        self.before = before
        self.after = after
    }
}
