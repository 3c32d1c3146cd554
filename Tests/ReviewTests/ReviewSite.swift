import Casework
import ConfigurationFiles
import Foundation
import Reporting
import Storage
import Synchronization
import TestKit
import Village

@testable import Review

/// A village with a store, pictures that say which they are, and a page served without a network.
final class ReviewSite {
    static let text = """
        # kept: first line
        site: daxi
        name: 大溪镇
        language: zh
        timezone: Asia/Shanghai
        archive: archive
        cameras:
          - {id: cam, name: 后山, files: "cam/**/*.jpg"}
          - {id: care, name: 屋内, files: "care/**/*.jpg"}
        plots:
          - id: p1          # kept: the orchard
            camera: cam
            kind: orchard
            polygon: [10,10, 60,10, 60,40, 10,40]   # kept: drawn by hand
          - {id: b1, camera: cam, kind: building, household: h01, polygon: [20,20, 80,20, 80,60]}
          - {id: r1, camera: care, kind: room, polygon: [0,0, 50,0, 50,50]}
        households:
          - {id: h01, name: "冉<script>alert(1)</script>家", village: "平地\\"坝'村"}
        """
    static let models = ModelFolder(
        folder: ProjectFiles.models, own: nil)
    static let start = Date(timeIntervalSince1970: 1_714_536_000)

    let folder: TemporaryFolder
    let store: Store
    let views: PaintedViews
    let clock = TestClock()
    let server: ReviewServer

    let siteFile: String
    var siteText: String { (try? String(contentsOfFile: siteFile, encoding: .utf8)) ?? "" }

    init(
        text: String = ReviewSite.text, flags: [Flag] = [], passphrase: String? = nil, listen: String = "127.0.0.1",
        hostNames: [String] = [], pageSize: Int = 50, hasGround: Bool = false, leaflet: Leaflet? = nil
    ) throws {
        folder = try TemporaryFolder()
        siteFile = folder.url.appending(path: "site.yaml").path
        try folder.write(Array(text.utf8), to: "site.yaml")
        for camera in ["cam", "care"] { try folder.write([], to: "archive/\(camera)/x.jpg") }
        store = try Store(path: folder.url.appending(path: "plotwatch.sqlite").path, access: .write)
        try store.commit(
            Batch(
                captures: ["cam", "care"].flatMap { camera in
                    (0..<20).map {
                        Capture(
                            camera: camera, path: "\(camera)/\($0).jpg",
                            at: Self.start.addingTimeInterval(Double($0) * 43_200), sizeInBytes: 9,
                            sha256: "\(camera)\($0)", width: 100, height: 80, shift: Shift(dx: 1, dy: -2, rotation: 0.5)
                        )
                    }
                }))
        if !flags.isEmpty { try store.replaceJudgements(flags: flags, advice: [Self.card]) }
        views = PaintedViews(siteFile: siteFile, hasGround: hasGround)
        let settings = try ReviewSettings(
            address: ListenAddress(listen), port: 8377, hostNames: hostNames,
            passphrase: passphrase.map { try PassphraseHash(of: $0, rounds: 1 << 10) }, inspector: "值班员",
            pageSize: pageSize, siteFile: siteFile, toolVersion: "0", leaflet: leaflet)
        let clock = clock
        server = try ReviewServer(
            settings: settings, store: store, views: views, rules: CaseworkRules.load(from: Self.models),
            now: { clock.now })
    }

    static func flag(
        _ number: Int, plot: String = "b1", camera: String = "cam", explanation: String = "新屋顶",
        status: Flag.Status = .unauthorized
    ) -> Flag {
        let seen = start.addingTimeInterval(Double(number) * 3600)
        return Flag(
            id: "\(camera)-\(number)", plot: plot, neighbours: [], camera: camera, household: "h01",
            kind: .construction, stage: .roof, status: status, permit: nil, firstSeen: seen,
            lastSeen: seen.addingTimeInterval(86_400), confirmedAt: seen.addingTimeInterval(7200),
            box: [20, 20, 30, 20],
            polygon: [SIMD2(20, 20), SIMD2(50, 20), SIMD2(50, 40)], areaInPixels: 600, areaInSquareMetres: nil,
            confidence: 0.8, evidence: .init(before: "a", after: "b", mask: "c"),
            explanation: Bilingual(zh: explanation, en: explanation), stages: [.init(stage: .roof, at: seen)])
    }

    static func flags(_ count: Int) -> [Flag] { (1...count).map { flag($0) } }

    private static let card = Advice(
        id: "a1", plot: "p1", household: nil, camera: "cam", crop: nil, kind: .anomaly, at: start, bbch: nil,
        title: Bilingual(zh: "<b>叶黄</b>", en: "<b>yellow</b>"), seen: Bilingual(zh: "看到", en: "seen"),
        action: Bilingual(zh: "去看", en: "look"), confidence: 0.5, source: "\"><script>", confirmedLocally: false,
        capture: nil)
}

/// A clock that tests turn.
final class TestClock: Sendable {
    private let seconds = Mutex(1_717_000_000.0)

    var now: Date { Date(timeIntervalSince1970: seconds.withLock { $0 }) }
    func advance(_ more: Double) { seconds.withLock { $0 += more } }
}

/// Pictures that are texts, so that a test sees which one was served.
final class PaintedViews: SiteViews {
    let siteFile: String
    let hasGround: Bool

    init(siteFile: String, hasGround: Bool) {
        self.siteFile = siteFile
        self.hasGround = hasGround
    }

    private func picture(_ text: String) -> Picture { Picture(bytes: Array(text.utf8), width: 100, height: 80) }

    func site() throws -> Site { try SiteFileReader.load(siteFile) }

    func summary(of plot: Plot, flags: [Flag], advice: [Advice]) throws -> PlotSummary {
        let series = (0..<10).map { day in
            DailyValues(
                day: Day(number: 19_844 + day), values: [.gcc: 0.4, .vegetationCover: 0.5], capture: "cam/\(day).jpg")
        }
        var outline = Outline()
        if case .polygon(let drawn) = plot.shape { outline = drawn }
        return PlotSummary(
            plot: plot, series: series,
            state: PlotSummary.State(of: plot, flags: flags, advice: advice, hasReadings: true), outline: outline)
    }

    func ground(of plot: Plot) throws -> Outline? {
        hasGround && plot.id != "r1" ? [SIMD2(0, 0), SIMD2(10, 0), SIMD2(10, 5.5)] : nil
    }

    func picture(of capture: Capture, width: Int?) throws -> Picture? {
        picture("capture \(capture.path) \(width.map(String.init) ?? "whole")")
    }

    func reference(of camera: String) throws -> Picture? { picture("reference \(camera)") }

    func evidence(_ part: EvidencePicture, of flag: Flag) throws -> Picture? {
        flag.plot == "p1" ? nil : picture("evidence \(flag.id) \(part.rawValue)")
    }

    func originals(of flag: Flag) throws -> (before: String?, after: String?) { ("cam/0.jpg", "cam/19.jpg") }
}
