import Analysis
import Archive
import Decoding
import Detection
import Foundation
import Kernels
import Pixels
import Series
import Village

/// One file → one capture with its readings: a pure function of the file, the site and the camera's reference.
struct CaptureInspector: Sendable {
    let site: Site
    let clock: SiteClock
    let camera: Camera
    let frame: CameraFrame?
    let models: Models
    let kernels: KernelSet
    let reader: FileReader
    let finder: TimeFinder
    let now: Date
    let decoder = Decoder()

    /// Seconds between a picture and its upload; a day covers a wrong time zone and a night without network.
    static let uploadDelay = 86_400.0

    /// What became of a file.
    enum Outcome: Sendable {
        /// Left for the next run: it is still being written, it vanished, or the disk fails, which is a fault.
        case postponed(reason: String, isFault: Bool = false)
        case inspected(Inspected)
    }

    struct Inspected: Sendable {
        var capture: Capture
        /// Whether the file could be read and decoded at all.
        var isReadable = true
        /// The file's. Pictures are decoded again where one is wanted later: they are ten times as large.
        var bytes: [UInt8] = []
        /// A whole one, where there is no reference yet: it may become that.
        var picture: RGBImage?
        var transform: RigidTransform = .identity
        /// Whether alignment is sure that it shows the reference's place.
        var isSamePlace = false
        var readings: [Reading] = []
        /// Of orchards, by plot: where in the picture plants are.
        var plants: [String: PlantCells] = [:]
        /// Of the picture without what is ignored, to know it again.
        var pixelHash: String?
        /// Reduced, for construction.
        var small: RGBImage?
        /// Small, for rooms.
        var room: RoomFrame.Picture?
        /// Aligned, for pens.
        var pens: PenFrame.Picture?
        /// Of sorting tables, by plot.
        var trays: [String: FruitTray] = [:]

        /// A wrong clock stays the reason that is told.
        fileprivate mutating func set(_ quality: Quality, _ reason: String?) {
            guard capture.quality != .wrongClock else { return }
            capture.quality = quality
            capture.reason = reason
        }
    }

    func inspect(_ item: WorkItem) -> Outcome {
        let bytes: FileBytes
        do {
            bytes = try reader.read(path: item.file.path)
        } catch {
            if error.isPassing { return CaptureInspector.postponed(error) }
            if case .vanished = error { return .postponed(reason: error.message) }
            return .inspected(failed(item, "\(error.message): \(error.remedy)"))
        }
        var capture = Capture(
            camera: camera.id, path: item.file.path, sizeInBytes: bytes.bytes.count, sha256: bytes.sha256)
        let sidecar: SidecarMeta?
        do {
            sidecar = try self.sidecar(of: item.file.path)
        } catch {
            return CaptureInspector.postponed(error)
        }
        capture.exposure = sidecar?.exposure
        capture.automaticWhiteBalance = sidecar?.balance
        if let narrow = frame?.colour, let decoded = narrow.decoded(bytes.bytes, by: decoder) {
            describe(&capture, by: decoded.header, item, sidecar: sidecar, modified: bytes.modified)
            return .inspected(measureColour(decoded.content, bytes.bytes, capture, in: narrow))
        }
        if let frame, var quartered = frame.quartered(bytes.bytes, by: decoder, kernels: kernels) {
            describe(&capture, by: quartered.header, item, sidecar: sidecar, modified: bytes.modified)
            var inspected = Inspected(capture: capture, bytes: bytes.bytes)
            judge(&quartered.pictures, into: &inspected, in: frame)
            read(into: &inspected, in: frame)
            return .inspected(inspected)
        }
        let decoded: DecodedImage<RGBImage>
        do {
            decoded = try decoder.rgb(bytes.bytes)
        } catch {
            if mayStillGrow(bytes, item) { return .postponed(reason: "it is still being written") }
            setTime(&capture, item, sidecar: sidecar, exif: nil, modified: bytes.modified)
            capture.quality = .corrupt
            capture.reason = error.message
            return .inspected(Inspected(capture: capture, isReadable: false))
        }
        if decoded.truncation != nil, mayStillGrow(bytes, item) {
            return .postponed(reason: "it is still being written")
        }
        describe(&capture, by: decoded.header, item, sidecar: sidecar, modified: bytes.modified)
        var inspected = measure(decoded, capture)
        inspected.bytes = bytes.bytes
        return .inspected(inspected)
    }

