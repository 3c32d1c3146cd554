import Foundation
import Village

/// A run in Prometheus' text format, for the node exporter's textfile collector.
public enum MetricsDocument {
    /// - Parameter exitStatus: what the run ends with.
    public static func run(_ run: RunSummary, exitStatus: Int) -> String {
        var out = ""
        func gauge(_ name: String, _ help: String, _ samples: [(labels: String, value: String)]) {
            out += "# HELP plotwatch_\(name) \(help)\n# TYPE plotwatch_\(name) gauge\n"
            for sample in samples {
                out += "plotwatch_\(name){site=\"\(run.site)\"\(sample.labels)} \(sample.value)\n"
            }
        }
        func one(_ name: String, _ help: String, _ value: Int) { gauge(name, help, [("", String(value))]) }
        one("run_finished_timestamp_seconds", "When the last run ended.", Int(run.finishedAt.timeIntervalSince1970))
        one(
            "run_duration_seconds", "How long it took.",
            Int(run.finishedAt.timeIntervalSince(run.startedAt).rounded()))
        one("run_exit_status", "0 done, 3 some images unusable, 4 flags raised, 130 interrupted.", exitStatus)
        gauge(
            "run_captures", "New captures by quality.",
            Quality.allCases.map { (",quality=\"\($0.rawValue)\"", String(run.quality[$0] ?? 0)) })
        one("run_postponed", "Files left for the next run.", run.capturesFound - run.capturesNew)
        one("run_readings", "Readings stored.", run.readings)
        one("flags_open", "Unauthorized flags that still stand.", run.flagsOpen)
        return out
    }
}
