import Detection
import Foundation
import Storage
import Village

/// The sorting tables of one camera, capture after capture: the same fruit counts once.
struct FruitSequence: Sendable {
    private let camera: String
    private let parameters: FruitParameters
    /// By plot.
    private var standing: [String: StandingTray] = [:]

    private static let stateName = "fruit"

    init(frame: FruitFrame, camera: String, run: SiteRun) throws {
        self.camera = camera
        parameters = frame.parameters
        if let state = try run.store.state(camera: camera, name: FruitSequence.stateName) {
            standing = try JSONDecoder().decode([String: StandingTray].self, from: state)
        }
    }

    /// Takes the next capture, writes into its readings how much fruit is new, and keeps each fruit as a finding.
    mutating func follow(_ inspected: inout CaptureInspector.Inspected, batch: inout Batch) throws {
        guard inspected.capture.quality == .ok, let at = inspected.capture.at else { return }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        for (plot, tray) in inspected.trays.sorted(by: { $0.key < $1.key }) {
            var tray = tray
            let isNew = standing[plot, default: StandingTray()].look(
                tray.fruit.map(\.figures), parameters: parameters)
            for k in tray.fruit.indices { tray.fruit[k].isNew = isNew[k] }
            if let k = inspected.readings.firstIndex(where: { $0.plot == plot }) {
                inspected.readings[k].values[.newFruit] = .value(Double(isNew.count { $0 }))
            }
            batch.findings.append(
                FindingRecord(
                    camera: camera, name: FruitLot.prefix(of: plot) + tray.capture, at: at,
                    body: try encoder.encode(tray)))
        }
    }

    mutating func save(into batch: inout Batch) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        batch.states.append(
            StateRecord(camera: camera, name: FruitSequence.stateName, body: try encoder.encode(standing)))
    }
}
