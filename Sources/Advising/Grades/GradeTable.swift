import ConfigurationFiles
import Foundation
import Village

/// Classes of a fruit by its looks: one file of `models/grades`.
///
/// - Note: A picture shows the visible side; it is a first grading by appearance, never the standard's whole verdict.
public struct GradeTable: Sendable, Equatable {
    /// Which width of the visible outline counts as the diameter.
    public enum Width: String, Sendable, CaseIterable { case widest, narrowest }

    /// What a class may ask for.
    public enum Ask: String, Sendable, CaseIterable { case diameter, colour, spots, blemish }

    /// Where a fruit belongs.
    public enum Grade: Sendable, Equatable {
        case grade(GradeClass)
        /// It meets no class; what it fails in the last one.
        case none([Ask])
        /// What the classes ask for was not measured.
        case unknown
    }

    public var id: String
    public var name: Bilingual
    public var source: Bilingual
    /// What the standard asks for and no picture shows.
    public var notSeen: Bilingual
    public var width: Width
    /// Hues of ripe skin, degrees; beyond 360 it goes on through red.
    public var ripe: ClosedRange<Double>
    /// Best first.
    public var classes: [GradeClass]

    public init(
        id: String, name: Bilingual, source: Bilingual, notSeen: Bilingual, width: Width, ripe: ClosedRange<Double>,
        classes: [GradeClass]
    ) {
        self.id = id
        self.name = name
        self.source = source
        self.notSeen = notSeen
        self.width = width
        self.ripe = ripe
        self.classes = classes
    }

    /// The first class whose every demand the fruit meets.
    public func grade(of fruit: FruitFigures) -> Grade {
        var last: [Ask] = []
        for entry in classes {
            guard let failed = entry.failures(of: fruit, width: width) else { return .unknown }
            if failed.isEmpty { return .grade(entry) }
            last = failed
        }
        return .none(last)
    }

    /// The tables' names: files `NAME.yaml` of the folders' `grades`, the later folder winning.
    public static func names(in models: ModelFolder) -> [String] {
        let folders = [models.folder] + (models.own.map { [$0] } ?? [])
        let files = folders.flatMap { (try? FileManager.default.contentsOfDirectory(atPath: $0 + "/grades")) ?? [] }
        return Set(files.filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }.map { String($0.dropLast(5)) }).sorted()
    }

    /// - Throws: every fault of the file at once.
    public static func load(_ name: String, from models: ModelFolder) throws(ConfigurationError) -> GradeTable {
        try load(path: models.path("grades/\(name).yaml"))
    }

    public static func load(path: String) throws(ConfigurationError) -> GradeTable {
        try table(in: Document(path: path))
    }

    /// - Throws: every fault of the document at once.
    public static func table(in document: Document) throws(ConfigurationError) -> GradeTable {
        try GradeFile.table(in: document)
    }
}
