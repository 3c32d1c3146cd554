import ConfigurationFiles
import Decoding
import Detection
import Foundation
import Pixels
import Village

/// Two photographs handed in as before and after a clean-up, with every check of them.
public struct CleanupPair: Sendable {
    public enum Verdict: String, Sendable, CaseIterable {
        /// Everything holds; a person approves.
        case proposed
        /// Something could not be told; a person looks closely.
        case unclear
        /// Something speaks against it.
        case refused
    }

    public struct Check: Sendable, Equatable {
        public enum Kind: String, Sendable, CaseIterable { case files, place, time, reuse, cleaner }
        public var kind: Kind
        /// `nil` where it could not be told.
        public var holds: Bool?
        public var text: Bilingual
    }

    /// A picture that was handed in before, as its print.
    public struct Known: Sendable {
        public var path: String
        public var household: String
        public var sha256: String
        public var print: CopyPrint

        public init(path: String, household: String, sha256: String, print: CopyPrint) {
            self.path = path
            self.household = household
            self.sha256 = sha256
            self.print = print
        }
    }

    public let comparison: CleanupComparison
    public let checks: [Check]
    public let warnings: [String]
    /// Of before and after.
    public let takenAt: [EXIF.DateTime?]
    /// Small grey pictures of before and after, to be kept.
    public let prints: [CopyPrint]
    public let files: [[UInt8]]

    public var verdict: Verdict {
        if checks.contains(where: { $0.holds == false }) { return .refused }
        return checks.contains { $0.holds == nil } ? .unclear : .proposed
    }

    /// - Parameters:
    ///   - known: every picture that was handed in before.
    ///   - hashes: lower-case hex of the two files.
    /// - Throws: `InspectionFailure` where a file gives no picture.
    public init(
        before: String, after: String, hashes: (String, String)?, known: [Known], pair: PairParameters,
        parameters: CleanupParameters
    ) throws(InspectionFailure) {
        let pictures = [try PictureFile(before), try PictureFile(after)]
        let comparison = CleanupComparison(
            before: pictures[0].image, after: pictures[1].image, pair: pair, parameters: parameters)
        self.comparison = comparison
        warnings = pictures.compactMap(\.warning)
        files = pictures.map(\.bytes)
        takenAt = pictures.map { $0.exif?.dateTimeOriginal ?? $0.exif?.dateTime }
        let prints = pictures.map { CleanupPair.copyPrint(of: $0.image, parameters) }
        self.prints = prints
        var checks: [Check] = []
        func add(_ kind: Check.Kind, _ holds: Bool?, _ zh: String, _ en: String) {
            checks.append(Check(kind: kind, holds: holds, text: Bilingual(zh: zh, en: en)))
        }
        if pictures[0].bytes == pictures[1].bytes {
            add(.files, false, "前后两张是同一个文件", "before and after are one and the same file")
        }
        CleanupPair.place(comparison, pictures, parameters, add)
        CleanupPair.time(takenAt, pictures, parameters, add)
        let limits = CopyPrint.Limits(parameters)
        if let share = comparison.copiedShare, share >= parameters.copyShare {
            add(
                .reuse, false, "后一张是前一张改出来的（\(Int(share * 100))%的画面是同一次拍摄）",
                "the later picture was made from the earlier (\(Int(share * 100)) % of it is one photograph)")
        } else {
            var found = false
            for (k, print) in prints.enumerated() {
                let mirrored = print.mirrored
                for old in known {
                    let isSame = hashes.map { (k == 0 ? $0.0 : $0.1) == old.sha256 } ?? false
                    let share =
                        isSame
                        ? 1
                        : [print, mirrored].compactMap { $0.sameness(with: old.print, parameters: limits) }.max() ?? 0
                    guard share >= parameters.copyShare else { continue }
                    found = true
                    let which = k == 0 ? Bilingual(zh: "前", en: "earlier") : Bilingual(zh: "后", en: "later")
                    add(
                        .reuse, false, "\(which.zh)一张以前交过：\(old.household)，\(old.path)",
                        "the \(which.en) picture was handed in before: \(old.household), \(old.path)")
                    break
                }
            }
            if !found { add(.reuse, true, "没有重复用图", "no picture was used before") }
        }
        CleanupPair.cleaner(comparison, parameters, add)
        self.checks = checks
    }

