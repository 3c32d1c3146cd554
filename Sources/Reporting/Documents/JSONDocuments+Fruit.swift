import Village

extension JSONDocuments {
    /// `{"plotwatch":"1","kind":"grade","table":…,"lot":…,"pictures":[…]}`.
    public static func fruit(_ result: FruitResult) -> String {
        document(
            "grade",
            [
                .init("table", .text(result.table)), .init("name", bilingual(result.name)),
                .init("source", bilingual(result.source)), .init("note", bilingual(FruitResult.note)),
                .init("notSeen", bilingual(result.notSeen)),
                .init("lot", figures(of: result)),
                .init("pictures", .list(result.pictures.map(picture))),
            ])
    }

    /// `{"plotwatch":"1","kind":"lots","note":…,"lots":[…]}`: the fruit of sorting tables by day.
    public static func lots(_ plots: [PlotSummary]) -> String {
        document(
            "lots",
            [
                .init("note", bilingual(FruitResult.note)),
                .init("lots", .list(plots.flatMap { plot in plot.lots.map { lot($0, plot: plot.plot.id) } })),
            ])
    }

    static func lot(_ lot: PlotSummary.Lot, plot: String) -> JSONValue {
        .object([
            .init("plot", .text(plot)), .init("day", .text(lot.day.description)),
            .init("table", .text(lot.result.table)), .init("lot", figures(of: lot.result)),
            .init("diameterLeast", .number(lot.diameterRange?.lowerBound, decimals: 1)),
            .init("diameterGreatest", .number(lot.diameterRange?.upperBound, decimals: 1)),
            .init("colourShare", .number(lot.colourShare, decimals: 3)),
            .init("spottedShare", .number(lot.spottedShare, decimals: 3)),
            .init("pictures", .list(lot.result.pictures.map { .text($0.path) })),
            .init(
                "reason",
                .text(
                    lot.diameterRange == nil ? "no scale, so no millimetres, no spots and no classes by them" : nil)),
        ])
    }

    private static func figures(of result: FruitResult) -> JSONValue {
        .object([
            .init("fruit", .integer(result.fruit.count)),
            .init("medianDiameter", .number(result.medianDiameter, decimals: 1)),
            .init(
                "classes",
                .list(
                    result.counts.map { row in
                        .object([
                            .init("class", .text(row.id)), .init("name", bilingual(row.name)),
                            .init("fruit", .integer(row.count)),
                        ])
                    })),
        ])
    }

    private static func picture(_ picture: FruitResult.Picture) -> JSONValue {
        .object([
            .init("path", .text(picture.path)),
            .init("pixelsPerMillimetre", .number(picture.pixelsPerMillimetre, decimals: 4)),
            .init("cameraHeight", .number(picture.cameraHeight, decimals: 0)),
            .init("cutOff", .integer(picture.cutOff)), .init("unclear", .integer(picture.unclear)),
            .init("overlay", .text(picture.overlay)), .init("warnings", .list(picture.warnings.map(bilingual))),
            .init("fruit", .list(picture.fruit.map(fruit))),
        ])
    }

    private static func fruit(_ fruit: FruitResult.Fruit) -> JSONValue {
        let figures = fruit.figures
        return .object([
            .init("number", .integer(figures.number)), .init("x", .number(figures.x, decimals: 1)),
            .init("y", .number(figures.y, decimals: 1)),
            .init("radii", .list(figures.radii.map { .number($0, decimals: 2) })),
            .init("diameter", .number(fruit.diameterInMillimetres, decimals: 2)),
            .init("widest", .number(figures.widestInMillimetres, decimals: 2)),
            .init("narrowest", .number(figures.narrowestInMillimetres, decimals: 2)),
            .init("colourShare", .number(figures.colourShare, decimals: 3)),
            .init("spotCount", .integer(figures.spots.count)),
            .init("largestSpot", .number(figures.largestSpotInMillimetres, decimals: 2)),
            .init("spotArea", .number(figures.spotAreaInSquareMillimetres, decimals: 1)),
            .init("spots", .list(figures.spots.map(spot))),
            .init("outlineSeen", .number(figures.outlineSeen, decimals: 2)),
            .init("class", .text(fruit.grade?.id)), .init("className", fruit.grade.map { bilingual($0.name) } ?? .null),
            .init("reason", fruit.reason.map(bilingual) ?? .null),
        ])
    }

    private static func spot(_ spot: FruitFigures.Spot) -> JSONValue {
        .object([
            .init("x", .number(spot.x, decimals: 1)), .init("y", .number(spot.y, decimals: 1)),
            .init("diameter", .number(spot.diameterInMillimetres, decimals: 2)),
            .init("area", .number(spot.areaInSquareMillimetres, decimals: 2)),
            .init("areaInPixels", .number(spot.areaInPixels, decimals: 1)),
        ])
    }
}
