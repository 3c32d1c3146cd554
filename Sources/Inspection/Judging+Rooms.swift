import Advising
import Foundation
import Storage
import Village

extension Judging {
    /// How long after its last capture a site is still taken to be followed as it happens.
    private static let liveDays = 7.0

    /// Warnings of the rooms; and what of the signs of life could not be used.
    func rooms() throws -> (flags: [Flag], faults: [String]) {
        let plots = site.plots.filter { $0.kind == .room }
        guard !plots.isEmpty else { return ([], []) }
        let judge = RoomJudge(
            site: site, clock: clock, silentHours: models.room.silentHours, cameraHours: models.room.cameraHours)
        let asOf = try self.asOf()
        var flags: [Flag] = [], faults: [String] = []
        for plot in plots {
            var moments: [RoomJudge.Moment] = []
            try store.forEachReading(Selection(plot: plot.id)) { reading in
                moments.append(
                    RoomJudge.Moment(
                        at: reading.at, quality: reading.quality, activity: reading.value(.activity),
                        stillHours: reading.value(.stillHours) ?? 0))
            }
            let signs = plot.room.signs.map { SignsOfLife(path: $0, clock: clock) }
            faults += signs?.faults ?? []
            flags += judge.flags(of: plot, moments: moments, signs: signs?.times ?? [], asOf: asOf)
        }
        return (flags, faults)
    }

    /// Until when cameras could have sent pictures: now where the site is followed as it happens, else the last capture
    /// of any camera, as an archive that was copied here ends where it ends.
    private func asOf() throws -> Date {
        var last: Date?
        for camera in site.cameras {
            guard let at = try store.lastCapture(camera: camera.id)?.at else { continue }
            last = max(last ?? at, at)
        }
        guard let last else { return now }
        let isLive = try store.firstRun().map { $0 <= last.addingTimeInterval(Self.liveDays * 86_400) } ?? false
        return isLive ? max(now, last) : last
    }
}
