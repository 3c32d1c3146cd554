import Analysis
import Decoding
import Detection
import Foundation
import Pixels
import Storage
import Village

/// The pens of one camera, capture after capture.
struct PenSequence: Sendable {
    private let camera: String
    private let frame: PenFrame
    private let clock: SiteClock
    private var pens: [Member]

    private struct Member: Sendable {
        var pen: PenFrame.Pen
        var watch: PenWatch
        var heat: HeatMap
        /// Where the animals of the last counted picture are.
        var seen: SeenAnimals?
        let detector: PenDetector?
        var stored: Set<String>

        var stateName: String { "pen/\(pen.plot.id)" }
        var heatName: String { HeatMap.name(pen.plot.id) }
        var seenName: String { SeenAnimals.name(pen.plot.id) }
        func pictureName(_ name: String) -> String { "pen/\(pen.plot.id)/\(name)" }
    }

    /// m² in a mu.
    static let squareMetresPerMu = 2000.0 / 3

    init(frame: PenFrame, camera: String, run: SiteRun) throws {
        self.camera = camera
        self.frame = frame
        clock = run.clock
        let parameters = run.models.pen, store = run.store
        pens = try frame.pens.map { pen in
            var member = Member(
                pen: pen,
                watch: PenWatch(
                    parameters: parameters, model: run.models.animals,
                    animal: pen.plot.kind == .poultry ? parameters.poultry : parameters.livestock, inside: pen.mask,
                    ignored: frame.ignored, ground: frame.ground, kernels: run.kernels),
                heat: HeatMap(frame: pen.mask.size),
                detector: try PenDetector(
                    pen.plot.pen, models: run.models, engineFolders: run.options.engineFolders), stored: [])
            if let state = try store.state(camera: camera, name: member.stateName) {
                let named = member
                try member.watch.restore(state: state) {
                    try store.picture(PictureKey(camera: camera, name: named.pictureName($0)))
                }
                member.stored = Set(member.watch.pictureNames)
            }
            if let state = try store.state(camera: camera, name: member.seenName) {
                member.seen = try JSONDecoder().decode(SeenAnimals.self, from: state)
            }
            if let state = try store.state(camera: camera, name: member.heatName) {
                member.heat = try JSONDecoder().decode(HeatMap.self, from: state)
            }
            return member
        }
    }

    /// Takes the next capture and writes into its readings what was counted.
    mutating func follow(_ inspected: inout CaptureInspector.Inspected) {
        for k in inspected.readings.indices {
            guard let index = pens.firstIndex(where: { $0.pen.plot.id == inspected.readings[k].plot }) else { continue }
            var values = inspected.readings[k].values
            switch look(inspected, pen: index) {
            case .unknown(let reason):
                for quantity in PenSequence.quantities { values[quantity] = .absent(reason: reason) }
            case .counted(let count):
                values[.count] = .value(Double(count.inside))
                values[.countLow] = .value(Double(count.low))
                values[.countHigh] = .value(Double(count.high))
                values[.outside] = .value(Double(count.outside))
                values[.spread] =
                    count.spread.map(Measured.value) ?? .absent(reason: "too few animals to tell how they stand")
                values[.density] =
                    pens[index].pen.squareMetres.map {
                        .value(Double(count.inside) / ($0 / PenSequence.squareMetresPerMu))
                    } ?? .absent(reason: "the camera has no ground points that cover the pen")
                let hour = Int(clock.secondsOfDay(of: inspected.readings[k].at) / 3600)
                pens[index].heat.add(count.feet, in: DayPart(hour: hour))
                pens[index].seen = SeenAnimals(
                    capture: inspected.capture.path, at: inspected.readings[k].at, boxes: count.boxes)
            }
            values[.bareGround] =
                switch values[.vegetationCover] {
                case .value(let cover)?: .value(1 - cover)
                case .absent(let reason)?: .absent(reason: reason)
                case nil: .absent(reason: "plants were not measured")
                }
            inspected.readings[k].values = values
        }
    }

    private static let quantities: [Quantity] = [.count, .countLow, .countHigh, .outside, .spread, .density]

    private mutating func look(_ inspected: CaptureInspector.Inspected, pen: Int) -> PenWatch.Outcome {
        let quality = inspected.capture.quality
        guard PenFrame.measurable.contains(quality), let at = inspected.capture.at else {
            return .unknown("the capture is \(quality.rawValue)")
        }
        guard let picture = inspected.pens else {
            return .unknown("the capture could not be aligned with the reference")
        }
        let region = pens[pen].watch.region
        if let detector = pens[pen].detector {
            return detector.look(picture.image.cropped(to: region), watch: pens[pen].watch)
        }
        let image = picture.image.cropped(to: region), valid = picture.valid.cropped(to: region)
        return quality == .infrared
            ? pens[pen].watch.lookByNight(at: at, image: image, valid: valid)
            : pens[pen].watch.look(at: at, image: image, valid: valid)
    }

    mutating func save(into batch: inout Batch) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        for k in pens.indices {
            let member = pens[k], names = Set(member.watch.pictureNames)
            batch.states.append(StateRecord(camera: camera, name: member.stateName, body: try member.watch.state()))
            batch.states.append(
                StateRecord(camera: camera, name: member.heatName, body: try encoder.encode(member.heat)))
            if let seen = member.seen {
                batch.states.append(
                    StateRecord(camera: camera, name: member.seenName, body: try encoder.encode(seen)))
            }
            for (name, bytes) in member.watch.pictures(except: member.stored) {
                batch.pictures.append(
                    PictureRecord(key: PictureKey(camera: camera, name: member.pictureName(name)), bytes: bytes))
            }
            batch.droppedPictures += member.stored.subtracting(names).sorted().map {
                PictureKey(camera: camera, name: member.pictureName($0))
            }
            pens[k].stored = names
        }
    }
}
