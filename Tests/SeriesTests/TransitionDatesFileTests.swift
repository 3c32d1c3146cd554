import Foundation
import Testing
import Village

@testable import Series

@Suite struct TransitionDatesFileTests {
    @Test func hasTheFormOfPhenocamr() throws {
        let season = Season(SeasonTests.forest(years: 1, step: 3, noise: 0.002, seed: 3), stepInDays: 3)
        let text = TransitionDatesFile.text(
            site: "test", vegetationType: "AG", roiID: 12, days: 3, seasons: ["gcc_90": season], utcOffset: 8,
            updated: Date(timeIntervalSince1970: 1_709_251_200))
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(lines[1] == "# Transition date estimate for test" && lines[6] == "# Aggregation period: 3")
        #expect(lines[9] == "# Final Processing Date: 2024-03-01" && lines[10] == "# Final Processing Time: 08:00:00")
        #expect(lines[15] == "#" && lines.last == "")
        #expect(
            lines[16]
                == "site,veg_type,roi_id,direction,gcc_value,transition_10,transition_25,transition_50,transition_10_lower_ci,transition_25_lower_ci,transition_50_lower_ci,transition_10_upper_ci,transition_25_upper_ci,transition_50_upper_ci,threshold_10,threshold_25,threshold_50,min_gcc,max_gcc"
        )
        let table = try PhenoCamTable(text)
        #expect(table.rows.count == season.transitions.count && table.rows.count >= 2)
        for row in table.rows {
            #expect(row.text("roi_id") == "0012" && row.text("gcc_value") == "gcc_90")
            let middle = try row.day("transition_50")
            let lower = try row.day("transition_50_lower_ci")
            let upper = try row.day("transition_50_upper_ci")
            #expect(
                row.text("direction") == "rising" ? lower < middle && middle < upper : lower > middle && middle > upper)
        }
    }

    @Test func withoutATransitionThereIsAHeaderAlone() throws {
        let text = TransitionDatesFile.text(
            site: "test", vegetationType: "EB", roiID: 1, days: 1, seasons: [:], utcOffset: 8,
            updated: Date(timeIntervalSince1970: 0))
        #expect(text.contains("# Year min: NA\n") && text.contains("# Spline RMSE gcc_90: NA\n"))
        #expect(try PhenoCamTable(text).rows.isEmpty)
    }
}
