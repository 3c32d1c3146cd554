import Village

extension CSVDocuments {
    /// A line for each fruit: millimetres, shares, square millimetres.
    public static func fruit(_ result: FruitResult, language: Language) -> String {
        let table = CSVTable(columns: [
            "picture", "number", "diameter_mm", "widest_mm", "narrowest_mm", "colour_share", "spots", "largest_spot_mm",
            "spot_area_mm2", "class", "class_name", "reason",
        ])
        var text = table.header
        for picture in result.pictures {
            for fruit in picture.fruit {
                let figures = fruit.figures
                text += table.row([
                    .text(picture.path), .integer(figures.number), .number(fruit.diameterInMillimetres, decimals: 1),
                    .number(figures.widestInMillimetres, decimals: 1),
                    .number(figures.narrowestInMillimetres, decimals: 1), .number(figures.colourShare, decimals: 3),
                    .integer(figures.spots.count), .number(figures.largestSpotInMillimetres, decimals: 1),
                    .number(figures.spotAreaInSquareMillimetres, decimals: 1), .text(fruit.grade?.id),
                    .text(fruit.grade?.name.text(in: language)), .text(fruit.reason?.text(in: language)),
                ])
            }
        }
        return text
    }
}
