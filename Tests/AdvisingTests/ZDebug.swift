import Testing
import Village
@testable import Advising
struct ZDebug {
    @Test func why() throws {
        for seed in [UInt64(56), 58] {
            var s = Season(seed: seed, plots: [.init(id: "p1", crop: "citrus", sickFrom: Day("2024-06-20"), household: "h01"),
                .init(id: "p2", crop: "citrus", household: "h02"), .init(id: "p3", crop: "citrus", household: "h03"),
                .init(id: "p4", crop: "plum", household: "h04"), .init(id: "p5", crop: "yellow-peach", household: "h05"),
                .init(id: "p6", crop: "tea", prunedOn: Day("2024-05-14"), household: "h06")])
            s.quantities = [.gcc, .rcc, .vegetationCover]
            s.plots[0].sickShare = 0.6
            let grid = CameraGrid(camera: "cam", series: s.series(), library: try Models.library, location: nil, until: Day("2024-07-30")!)
            let rule = ResidualRule(grid: grid, parameters: AdvisingParameters.standard.anomaly)
            for row in grid.rows(from: Day("2024-06-14")!, until: Day("2024-07-20")!) {
                let g = rule.residual(of: 0, .gcc, .down, at: row), r = rule.residual(of: 0, .rcc, .up, at: row)
                print(seed, grid.days[row], g.map { "e \($0.effect) own \($0.own) z \($0.z)" } ?? "-", r.map { "e \($0.effect) own \($0.own) z \($0.z)" } ?? "-")
            }
        }
    }
}
