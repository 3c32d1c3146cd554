import Detection
import Foundation
import Kernels
import Pixels
import TestKit
import Village

/// A synthetic camera that is looked at so many times a day, twice where nothing else is said.
struct ConstructionScene {
    static let hours: [Int: [Double]] = [1: [12], 2: [9, 15], 3: [9, 12, 15], 5: [8, 10, 12, 14, 16]]

    let scene = Scene()
    var watch: ConstructionWatch
    /// Everything that happened, with the moment of the look that said it.
    private(set) var events: [(at: Date, event: ConstructionEvent)] = []

    init(
        _ parameters: ConstructionParameters, plot: Region = Region(x: 4, y: 4, width: 152, height: 112),
        model: RegionModel? = .shipped
    ) {
        watch = Self.watch(parameters, plots: [plot], model: model)
    }

    /// Plots b1, b2, … in the order given.
    init(_ parameters: ConstructionParameters, plots: [Region]) {
        watch = Self.watch(parameters, plots: plots)
    }

    static func watch(
        _ parameters: ConstructionParameters, plot: Region = Region(x: 4, y: 4, width: 152, height: 112)
    ) -> ConstructionWatch { watch(parameters, plots: [plot]) }

    private static func watch(
        _ parameters: ConstructionParameters, plots: [Region], model: RegionModel? = .shipped
    ) -> ConstructionWatch {
        let masks = plots.enumerated().map { number, plot in
            var mask = Mask(width: 160, height: 120, inside: false)
            for y in plot.y..<plot.maxY { for x in plot.x..<plot.maxX { mask[x, y] = true } }
            return (id: "b\(number + 1)", mask: mask)
        }
        return ConstructionWatch(
            parameters: parameters, model: model, size: Size(width: 160, height: 120), plots: masks,
            kernels: .best)
    }

    /// The looks of `days` days, numbered through.
    static func moments(days: Int, looksADay: Int = 2) -> [(number: Int, at: Date)] {
        let hours = hours[looksADay] ?? []
        return (0..<days * hours.count).map { number in
            (number, moment(day: number / hours.count, hour: hours[number % hours.count]))
        }
    }

    static func moment(day: Int, hour: Double) -> Date {
        Date(timeIntervalSince1970: 1_714_500_000 + Double(day) * 86_400 + hour * 3600)
    }

    static func path(_ number: Int) -> String { "look-\(number).jpg" }

    mutating func look(_ number: Int, at: Date, _ moment: Scene.Moment) {
        let valid = Mask(width: 160, height: 120, inside: true)
        for event in watch.look(at: at, path: Self.path(number), image: scene.picture(moment), valid: valid) {
            events.append((at, event))
        }
    }

    /// Looks for `days` days at what `moment` makes of the look's number.
    mutating func follow(days: Int, looksADay: Int = 2, _ moment: (Int) -> Scene.Moment) {
        for (number, at) in Self.moments(days: days, looksADay: looksADay) { look(number, at: at, moment(number)) }
    }

    var confirmed: [(at: Date, candidate: Candidate)] {
        events.compactMap { at, event in if case .confirmed(let candidate) = event { (at, candidate) } else { nil } }
    }
    var removed: [(at: Date, candidate: Candidate)] {
        events.compactMap { at, event in if case .removed(let candidate) = event { (at, candidate) } else { nil } }
    }
    var withdrawn: [Candidate] {
        events.compactMap { _, event in if case .withdrawn(let candidate) = event { candidate } else { nil } }
    }
}
