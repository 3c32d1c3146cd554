import Village

/// The plots as GeoJSON (RFC 7946).
///
/// - Note: An outline drawn on a picture is no geography. Ground points place it in metres of the village's own
///   level frame, whose origin and north nothing states, so `geometry` is `null` (an unlocated feature, RFC 7946
///   section 3.2) and the outline stands in the properties, with `note` saying which frame it is in.
public enum GeoJSONDocument {
    public static func plots(_ plots: [PlotSummary], site: Site) -> String {
        var members: [JSONValue.Member] = [.init("type", .text("FeatureCollection"))]
        members += JSONDocuments.head("plots")
        members += [.init("site", .text(site.id)), .init("name", .text(site.name))]
        if let location = site.location { members.append(.init("siteLocation", JSONDocuments.location(location))) }
        members.append(.init("features", .list(plots.map { feature($0, site: site) })))
        return JSONValue.object(members).compact + "\n"
    }

    private static func feature(_ summary: PlotSummary, site: Site) -> JSONValue {
        let plot = summary.plot
        let household = plot.household.flatMap(site.household)
        let ground = summary.ground.flatMap { $0.count >= 3 ? $0 : nil }
        return .object([
            .init("type", .text("Feature")), .init("id", .text(plot.id)), .init("geometry", .null),
            .init(
                "properties",
                .object([
                    .init("plot", .text(plot.id)), .init("camera", .text(plot.camera)),
                    .init("plotKind", .text(plot.kind.rawValue)),
                    .init("crop", .text(plot.crop)), .init("household", .text(plot.household)),
                    .init("householdName", .text(household?.name)), .init("village", .text(household?.village)),
                    .init("state", .text(summary.state.level.rawValue)),
                    .init("stateText", JSONDocuments.bilingual(summary.state.text)),
                    .init("validFrom", .text(plot.valid.from?.description)),
                    .init("validUntil", .text(plot.valid.until?.description)),
                    .init("areaInSquareMetres", .number(summary.areaInSquareMetres, decimals: 1)),
                    .init("picturePolygon", JSONDocuments.outline(summary.outline)),
                    .init("ground", ground.map(metres) ?? .null),
                    .init("note", .text(note(hasGround: ground != nil, site: site))),
                ])),
        ])
    }

    private static func metres(_ outline: Outline) -> JSONValue {
        .list(outline.map { .list([.number($0.x, decimals: 2), .number($0.y, decimals: 2)]) })
    }

    private static func note(hasGround: Bool, site: Site) -> String {
        guard hasGround else {
            return
                "picturePolygon is in pixels of the camera's reference picture; the camera has no ground "
                + "points, so the place on "
                + "the ground is not known"
        }
        let origin =
            site.location == nil
            ? "the site file states no location" : "siteLocation is the village, not the origin of that frame"
        return
            "ground is in metres of the village's own level frame, x and y as the site file's ground points; "
            + "its origin and north "
            + "are not known and \(origin), so there is no geometry in degrees"
    }
}
