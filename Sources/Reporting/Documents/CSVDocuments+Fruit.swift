import Village

extension CSVDocuments {
    private static let fruitColumns = [
        "picture", "number", "diameter_mm", "widest_mm", "narrowest_mm", "colour_share", "spots", "largest_spot_mm",
        "spot_area_mm2", "class", "class_name", "reason",
    ]

    /// A line for each fruit: millimetres, shares, square millimetres.
    public static func fruit(_ result: FruitResult, language: Language) -> String {
        let table = CSVTable(columns: fruitColumns)
        return table.header + cells(result, language).map(table.row).joined()
    }

    /// A line for each fruit of the sorting tables' lots.
    public static func lots(_ plots: [PlotSummary], language: Language) -> String {
        let table = CSVTable(columns: ["plot", "lot", "table"] + fruitColumns)
        var text = table.header
        for summary in plots {
            for lot in summary.lots {
                let head: [CSVTable.Cell] = [
                    .text(summary.plot.id), .text(lot.day.description), .text(lot.result.table),
                ]
                for row in cells(lot.result, language) { text += table.row(head + row) }
            }
        }
        return text
    }

    private static func cells(_ result: FruitResult, _ language: Language) -> [[CSVTable.Cell]] {
        result.pictures.flatMap { picture in
            picture.fruit.map { fruit in
                let figures = fruit.figures
                return [
                    .text(picture.path), .integer(figures.number), .number(fruit.diameterInMillimetres, decimals: 1),
                    .number(figures.widestInMillimetres, decimals: 1),
                    .number(figures.narrowestInMillimetres, decimals: 1), .number(figures.colourShare, decimals: 3),
                    .integer(figures.spots.count), .number(figures.largestSpotInMillimetres, decimals: 1),
                    .number(figures.spotAreaInSquareMillimetres, decimals: 1), .text(fruit.grade?.id),
                    .text(fruit.grade?.name.text(in: language)), .text(fruit.reason?.text(in: language)),
                ]
            }
        }
    }
}