    /// What the file says of itself.
    private func describe(
        _ capture: inout Capture, by header: ImageHeader, _ item: WorkItem, sidecar: SidecarMeta?, modified: Date
    ) {
        setTime(&capture, item, sidecar: sidecar, exif: header.exif, modified: modified)
        let upright = header.orientation.applied(to: header.size)
        capture.width = upright.width
        capture.height = upright.height
        if let gps = header.exif?.gps {
            capture.location = Location(latitude: gps.latitude, longitude: gps.longitude, elevation: gps.altitude ?? 0)
        }
    }

    private func measureColour(_ image: RGBImage, _ bytes: [UInt8], _ capture: Capture, in narrow: ColourFrame)
        -> Inspected
    {
        var inspected = narrow.measure(
            image, of: capture, on: capture.at.map(clock.day), health: SceneHealth(parameters: models.sceneHealth),
            kernels: kernels)
        inspected.bytes = bytes
        return inspected
    }

    private static func postponed(_ error: ArchiveError) -> Outcome {
        if case .system = error { return .postponed(reason: "\(error.message): \(error.remedy)", isFault: true) }
        return .postponed(reason: error.message)
    }

    /// Whether an incomplete file is worth waiting for: its name says that it was taken just now, and it was written to
    /// just now. An old picture that was copied just now will not grow, and if it does after all it is read again.
    private func mayStillGrow(_ file: FileBytes, _ item: WorkItem) -> Bool {
        guard finder.time(path: item.file.path, modified: file.modified).source == .name, let at = item.expectedAt,
            abs(now.timeIntervalSince(at)) < CaptureInspector.uploadDelay
        else { return false }
        // Some recorders reserve a picture's room before they write it: zeros are no beginning yet.
        let ending = file.bytes.prefix(8).allSatisfy { $0 == 0 } ? .incomplete : FileEnding(of: file.bytes)
        return HalfWrittenRule().verdict(ending: ending, modified: file.modified, now: now) == .wait
    }

    // MARK: Time

    /// - Throws: where there may be one that cannot be read now: without it the picture would get another time.
    private func sidecar(of path: String) throws(ArchiveError) -> SidecarMeta? {
        let file: FileBytes
        do {
            file = try reader.read(path: SidecarMeta.path(for: path))
        } catch {
            if error.isPassing { throw error }
            return nil
        }
        guard file.bytes.count <= SidecarMeta.longestFile else { return nil }
        return SidecarMeta(text: String(decoding: file.bytes, as: UTF8.self))
    }

    private func setTime(_ capture: inout Capture, _ item: WorkItem, sidecar: SidecarMeta?, exif: EXIF?, modified: Date)
    {
        let found = finder.time(
            path: item.file.path, sidecar: sidecar, exif: exif.flatMap(ExifTime.init), modified: modified)
        capture.at = found.at
        capture.timeSource = found.source
        if let problem = found.problem {
            capture.quality = .wrongClock
            capture.reason = problem
        }
        if let at = found.at, let place = site.location {
            capture.solarElevation = SolarPosition.elevation(
                at: at, latitude: place.latitude, longitude: place.longitude)
        }
    }

    private func failed(_ item: WorkItem, _ reason: String) -> Inspected {
        var capture = Capture(camera: camera.id, path: item.file.path, sizeInBytes: item.file.sizeInBytes)
        setTime(&capture, item, sidecar: nil, exif: nil, modified: item.file.modified)
        capture.quality = .corrupt
        capture.reason = reason
        return Inspected(capture: capture, isReadable: false)
    }

    // MARK: Measuring

