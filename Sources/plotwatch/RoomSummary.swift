import Foundation
import Inspection
import Reporting
import Storage
import Village

/// What a report says of a room: figures and a silhouette, never a picture of it.
struct RoomSummary {
    let facts: [PlotSummary.Fact]
    let figure: PlotSummary.Figure?
    let hasReadings: Bool

    /// Columns that the silhouette is drawn with.
    private static let figureWidth = 256

    init(plot: Plot, store: Store, clock: SiteClock, since: Date?, until: Date?) throws {
        var measured = 0, occupied = 0, unseen = 0
        var lastActive: Date?, lastSeen: Date?
        try store.forEachReading(Selection(plot: plot.id, since: since, until: until)) { reading in
            guard let activity = reading.value(.activity) else {
                unseen += 1
                return
            }
            measured += 1
            lastSeen = reading.at
            guard activity > 0 else { return }
            occupied += 1
            let moved = reading.at.addingTimeInterval(-(reading.value(.stillHours) ?? 0) * 3600)
            lastActive = max(lastActive ?? moved, moved)
        }
        func when(_ date: Date?) -> Bilingual {
            let text = date.map { String(clock.iso8601($0).prefix(16)).replacing("T", with: " ") }
            return Bilingual(zh: text ?? "没有", en: text ?? "none")
        }
        func fact(_ zh: String, _ en: String, _ value: Bilingual) -> PlotSummary.Fact {
            .init(name: Bilingual(zh: zh, en: en), value: value)
        }
        let hours = Int(plot.room.noActivityHours.rounded())
        facts = [
            fact("最近一次活动", "last activity", when(lastActive)),
            fact("最近一次看清", "last clear picture", when(lastSeen)),
            fact(
                "有人的照片", "pictures with somebody",
                Bilingual(zh: "\(measured)张中\(occupied)张", en: "\(occupied) of \(measured)")),
            fact("看不清的照片", "pictures that could not be used", Bilingual(zh: "\(unseen)张", en: "\(unseen)")),
            fact("多久没有活动就提醒", "warning after", Bilingual(zh: "\(hours)小时", en: "\(hours) hours")),
        ]
        hasReadings = measured > 0
        let png = try Silhouette.stored(camera: plot.camera, plot: plot.id, in: store)
        figure = png.map {
            PlotSummary.Figure(
                picture: Picture(bytes: $0, width: RoomSummary.figureWidth, height: RoomSummary.figureWidth),
                caption: Bilingual(
                    zh: "最近一次有人的位置（只有模糊轮廓，照片不离开本机）",
                    en: "where somebody was last (a blurred outline only: pictures stay on this machine)"))
        }
    }
}
