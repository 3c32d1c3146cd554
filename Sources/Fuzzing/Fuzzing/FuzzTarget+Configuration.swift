import Advising
import ConfigurationFiles
import Detection
import Foundation
import Series

extension FuzzTarget {
    /// What YAML and the readers know by name.
    static let yamlWords = [
        "- ", ": ", "[", "]", "{", "}", "&a", "*a", "|", ">", "\"", "'", "#", "---", "!!", "? ", "\t", "<<: ",
        "polygon", "from", "until", "1e308", "-0", "0x7fffffffffffffff", ".inf", ".nan", "9223372036854775808",
        "2024-02-30", "null", "~", "true", "timezone", "files", "\u{FEFF}", "\u{85}",
    ]

    static func text(_ bytes: [UInt8]) -> String? { String(validating: bytes, as: UTF8.self) }

    /// A refusal says where and what; nothing is refused without words.
    static func check(_ error: ConfigurationError) {
        promise(!error.faults.isEmpty, "refused without a fault")
        promise(
            error.faults.allSatisfy { $0.line >= 1 && !$0.message.isEmpty && !$0.remedy.isEmpty }, "\(error.faults)")
    }

    /// A folder with what a site file names, so that reading goes on behind the paths.
    private static let folder: String = {
        let path = NSTemporaryDirectory() + "plotwatch-fuzz-\(ProcessInfo.processInfo.processIdentifier)"
        try? FileManager.default.createDirectory(atPath: path + "/archive", withIntermediateDirectories: true)
        return path
    }()

    static let site = FuzzTarget(name: "site", longest: 4096, words: yamlWords, seeds: { siteSeeds }) { bytes in
        guard let text = text(bytes) else { return false }
        do throws(ConfigurationError) {
            let site = try SiteFile.site(in: Document(text: text, file: folder + "/site.yaml"))
            promise(!site.id.isEmpty && !site.cameras.isEmpty, "a site without a name or a camera")
            promise(Set(site.cameras.map(\.id)).count == site.cameras.count, "two cameras of one name")
            for plot in site.plots { promise(site.camera(plot.camera) != nil, "a plot of no camera: \(plot.id)") }
        } catch {
            check(error)
        }
        return true
    }

    private static let siteSeeds: [[UInt8]] = [
        """
        site: daxi
        name: 大溪镇
        language: zh
        timezone: Asia/Shanghai
        location: {latitude: 28.84, longitude: 108.77, elevation: 520}
        archive: archive
        cameras:
          - id: c1
            files: "c1/**/*.jpg"
            timestamp: "{camera}_{yyyy}_{MM}_{dd}_{HH}{mm}{ss}"
            ignore: [[0,0, 480,0, 480,40, 0,40]]
            ground: [{pixel: [2,30], metres: [0,0]}, {pixel: [60,30], metres: [20,0]}, {pixel: [62,20], metres: [20,30]}, {pixel: [12,19], metres: [0,30]}]
        plots:
          - {id: p1, camera: c1, kind: orchard, crop: citrus, household: h1, polygon: [1,3, 64,2, 70,52], valid: {from: 2024-01-01}}
          - {id: b3, camera: c1, kind: building, polygon: [[10, 20], [200.5, 20], [200, 180]]}
          - {id: t1, camera: c1, kind: fruit, grades: generic, marker: "square:40", cameraHeight: 900, polygon: [1,3, 64,2, 70,52]}
        permits:
          - {plot: b3, number: "17", from: 2024-05-01, until: 2024-12-31, polygon: [10,20, 100,20, 100,90]}
        households:
          - {id: h1, name: 冉家, village: 平地坝村, group: 3}
        patrols: [{id: north, folder: flights, within: 30}]
        pairs: {folder: cleanup}
        """,
        """
        site: s
        timezone: "+08:00"
        archive: archive
        cameras: [{id: c1, files: "*.jpg"}]
        plots: [{id: r1, camera: c1, kind: room, polygon: [0,0, 9,0, 9,9]}, {id: l1, camera: c1, kind: livestock, polygon: [0,0, 9,0, 9,9]}]
        messages:
          quietHours: {from: "21:30", until: "07:00"}
        """,
    ].map { Array($0.utf8) }

