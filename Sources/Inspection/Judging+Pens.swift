import Advising
import Storage
import Village

extension Judging {
    /// Warnings and breeding advice of the pens.
    func pens() throws -> (flags: [Flag], advice: [Advice]) {
        let plots = site.plots.filter(\.isPen)
        let judge = PenJudge(site: site, clock: clock, rules: models.stocking)
        var flags: [Flag] = [], advice: [Advice] = []
        for plot in plots {
            var elevations: [[UInt8]: Double] = [:]
            try store.forEachCapture(Selection(camera: plot.camera)) {
                elevations[Array($0.path.utf8)] = $0.solarElevation
            }
            var moments: [PenJudge.Moment] = []
            try store.forEachReading(Selection(plot: plot.id)) { reading in
                moments.append(
                    PenJudge.Moment(
                        at: reading.at, capture: reading.capture,
                        solarElevation: elevations[Array(reading.capture.utf8)],
                        count: reading.value(.count), outside: reading.value(.outside),
                        density: reading.value(.density), spread: reading.value(.spread),
                        bareGround: reading.value(.bareGround)))
            }
            let judged = judge.judge(plot, moments: moments)
            flags += judged.flags
            advice += judged.advice
        }
        return (flags, advice)
    }
}
