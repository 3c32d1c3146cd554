import Advising
import Decoding
import Detection
import Foundation
import Pixels
import Village

/// The sorting tables and belts that a camera sees.
struct FruitFrame: Sendable {
    struct Tray: Sendable {
        var plot: Plot
        var table: GradeTable
    }

    let trays: [Tray]
    let parameters: FruitParameters

    /// - Returns: `nil` where the camera sees no fruit plot.
    /// - Throws: `InspectionFailure` for a grade table that there is not, `ConfigurationError` for a faulty one.
    init?(plots: [Plot], models: Models) throws {
        let own = plots.filter { $0.kind == .fruit }
        guard !own.isEmpty else { return nil }
        parameters = models.fruit
        trays = try own.map { Tray(plot: $0, table: try models.gradeTable(of: $0)) }
    }

    /// What a capture shows of one plot.
    ///
    /// - Parameters:
    ///   - image: at the reference's size.
    ///   - area: the plot in this capture.
    /// - Returns: `nil` for a plot without fruit to grade.
    func tray(_ plot: String, in area: PlotArea, of image: RGBImage, exif: EXIF?, capture: String) -> FruitTray? {
        guard let tray = trays.first(where: { $0.plot.id == plot }), !area.bounds.isEmpty else { return nil }
        let settings = tray.plot.fruit
        // A plot with its own edges is cut out: what lies beside the table is neither its ground nor its fruit.
        let region = area.bounds, isWhole = region == Region(image.size)
        let seen = isWhole ? image : image.cropped(to: region)
        var camera = FruitGrading.camera(of: image.size, exif: exif, height: settings.cameraHeight)
        let corner = SIMD2(Double(region.x), Double(region.y))
        camera.middle = camera.middle.map { $0 - corner }
        let survey = FruitSurvey(
            of: seen, source: settings.scale.map { .init($0) }, camera: camera, ripe: tray.table.ripe,
            parameters: parameters)
        let fruit = survey.fruit.map { GradedFruit($0, tray.table.grade(of: $0), width: tray.table.width) }
            .compactMap { entry -> GradedFruit? in
                var entry = entry
                entry.figures = entry.figures.moved(by: corner)
                let x = Int(entry.figures.x), y = Int(entry.figures.y)
                guard x >= 0, y >= 0, x < area.mask.width, y < area.mask.height, area.mask[x, y] else { return nil }
                return entry
            }
        return FruitTray(
            plot: plot, capture: capture, table: tray.table.id, fruit: fruit,
            pixelsPerMillimetre: survey.scale?.pixelsPerMillimetre, cutOff: survey.cutOff, unclear: survey.unclear)
    }

    // MARK: Readings

    /// Of a tray that was looked at; whether its fruit is new is told later.
    static func values(of tray: FruitTray, settings: FruitSettings) -> (
        values: [Quantity: Measured], classShares: [String: Double]
    ) {
        let fruit = tray.fruit, count = Double(fruit.count)
        let nothing = fruit.isEmpty ? "no fruit was seen" : nil
        func mean(_ values: [Double]) -> Double? {
            values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
        }
        func measured(_ value: Double?, _ reason: String) -> Measured {
            value.map(Measured.value) ?? .absent(reason: nothing ?? reason)
        }
        let noScale =
            switch settings.scale {
            case nil: "the plot has neither marker nor pixelsPerMillimetre"
            case .pixelsPerMillimetre?: "the fruit could not be measured"
            case .square?, .coin?:
                "the marker was not found: lay it flat beside the fruit, uncovered, or give pixelsPerMillimetre"
            }
        let diameters = fruit.compactMap(\.diameter)
        let spotted = fruit.compactMap { entry in
            entry.figures.largestSpotInMillimetres.map { _ in entry.figures.spots.isEmpty ? 0.0 : 1.0 }
        }
        var shares: [String: Double] = [:]
        for entry in fruit { shares[entry.classID, default: 0] += 1 }
        return (
            [
                .count: .value(count), .countLow: .value(count),
                .countHigh: .value(count + Double(tray.cutOff + tray.unclear)),
                .diameterMean: measured(mean(diameters), noScale),
                .diameterLeast: measured(diameters.min(), noScale),
                .diameterGreatest: measured(diameters.max(), noScale),
                .spottedShare: measured(mean(spotted), noScale),
                .colourShare: measured(
                    mean(fruit.compactMap(\.figures.colourShare)),
                    "the skin shines all over: its colour cannot be seen"),
            ], shares.mapValues { $0 / count }
        )
    }

    /// Of a capture that could not be used.
    static func absent(_ reason: String) -> [Quantity: Measured] {
        Dictionary(uniqueKeysWithValues: quantities.map { ($0, .absent(reason: reason)) })
    }

    private static let quantities: [Quantity] = [
        .count, .countLow, .countHigh, .newFruit, .diameterMean, .diameterLeast, .diameterGreatest, .spottedShare,
        .colourShare,
    ]
}

extension FruitFigures {
    fileprivate func moved(by corner: SIMD2<Double>) -> FruitFigures {
        var moved = self
        moved.x += corner.x
        moved.y += corner.y
        for k in moved.spots.indices {
            moved.spots[k].x += corner.x
            moved.spots[k].y += corner.y
        }
        return moved
    }
}