    /// A crop file of its own, and one that extends another.
    static let crops = FuzzTarget(name: "crops", longest: 4096, words: yamlWords + cropWords, seeds: { cropSeeds }) {
        bytes in
        guard let text = text(bytes) else { return false }
        do throws(ConfigurationError) {
            let document = try Document(text: text, file: "fig.yaml")
            _ = try CropLibrary.crop(in: document, name: "fig")
        } catch {
            check(error)
        }
        guard let base = try? baseCrop.get() else { preconditionFailure("the crop to begin with is wrong") }
        do throws(ConfigurationError) {
            let document = try Document(text: text, file: "mine.yaml")
            _ = try CropLibrary.crop(in: document, name: "mine", extending: ["fig": base])
        } catch {
            check(error)
        }
        return true
    }

    private static let cropWords = [
        "windows", "04-01..05-10", "bbch", "60-69", "extends: fig", "after", "event", "days", "symptoms", "heat",
    ]

    private static let fig = """
        crop: fig
        names: {zh: 无花果, en: fig}
        habit: deciduous
        defaultRegion: sichuan
        regions:
          - {id: sichuan, zh: 四川, en: Sichuan, latitude: [28, 33], longitude: [103, 110]}
          - {id: north, zh: 北, en: north, latitude: [33, 40], longitude: [103, 110], shiftDays: 10}
        stages:
          - id: bloom
            bbch: 60-69
            zh: 开花
            en: bloom
            windows: {sichuan: 04-01..05-10}
            steady: false
            look: {zh: 白, en: white}
            source: "https://example.org"
            reliability: U
        work:
          - id: thinning
            stage: bloom
            windows: {sichuan: 05-10..06-01}
            title: {zh: 疏果, en: Thin the fruit}
            action: {zh: 疏果, en: Thin the fruit}
            source: "https://example.org"
            reliability: U
            confirmed: false
        """

    private static let baseCrop = Result { () throws(ConfigurationError) -> Crop in
        let found = try CropLibrary.crop(in: Document(text: fig, file: "fig.yaml"), name: "fig")
        guard let found else { preconditionFailure("no crop and no fault") }
        return found
    }

    private static let cropSeeds: [[UInt8]] = [
        fig, "extends: fig\ncrop: mine\nwork:\n  - {id: thinning, windows: {sichuan: 05-20..06-10}}\n",
    ].map { Array($0.utf8) }

    /// Parameters, and the weights of the plant model and the region model.
    static let models = FuzzTarget(
        name: "models", longest: 4096,
        words: yamlWords + ["value", "unit", "range", "source", "sizes", "weights", "biases"], seeds: { modelSeeds }
    ) { bytes in
        guard let text = text(bytes) else { return false }
        do throws(ConfigurationError) {
            let parameters = try ParameterFile.parameters(in: Document(text: text, file: "parameters.yaml"))
            for (name, entry) in parameters.entries { promise(entry.value.isFinite, "\(name) is \(entry.value)") }
        } catch {
            check(error)
        }
        do throws(PlantModelFault) { _ = try PlantModel(text: text) } catch {
            promise(!error.message.isEmpty, "refused without words")
        }
        do throws(PlantModelFault) { _ = try RegionModel(text: text) } catch {
            promise(!error.message.isEmpty, "refused without words")
        }
        return true
    }

    private static let modelSeeds: [[UInt8]] = [
        "growth:\n  cover: {value: 0.5, unit: share, range: [0, 1], source: measured}\n  days: 3\n",
        "# card\nsizes 29 1 5\nmean" + String(repeating: " 0.5", count: 29) + "\nscale"
            + String(repeating: " 1", count: 29) + "\nweights" + String(repeating: " -1", count: 29)
            + "\nbiases 0\nweights 1 2 3 4 5\nbiases 0 0 0 0 0\n",
        "sizes 44 11\nmean" + String(repeating: " 0", count: 44) + "\nscale" + String(repeating: " 1", count: 44)
            + "\nweights" + String(repeating: " 2", count: 484) + "\nbiases" + String(repeating: " 0", count: 11)
            + "\n",
    ].map { Array($0.utf8) }
}
