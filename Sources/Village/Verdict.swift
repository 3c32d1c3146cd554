/// What a person says after looking at a flag.
public enum Verdict: Sendable, Equatable {
    /// It is what the flag claims.
    case confirm
    /// It is not; the flag stays on file and out of the list of open ones.
    case reject(Rejection)
    /// A permit covers it; its number as it stands in the register.
    case permitted(number: String)
    /// The pictures do not tell.
    case unsure
    /// Takes back an earlier decision on the same flag, by its id.
    case undo(of: Int64)

    public enum Kind: String, Sendable, Codable, CaseIterable { case confirm, reject, permitted, unsure, undo }

    public var kind: Kind {
        switch self {
        case .confirm: .confirm
        case .reject: .reject
        case .permitted: .permitted
        case .unsure: .unsure
        case .undo: .undo
        }
    }
}

/// Why a flag was a false alarm; the words that statistics are kept by. What they leave out, the note says.
public enum Rejection: String, Sendable, Codable, CaseIterable {
    /// Sun, cloud, wet ground, night light.
    case light
    case shadow
    /// Rain, snow, fog, flood.
    case weather
    /// Crop, harvest pile, ploughing, mulch, greenhouse film.
    case farming
    /// Laundry, drying mats, tarpaulin.
    case covers
    case vehicle
    /// Tent or stage for a wedding, funeral, festival.
    case festivity
    /// The camera moved, its lens is dirty, its picture broken.
    case camera
    /// Works on a road, ditch or pipe.
    case publicWorks
    /// It stood there before.
    case standsLong
    case other
}
