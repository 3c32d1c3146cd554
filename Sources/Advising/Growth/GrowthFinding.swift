import Village

/// What the series of one plot showed on one day, with data up to that day only.
struct GrowthFinding: Equatable {
    enum Fact: Equatable {
        case symptom(SymptomRule.Sign, Quantity, Residual)
        /// The event happened on `on`, which may lie before the day it was found; `amount` is the rise or drop.
        case event(EventSign, on: Day, Quantity, amount: Double)
    }

    var member: Int
    var row: Int
    var day: Day
    var fact: Fact
}

/// When a measured stage of a plot began and ended, as known on the days given.
struct StageMark: Equatable {
    var sign: Crop.Stage.Sign
    var isBeginning: Bool
    /// From this day on it is known.
    var day: Day
}
