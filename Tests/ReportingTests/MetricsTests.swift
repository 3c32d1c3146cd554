import Foundation
import Reporting
import Testing
import Village

@Suite struct MetricsTests {
    @Test func theTextIsPrometheus() {
        let run = RunSummary(
            site: "daxi", startedAt: Date(timeIntervalSince1970: 1000), finishedAt: Date(timeIntervalSince1970: 1062.4),
            toolVersion: "1", kernels: "v3", camerasVisited: 2, capturesFound: 9, capturesNew: 7,
            quality: [.ok: 5, .corrupt: 2], readings: 12, flagsRaised: 3, flagsOpen: 1, advice: 0)
        let text = MetricsDocument.run(run, exitStatus: 3)
        let lines = text.split(separator: "\n")
        for expected in [
            "plotwatch_run_finished_timestamp_seconds{site=\"daxi\"} 1062",
            "plotwatch_run_duration_seconds{site=\"daxi\"} 62",
            "plotwatch_run_exit_status{site=\"daxi\"} 3", "plotwatch_run_captures{site=\"daxi\",quality=\"ok\"} 5",
            "plotwatch_run_captures{site=\"daxi\",quality=\"corrupt\"} 2",
            "plotwatch_run_captures{site=\"daxi\",quality=\"fog\"} 0", "plotwatch_run_postponed{site=\"daxi\"} 2",
            "plotwatch_run_readings{site=\"daxi\"} 12", "plotwatch_flags_open{site=\"daxi\"} 1",
        ] {
            #expect(lines.contains { $0 == expected }, "\(expected)")
        }
        // Each family is told what it is once, and before its samples.
        let form = /plotwatch_([a-z_]+)\{site="daxi"(,quality="[A-Za-z]+")?\} -?\d+/
        var families: [Substring] = []
        for line in lines where !line.hasPrefix("#") {
            guard let name = line.wholeMatch(of: form)?.output.1 else {
                Issue.record("\(line) is no sample")
                continue
            }
            if families.last != name { families.append(name) }
        }
        #expect(Set(families).count == families.count)
        #expect(lines.filter { $0.hasPrefix("# TYPE") }.count == families.count && text.hasSuffix("\n"))
    }
}