    private func measure(_ decoded: DecodedImage<RGBImage>, _ capture: Capture) -> Inspected {
        var result = Inspected(capture: capture)
        guard let frame, let image = frame.fitted(decoded.content) else {
            if frame != nil {
                result.set(
                    .moved,
                    "the picture is \(decoded.content.width) × \(decoded.content.height), of another shape than the reference: "
                        + "give the camera a new row with its own reference")
            } else if let truncation = decoded.truncation {
                result.set(.truncated, CaptureInspector.reason(truncation, rows: decoded.header.size.height))
            } else {
                let health = SceneHealth(parameters: models.sceneHealth)
                var pictures = ReducedPictures(of: decoded.content, kernels: kernels)
                let judgement =
                    site.seesOnlyFruit(camera.id)
                    ? health.judgePlain(&pictures) : health.judge(&pictures, reference: nil, isSamePlace: nil)
                result.set(judgement.quality, judgement.reason)
                result.capture.measures = judgement.measures
                result.picture = decoded.content
            }
            return result
        }
        if camera.measures != .construction {
            result.capture.measures[PhenoCamBrightness.name] = PhenoCamBrightness.mean(of: image, kernels: kernels)
        }
        if let truncation = decoded.truncation {
            result.set(.truncated, CaptureInspector.reason(truncation, rows: decoded.header.size.height))
            return result
        }
        if let narrow = frame.colour {
            return measureColour(narrow.part(of: image, kernels: kernels), [], result.capture, in: narrow)
        }
        var pictures = ReducedPictures(of: image, step: frame.step, kernels: kernels)
        if site.seesOnlyFruit(camera.id) {
            let judgement = SceneHealth(parameters: models.sceneHealth).judgePlain(&pictures)
            result.set(judgement.quality, judgement.reason)
            result.capture.measures.merge(judgement.measures) { $1 }
            result.pixelHash = frame.pixelHash(of: pictures.image(by: frame.workingFactor))
            read(image, decoded.header.exif, into: &result, in: frame)
            return result
        }
        judge(&pictures, into: &result, in: frame)
        if camera.measures == .construction {
            read(into: &result, in: frame)
            return result
        }
        read(image, decoded.header.exif, into: &result, in: frame)
        // By night the reference's place is hardly known again; a camera that was turned away is seen by the pen's own nights.
        if result.capture.quality == .infrared || (result.capture.quality == .ok && result.isSamePlace) {
            result.pens = frame.pens?.picture(of: image, displacedBy: result.transform)
        }
        if RoomFrame.measurable.contains(result.capture.quality) {
            result.room = frame.room?.picture(
                of: image, displacedBy: result.transform, quality: result.capture.quality)
        }
        return result
    }

    private static func reason(_ truncation: Truncation, rows: Int) -> String {
        "the file ends early, \(truncation.goodRows) of \(rows) rows are good: check the upload (\(truncation.message))"
    }

    /// Says whether the scene can be seen, where it lies, and what of it is kept for construction.
    private func judge(_ pictures: inout ReducedPictures, into result: inout Inspected, in frame: CameraFrame) {
        let alignment = frame.registration.align(&pictures)
        let judgement = SceneHealth(parameters: models.sceneHealth).judge(
            &pictures, reference: frame.health, isSamePlace: alignment.isSamePlace)
        result.set(judgement.quality, judgement.reason)
        result.capture.measures.merge(judgement.measures) { $1 }
        result.capture.measures["alignment"] = alignment.score
        if result.capture.quality == .ok, alignment.isSamePlace == nil, frame.isDisplaced(&pictures) {
            result.set(
                .moved, "the camera looks beside the reference's place: turn it back, or give it a new reference")
        }
        let isAligned = alignment.isSamePlace ?? (alignment.score >= models.sceneHealth.samePlaceScore)
        if isAligned {
            result.transform = alignment.transform
            result.capture.shift = Shift(
                dx: alignment.transform.dx, dy: alignment.transform.dy, rotation: alignment.transform.rotationDegrees)
        }
        result.isSamePlace = alignment.isSamePlace == true
        let small = pictures.image(by: frame.workingFactor)
        result.pixelHash = frame.pixelHash(of: small)
        if result.capture.quality == .ok, result.isSamePlace, frame.isWatched {
            result.small = small
        }
    }

