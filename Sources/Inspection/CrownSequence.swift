import Detection
import Foundation
import Storage
import Village

/// Learns where the crowns of a camera's orchards stand, capture after capture, and writes their canopy into the
/// readings.
struct CrownSequence: Sendable {
    private let camera: String
    private let clock: SiteClock
    /// By plot.
    private var maps: [String: CrownMap] = [:]
    /// Plots whose map has changed since it was stored.
    private var changed: Set<String> = []

    /// Degrees of the Sun below which nothing is learnt: long shadows look like leaves.
    static let sunElevation = 20.0

    /// Maps below "crowns/" are of a plant model that gave crowns less and grass more leaves; they are learnt anew.
    private static func stateName(_ plot: String) -> String { "plantedCrowns/\(plot)" }

    init(frame: CameraFrame, run: SiteRun) throws {
        camera = frame.camera.id
        clock = run.clock
        for (plot, area) in frame.plots where plot.kind == .orchard {
            let grid = CrownGrid(of: area)
            let stored = try run.store.state(camera: camera, name: Self.stateName(plot.id)).map {
                try JSONDecoder().decode(CrownMap.self, from: $0)
            }
            // Another outline is another map.
            maps[plot.id] = stored.flatMap { $0.grid == grid ? $0 : nil } ?? CrownMap(grid: grid)
        }
    }

    mutating func follow(_ inspected: inout CaptureInspector.Inspected) {
        guard inspected.capture.quality == .ok, let at = inspected.capture.at else { return }
        let isHigh = inspected.capture.solarElevation.map { $0 >= Self.sunElevation } ?? true
        for k in inspected.readings.indices {
            let plot = inspected.readings[k].plot
            guard let cells = inspected.plants[plot], maps[plot]?.grid == cells.grid else { continue }
            if isHigh, inspected.isSamePlace {
                maps[plot]?.learn(cells, on: clock.day(of: at))
                changed.insert(plot)
            }
            inspected.readings[k].values[.canopyCover] = maps[plot]?.canopy(in: cells)
        }
    }

    mutating func save(into batch: inout Batch) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        for plot in changed.sorted() {
            guard let map = maps[plot] else { continue }
            batch.states.append(
                StateRecord(camera: camera, name: Self.stateName(plot), body: try encoder.encode(map)))
        }
        changed = []
    }
}
