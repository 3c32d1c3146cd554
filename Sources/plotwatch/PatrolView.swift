import Reporting
import Village

/// What two flights show, as text and GeoJSON.
struct PatrolView {
    struct Row {
        var pair: FlightMatch.Pair
        /// `nil` where nothing was compared.
        var change: PictureChange?
        var mask: String?

        init(pair: FlightMatch.Pair, change: PictureChange? = nil) {
            self.pair = pair
            self.change = change
        }

        /// Parts that look built, the largest first: what somebody should go and look at.
        var structures: [PictureChange.Part] { change?.structures ?? [] }
    }

    var rows: [Row]
    /// Pictures of the later flight without one of the earlier.
    var alone: [String]
    var plots: [MappedPlot]

    static let note = Bilingual(zh: "变化是线索，不是证据，请到现场看。", en: "A change is a lead, not proof: look on the spot.")

    func text(language: Language) -> String {
        let zh = language == .zh
        var out = ""
        for row in rows {
            let before = row.pair.before
            guard let after = row.pair.after else {
                out += before + (zh ? "  后一次没有对应的照片\n" : "  none of the later flight shows it\n")
                continue
            }
            let share =
                row.change?.changedShare.flatMap { DecimalText.text($0 * 100, decimals: 1) }.map {
                    zh
                        ? "变化\($0)%，\(row.change?.parts.count ?? 0)处"
                        : "\($0) % changed, \(row.change?.parts.count ?? 0) places"
                } ?? (zh ? "没法比较" : "could not be compared")
            out += "\(before) → \(after)  \(share)\n"
        }
        for plot in plots {
            let own = over(plot), most = own.compactMap { $0.change?.changedShare }.max()
            let share = most.flatMap { DecimalText.text($0 * 100, decimals: 1) }.map { "\($0) %" } ?? "–"
            out +=
                zh
                ? "地块\(plot.id)：照片\(own.count)张，最大变化\(share)\n"
                : "plot \(plot.id): \(own.count) pictures, greatest change \(share)\n"
        }
        if !alone.isEmpty {
            out += zh ? "后一次多出的照片\(alone.count)张\n" : "\(alone.count) of the later flight are new\n"
        }
        return out + Self.note.text(in: language) + "\n"
    }

    /// The pictures that were taken over a plot.
    func over(_ plot: MappedPlot) -> [Row] { rows.filter { isOver(plot, $0) } }

    func isOver(_ plot: MappedPlot, _ row: Row) -> Bool {
        guard let longitude = row.pair.longitude, let latitude = row.pair.latitude else { return false }
        return plot.holds(longitude: longitude, latitude: latitude)
    }

    func geoJSON() -> String {
        JSONValue.object([
            .init("type", .text("FeatureCollection")), .init("plotwatch", .text(JSONDocuments.version)),
            .init("kind", .text("patrol")),
            .init("note", .object([.init("zh", .text(Self.note.zh)), .init("en", .text(Self.note.en))])),
            .init("features", .list(rows.map(picture) + plots.map(plot))),
            .init("unmatched", .list(alone.map { .text($0) })),
        ]).compact
    }

    private func picture(_ row: Row) -> JSONValue {
        let reason: String? =
            row.pair.after == nil
            ? "no picture of the later flight shows it"
            : row.change == nil
                ? "it was not compared yet" : row.change?.changedShare == nil ? row.change?.reason : nil
        var place = JSONValue.null
        if let longitude = row.pair.longitude, let latitude = row.pair.latitude {
            place = .object([
                .init("type", .text("Point")),
                .init("coordinates", .list([.number(longitude, decimals: 7), .number(latitude, decimals: 7)])),
            ])
        }
        return .object([
            .init("type", .text("Feature")), .init("geometry", place),
            .init(
                "properties",
                .object([
                    .init("before", .text(row.pair.before)), .init("after", .text(row.pair.after)),
                    .init("metresApart", .number(row.pair.metres, decimals: 1)),
                    .init("inliers", .integer(row.pair.inliers)), .init("samePlace", .bool(row.change?.samePlace)),
                    .init("changedShare", .number(row.change?.changedShare, decimals: 4)),
                    .init("regions", .integer(row.change?.parts.count)),
                    .init("structures", .integer(row.change.map { _ in row.structures.count })),
                    .init("mask", .text(row.mask)),
                    .init("reason", .text(reason)),
                ])),
        ])
    }

    private func plot(_ plot: MappedPlot) -> JSONValue {
        let own = over(plot), shares = own.compactMap { $0.change?.changedShare }
        return .object([
            .init("type", .text("Feature")), .init("id", .text(plot.id)),
            .init(
                "geometry",
                .object([
                    .init("type", .text("Polygon")),
                    .init(
                        "coordinates",
                        .list([
                            .list(plot.ring.map { corner in .list(corner.prefix(2).map { .number($0, decimals: 7) }) })
                        ])),
                ])),
            .init(
                "properties",
                .object([
                    .init("plot", .text(plot.id)),
                    .init("structures", .integer(shares.isEmpty ? nil : own.map(\.structures.count).reduce(0, +))),
                    .init("pictures", .list(own.map { .text($0.pair.before) })),
                    .init("greatestChange", .number(shares.max(), decimals: 4)),
                    .init(
                        "meanChange",
                        .number(shares.isEmpty ? nil : shares.reduce(0, +) / Double(shares.count), decimals: 4)),
                    .init("reason", .text(shares.isEmpty ? "no pair of pictures was taken over it and compared" : nil)),
                ])),
        ])
    }
}