    /// What is kept of a picture.
    public static func copyPrint(of image: RGBImage, _ parameters: CleanupParameters) -> CopyPrint {
        let factor = max(1, image.width / (2 * parameters.copyColumns))
        let small = factor == 1 ? image : image.downscaled(by: factor)
        return CopyPrint(Plane(luminanceOf: small), columns: parameters.copyColumns)
    }

    private typealias Adder = (Check.Kind, Bool?, String, String) -> Void

    private static func place(
        _ comparison: CleanupComparison, _ pictures: [PictureFile], _ parameters: CleanupParameters, _ add: Adder
    ) {
        let places = pictures.map { $0.exif?.gps }
        if let first = places[0], let second = places[1] {
            let metres = GeoDistance.metres(
                latitude: first.latitude, longitude: first.longitude, latitude: second.latitude,
                longitude: second.longitude)
            if metres > parameters.mostMetres {
                add(
                    .place, false, "两张照片的定位相距\(Int(metres))米",
                    "the two positions lie \(Int(metres)) metres apart")
                return
            }
        }
        let share = comparison.agreeingShare.map { "\(Int($0 * 100))%" } ?? "–"
        switch comparison.samePlace {
        case true?: add(.place, true, "同一地点（\(share)的画面对得上）", "the same place (\(share) agrees)")
        case false?:
            add(
                .place, false, "不是同一地点（只有\(share)的画面对得上）",
                "not the same place (only \(share) agrees)")
        case nil: add(.place, nil, "看不出是不是同一地点", "it cannot be told whether it is the same place")
        }
    }

    private static func time(
        _ takenAt: [EXIF.DateTime?], _ pictures: [PictureFile], _ parameters: CleanupParameters, _ add: Adder
    ) {
        guard let first = takenAt[0], let second = takenAt[1] else {
            add(.time, nil, "照片没有写拍摄时间", "a picture does not say when it was taken")
            return
        }
        let minutes = (second.moment - first.moment) / 60
        if minutes <= 0 {
            add(.time, false, "后一张不比前一张晚", "the later picture is not later than the earlier")
        } else if minutes < parameters.leastMinutes {
            add(
                .time, false, "两张只隔\(Int(minutes))分钟", "only \(Int(minutes)) minutes lie between the two")
        } else if minutes > parameters.mostHours * 60 {
            add(
                .time, nil, "两张隔了\(Int(minutes / 60))小时，说不清是谁打扫的",
                "\(Int(minutes / 60)) hours lie between the two: who swept cannot be told")
        } else {
            add(.time, true, "隔了\(Int(minutes))分钟", "\(Int(minutes)) minutes lie between the two")
        }
    }

    private static func cleaner(_ comparison: CleanupComparison, _ parameters: CleanupParameters, _ add: Adder) {
        guard let isCleaner = comparison.isCleaner(parameters), let gone = comparison.removedShare,
            let came = comparison.addedShare
        else {
            add(.cleaner, nil, "没法比较干净程度", "which is cleaner could not be told")
            return
        }
        let figures = ("\((gone * 10000).rounded() / 100)%", "\((came * 10000).rounded() / 100)%")
        if isCleaner {
            add(
                .cleaner, true, "更干净：清走的占地面\(figures.0)，新出现的\(figures.1)",
                "cleaner: \(figures.0) of the ground was cleared, \(figures.1) is new")
        } else {
            add(
                .cleaner, false, "看不出更干净：清走的占地面\(figures.0)，新出现的\(figures.1)",
                "not seen to be cleaner: \(figures.0) of the ground was cleared, \(figures.1) is new")
        }
    }

    /// The thresholds of `models/`.
    public static func parameters(models: String) throws(ConfigurationError) -> (
        pair: PairParameters, cleanup: CleanupParameters
    ) {
        let compare = try ParameterFile.load(path: models + "/compare.yaml")
        let cleanup = try ParameterFile.load(path: models + "/cleanup.yaml")
        return (
            try PairParameters { (name) throws(ConfigurationError) in try compare.number(name) },
            try CleanupParameters { (name) throws(ConfigurationError) in try cleanup.number(name) }
        )
    }
}

extension EXIF.DateTime {
    /// Seconds of a calendar without a zone, for differences.
    var moment: Double {
        let days = Day(year: year, month: month, day: day)?.number ?? 0
        return Double(days) * 86_400 + Double(hour * 3600 + minute * 60 + second)
    }
}
