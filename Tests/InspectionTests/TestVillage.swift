import ConfigurationFiles
import Decoding
import Foundation
import Inspection
import Kernels
import Pixels
import Storage
import TestKit
import Testing
import Village

/// A village of one or two cameras with tiny pictures, in a folder of its own.
final class TestVillage {
    /// The products' own parameters, read once.
    static let models = Result { () throws(ConfigurationError) in
        try Models(
            folder: ProjectFiles.models, own: nil)
    }
    /// Long after the last picture.
    static let now = Date(timeIntervalSince1970: 1_717_200_000)
    static let size = Size(width: 160, height: 120)
    static let box = Region(x: 60, y: 40, width: 40, height: 30)

    let folder: TemporaryFolder
    var site: Site
    let scene = Scene()

    var archive: String { site.archive }

    init() throws {
        folder = try TemporaryFolder()
        let root = folder.url.path
        try FileManager.default.createDirectory(atPath: root + "/archive/cam", withIntermediateDirectories: true)
        site = Site(
            id: "daxi", name: "大溪镇", language: .zh, timeZone: "Asia/Shanghai",
            location: Location(latitude: 28.84, longitude: 108.77, elevation: 520), folder: root,
            archive: root + "/archive",
            store: root + "/plotwatch.sqlite",
            cameras: [TestVillage.camera("cam")],
            plots: [
                TestVillage.plot("p1", .orchard, crop: "citrus", x: 5, y: 5, width: 70, height: 30),
                TestVillage.plot("b1", .building, x: 40, y: 36, width: 100, height: 80),
            ], permits: [], households: [])
    }

    static func camera(_ id: String, reference: String? = nil) -> Camera {
        Camera(
            id: id, name: id, files: "\(id)/**/*.jpg", timestamp: .automatic, reference: reference, ignore: [],
            ground: [])
    }

    static func plot(
        _ id: String, _ kind: Plot.Kind, crop: String? = nil, x: Double, y: Double, width: Double, height: Double,
        valid: DayRange = DayRange()
    ) -> Plot {
        Plot(
            id: id, camera: "cam", kind: kind, crop: crop, household: "h01",
            shape: .polygon([SIMD2(x, y), SIMD2(x + width, y), SIMD2(x + width, y + height), SIMD2(x, y + height)]),
            valid: valid)
    }

    // MARK: Pictures

    /// `cam/cam_2024_05_01_120000.jpg`.
    static func path(day: Int, hour: Int, camera: String = "cam") -> String {
        String(format: "%@/%@_2024_05_%02d_%02d0000.jpg", camera, camera, day, hour)
    }

    static func picture(_ scene: Scene = Scene(), _ moment: Scene.Moment = .init()) throws -> [UInt8] {
        try Encoder.jpeg(scene.picture(moment), quality: 92)
    }

    @discardableResult
    func write(_ bytes: [UInt8], to path: String, modified: Date = Date(timeIntervalSince1970: 1_717_000_000)) throws
        -> String
    {
        try folder.write(bytes, to: "archive/" + path)
        try FileManager.default.setAttributes([.modificationDate: modified], ofItemAtPath: archive + "/" + path)
        return path
    }

    /// Two pictures a day from 1 May on, with a roof from the seventh day, a dark, a foggy and a damaged picture among
    /// them.
    @discardableResult
    func addSeason(days: Int = 14, camera: String = "cam") throws -> [String] {
        var paths: [String] = []
        for number in 0..<2 * days {
            var moment = Scene.Moment(noiseSeed: UInt64(number + 1))
            moment.exposure = [1, 0.9, 1.05, 0.85][number % 4]
            if number >= 12 { moment.things = [Scene.Thing(TestVillage.box, .blueRoof)] }
            if number == 5 { moment.exposure = 0.05 }
            var bytes = try TestVillage.picture(scene, moment)
            if number == 8 { bytes = Array(bytes.prefix(bytes.count / 2)) }
            if number == 10 { bytes = [] }
            paths.append(
                try write(
                    bytes, to: TestVillage.path(day: 1 + number / 2, hour: number % 2 == 0 ? 10 : 15, camera: camera)))
        }
        return paths
    }

    // MARK: Running

    @discardableResult
    func run(
        jobs: Int = 1, now: Date = TestVillage.now, models: Models? = nil, engineFolders: [String] = [],
        isCancelled: @escaping @Sendable () -> Bool = { false },
        events: @escaping @Sendable (RunEvent) -> Void = { _ in }
    ) async throws -> RunSummary {
        let store = try Store(path: site.store, access: .write)
        let run = try SiteRun(
            site: site, store: store, models: try models ?? TestVillage.models.get(), kernels: .best,
            options: .init(jobs: jobs, engineFolders: engineFolders), now: now)
        return try await run(isCancelled: isCancelled, events: events)
    }

    func dump() throws -> [String] { try StoreDump.rows(of: site.store) }

    /// What a run into a store of its own leaves there.
    func dump(jobs: Int) async throws -> [String] {
        try forget()
        try await run(jobs: jobs)
        return try dump()
    }

    /// Expects each of the quantities to be absent for a reason that names this.
    static func expectAbsent(
        _ quantities: [Quantity], in reading: Reading, naming word: String, at place: SourceLocation = #_sourceLocation
    ) {
        for quantity in quantities {
            guard case .absent(let reason)? = reading.values[quantity] else {
                Issue.record("\(quantity) of \(reading.capture)", sourceLocation: place)
                continue
            }
            #expect(reason.contains(word), sourceLocation: place)
        }
    }

    func store() throws -> Store { try Store(path: site.store, access: .read) }

    /// Forgets everything that a run has made.
    func forget() throws {
        for name in ["plotwatch.sqlite", "plotwatch.sqlite-wal", "plotwatch.sqlite-shm", "plotwatch.evidence"] {
            try? FileManager.default.removeItem(atPath: folder.url.path + "/" + name)
        }
    }
}

/// Counts from any thread.
final class Counter: @unchecked Sendable {
    private let lock = NSLock()
    private var count = 0

    func next() -> Int {
        lock.lock()
        defer { lock.unlock() }
        count += 1
        return count
    }
}
