import Inspection
import Reporting
import Village

/// What two flights show, as text and GeoJSON.
struct PatrolView {
    struct Row {
        var pair: PatrolMatch.Pair
        /// `nil` where nothing was compared.
        var result: ComparisonResult?
        var mask: String?

        init(pair: PatrolMatch.Pair) { self.pair = pair }

        /// `nil` where the two were not compared or are not of one place.
        var changedShare: Double? { result?.samePlace == true ? result?.changedShare : nil }
    }

    var rows: [Row]
    var alone: [PatrolFlight.Picture]
    var plots: [PatrolPlots.Plot]

    static let note = Bilingual(zh: "变化是线索，不是证据，请到现场看。", en: "A change is a lead, not proof: look on the spot.")

    func text(language: Language) -> String {
        let zh = language == .zh
        var out = ""
        for row in rows {
            let before = row.pair.before.name
            guard let after = row.pair.after?.name else {
                out += before + (zh ? "  后一次没有对应的照片\n" : "  none of the later flight shows it\n")
                continue
            }
            let share =
                row.changedShare.flatMap { DecimalText.text($0 * 100, decimals: 1) }.map {
                    zh
                        ? "变化\($0)%，\(row.result?.regions.count ?? 0)处"
                        : "\($0) % changed, \(row.result?.regions.count ?? 0) places"
                } ?? (zh ? "没法比较" : "could not be compared")
            out += "\(before) → \(after)  \(share)\n"
        }
        for plot in plots {
            let own = over(plot), most = own.compactMap(\.changedShare).max()
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

    private func over(_ plot: PatrolPlots.Plot) -> [Row] {
        rows.filter { row in
            row.pair.before.gps.map { plot.holds(longitude: $0.longitude, latitude: $0.latitude) } ?? false
        }
    }

    func geoJSON() -> String {
        JSONValue.object([
            .init("type", .text("FeatureCollection")), .init("plotwatch", .text(JSONDocuments.version)),
            .init("kind", .text("patrol")),
            .init("note", .object([.init("zh", .text(Self.note.zh)), .init("en", .text(Self.note.en))])),
            .init("features", .list(rows.map(picture) + plots.map(plot))),
            .init("unmatched", .list(alone.map { .text($0.name) })),
        ]).compact
    }

    private func picture(_ row: Row) -> JSONValue {
        let gps = row.pair.before.gps
        let reason: String? =
            row.pair.after == nil
            ? "no picture of the later flight shows it"
            : row.result == nil
                ? "the later picture could not be used" : row.changedShare == nil ? row.result?.reason : nil
        return .object([
            .init("type", .text("Feature")),
            .init(
                "geometry",
                gps.map { place in
                    .object([
                        .init("type", .text("Point")),
                        .init(
                            "coordinates",
                            .list([.number(place.longitude, decimals: 7), .number(place.latitude, decimals: 7)])),
                    ])
                } ?? .null),
            .init(
                "properties",
                .object([
                    .init("before", .text(row.pair.before.name)), .init("after", .text(row.pair.after?.name)),
                    .init("metresApart", .number(row.pair.metres, decimals: 1)),
                    .init("inliers", .integer(row.pair.inliers)), .init("samePlace", .bool(row.result?.samePlace)),
                    .init("changedShare", .number(row.changedShare, decimals: 4)),
                    .init("regions", .integer(row.result?.regions.count)), .init("mask", .text(row.mask)),
                    .init("reason", .text(reason)),
                ])),
        ])
    }

    private func plot(_ plot: PatrolPlots.Plot) -> JSONValue {
        let own = over(plot), shares = own.compactMap(\.changedShare)
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
                    .init("plot", .text(plot.id)), .init("pictures", .list(own.map { .text($0.pair.before.name) })),
                    .init("greatestChange", .number(shares.max(), decimals: 4)),
                    .init(
                        "meanChange",
                        .number(shares.isEmpty ? nil : shares.reduce(0, +) / Double(shares.count), decimals: 4)),
                    .init("reason", .text(shares.isEmpty ? "no pair of pictures was taken over it and compared" : nil)),
                ])),
        ])
    }
}