    /// Readings of a camera that only looks for what is built.
    private func read(into result: inout Inspected, in frame: CameraFrame) {
        let capture = result.capture
        guard let at = capture.at else { return }
        let reason = "the camera looks for building only (\"measures: construction\")"
        let growth = GrowthMeasurement.absent(reason), fruit = FruitCount.absent(reason)
        result.readings = frame.plots(on: clock.day(of: at)).map { plot, _ in
            Reading(
                plot: plot.id, camera: camera.id, capture: capture.path, at: at, quality: capture.quality,
                statistics: nil, values: plot.kind == .orchard ? growth.merging(fruit) { own, _ in own } : growth)
        }
    }

    /// Measures every plot of the capture's day.
    private func read(_ image: RGBImage, _ exif: EXIF?, into result: inout Inspected, in frame: CameraFrame) {
        let capture = result.capture, transform = result.transform
        guard let at = capture.at else { return }
        let follow = models.sceneHealth.followAbovePerMille / 1000 * Double(frame.size.width)
        let isDisplaced = transform.cornerDistance(to: .identity, in: frame.size) > follow
        for (plot, area) in frame.plots(on: clock.day(of: at)) {
            // A mask file is PhenoCam's way: it holds for a time, and is measured where it was drawn.
            let isFixed = if case .mask = plot.shape { true } else { false }
            let isFollowed = isDisplaced && !isFixed
            let seen = isFollowed ? frame.area(area, displacedBy: transform) : area
            var reading = Reading(
                plot: plot.id, camera: camera.id, capture: capture.path, at: at, quality: capture.quality,
                statistics: nil, values: [:])
            if plot.kind == .fruit {
                readTray(plot, seen, of: image, exif, into: &result, &reading, in: frame)
                result.readings.append(reading)
                continue
            }
            let growth = GrowthMeasurement(
                of: image, in: seen, crop: plot.crop.flatMap { models.crops.crop(named: $0)?.origin },
                quality: capture.quality, plants: models.plants, kernels: kernels,
                grid: plot.kind == .orchard ? CrownGrid(of: area) : nil,
                shift: isFollowed ? (Int((transform.dx / 2).rounded()), Int((transform.dy / 2).rounded())) : (0, 0))
            result.plants[plot.id] = growth.cells
            reading.statistics = growth.statistics
            reading.values = growth.values
            if plot.kind == .orchard {
                let fruit = FruitCount.values(
                    of: image, in: seen, quality: capture.quality, ripeColour: growth.values[.ripeColour])
                reading.values.merge(fruit) { own, _ in own }
            }
            result.readings.append(reading)
        }
    }

    private func readTray(
        _ plot: Plot, _ area: PlotArea, of image: RGBImage, _ exif: EXIF?, into result: inout Inspected,
        _ reading: inout Reading, in frame: CameraFrame
    ) {
        guard result.capture.quality == .ok else {
            reading.values = FruitFrame.absent("the capture is \(result.capture.quality.rawValue)")
            return
        }
        guard let tray = frame.fruit?.tray(plot.id, in: area, of: image, exif: exif, capture: reading.capture) else {
            reading.values = FruitFrame.absent("the plot lies outside the picture")
            return
        }
        (reading.values, reading.classShares) = FruitFrame.values(of: tray, settings: plot.fruit)
        result.trays[plot.id] = tray
    }
}

extension ExifTime {
    /// What the codec read, as a clock reading.
    init?(_ exif: EXIF) {
        guard let t = exif.dateTimeOriginal else { return nil }
        self.init(
            dateTime: String(
                format: "%04d:%02d:%02d %02d:%02d:%02d", t.year, t.month, t.day, t.hour, t.minute, t.second),
            subSecond: exif.subSecond, offset: nil)
        offsetInSeconds = exif.offsetTimeOriginal.map { $0 }
    }
}
