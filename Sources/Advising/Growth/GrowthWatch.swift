import Series
import Village

/// Walks the days of one camera in order and says what each plot showed.
struct GrowthWatch {
    let grid: CameraGrid
    let parameters: AdvisingParameters
    var findings: [GrowthFinding] = []
    /// For each plot.
    var marks: [[StageMark]]

    var residuals: ResidualRule
    let cuts: CutRule
    var states: [PlotState]

    struct PlotState {
        var streaks: [Quantity: Streak] = [:]
        var quietUntil: Day?
        var weedsQuietUntil: Day?
        var rises: [Rise]
    }

    struct Streak {
        var count: Int
        var row: Int
        /// Whether most of the effect came in one step.
        var isAbrupt: Bool
        var residual: Residual
    }

    struct Rise {
        let sign: Crop.Stage.Sign
        let quantity: Quantity
        var follower: SeasonalRise
    }

    init(grid: CameraGrid, parameters: AdvisingParameters) {
        self.grid = grid
        self.parameters = parameters
        residuals = ResidualRule(grid: grid, parameters: parameters.anomaly)
        cuts = CutRule(grid: grid, parameters: parameters.events)
        marks = [[StageMark]](repeating: [], count: grid.plots.count)
        let events = parameters.events
        states = grid.plots.map { plot in
            var rises: [Rise] = []
            let signs = Set((plot.crop?.stages ?? []).compactMap(\.sign))
            let bloomRise = plot.crop?.habit == .evergreen ? events.bloomRiseAmongLeaves : events.bloomRise
            for (sign, quantity, threshold) in [
                (Crop.Stage.Sign.bloom, Quantity.bloom, bloomRise),
                (.ripeColour, .ripeColour, events.colouringRise), (.leafOut, .gcc, events.leafRise),
            ] where signs.contains(sign) {
                let follower = SeasonalRise(
                    threshold: threshold, peakFall: events.peakFall, endShare: Self.endShare, rows: events.rows)
                rises.append(Rise(sign: sign, quantity: quantity, follower: follower))
            }
            return PlotState(rises: rises)
        }
        for row in grid.days.indices {
            for member in grid.plots.indices where grid.plots[member].crop != nil && grid.plots[member].isMeasured[row]
            {
                look(at: member, row)
            }
        }
    }

    /// Share of its highest rise at which blossom, colour or leaves count as gone; ours.
    private static let endShare = 0.25

    private mutating func look(at member: Int, _ row: Int) {
        guard let crop = grid.plots[member].crop else { return }
        let day = grid.days[row]
        followRises(member, row, crop)
        let stage = crop.stage(on: day, in: grid.plots[member].region)
        if lookForCut(member, row, crop, stage) { return }
        lookForWeeds(member, row, crop)
        lookForSymptoms(member, row, crop, stage)
    }
}
