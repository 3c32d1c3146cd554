import Advising
import ArgumentParser
import ConfigurationFiles
import Decoding
import Detection
import Files
import Foundation
import Inspection
import Reporting
import Village

struct GradeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grade", abstract: "Grade fruit by its looks: diameter, colour, spots, class. 果品外观初分。",
        discussion: HelpText.discussion(
            """
            One layer of fruit on a plain ground or belt, seen from above; fruit may touch. Millimetres come from a marker \
            that lies flat beside the fruit, a black square printed on white or a coin, or from --pixels-per-mm, which then \
            holds at the fruit. The visible side only: a first grading by appearance. Classes are tables in models/grades, \
            to be edited.
            """,
            examples: [
                "plotwatch grade tray1.jpg tray2.jpg --marker square:40",
                "plotwatch grade tray.jpg --marker coin:25 --table gbt21488-navel",
                "plotwatch grade belt/*.jpg --pixels-per-mm 3.2 --csv lot.csv",
                "plotwatch grade tray.jpg --marker square:40 --overlay seen --json",
                "plotwatch grade --tables    # which tables there are",
            ], statuses: [.done, .couldNotRun, .usage, .someUnusable]))

    @Argument(help: ArgumentHelp("The pictures of one lot.", valueName: "pictures"))
    var pictures: [String] = []
    @Option(help: ArgumentHelp("A table of models/grades, or a YAML file.", valueName: "name"))
    var table = "danling-qingjian"
    @Option(
        help: ArgumentHelp(
            "What lies beside the fruit: square:MM (its side) or coin:MM (its diameter).", valueName: "marker"))
    var marker: String?
    @Option(
        name: .customLong("pixels-per-mm"),
        help: ArgumentHelp("Pixels of a millimetre at the fruit.", valueName: "number"))
    var pixelsPerMillimetre: Double?
    @Option(
        help: ArgumentHelp(
            "Millimetres from the lens to the ground; left out: from the marker and the focal length in the file.",
            valueName: "mm"))
    var cameraHeight: Double?
    @Option(
        help: ArgumentHelp("Write each picture with outlines, numbers and spots into this folder.", valueName: "folder")
    )
    var overlay: String?
    @Option(help: ArgumentHelp("Write a line for each fruit to this CSV file.", valueName: "path"))
    var csv: String?
    @Option(help: ArgumentHelp("Folder with tables of your own in its grades/.", valueName: "folder"))
    var models: String?
    @Flag(help: "List the tables.")
    var tables = false
    @OptionGroup var language: LanguageOption
    @OptionGroup var output: JSONOption

    func validate() throws {
        if !tables, pictures.isEmpty { throw ValidationError("Name the pictures, or --tables.") }
        if marker != nil, pixelsPerMillimetre != nil {
            throw ValidationError("Give --marker or --pixels-per-mm, not both.")
        }
        let densities = FruitSettings.Scale.densities, heights = FruitSettings.cameraHeights
        if let pixelsPerMillimetre, !densities.contains(pixelsPerMillimetre) {
            throw ValidationError("--pixels-per-mm must be from \(densities.lowerBound) to \(densities.upperBound).")
        }
        if let cameraHeight, !heights.contains(cameraHeight) {
            throw ValidationError("--camera-height must be from 100 to 20000 millimetres.")
        }
        _ = try source()
    }

    private func source() throws -> FruitSurvey.Source? {
        if let pixelsPerMillimetre { return .pixelsPerMillimetre(pixelsPerMillimetre) }
        guard let marker else { return nil }
        guard let scale = FruitSettings.Scale(marker: marker) else {
            throw ValidationError("--marker \(marker): write square:40 or coin:25, from 5 to 500 millimetres.")
        }
        return FruitSurvey.Source(scale)
    }

    func run() throws {
        let folder = try Machine.modelsFolder()
        let files = ModelFolder(folder: folder, own: models)
        if tables { return try list(files) }
        let chosen = try table.hasSuffix(".yaml") ? GradeTable.load(path: table) : named(table, in: files)
        let parameters = try FruitGrading.parameters(models: folder)
        if let overlay { try FileManager.default.createDirectory(atPath: overlay, withIntermediateDirectories: true) }
        var done: [FruitResult.Picture] = []
        var isPartial = false
        var used: Set<String> = []
        for path in pictures {
            do {
                let grading = try FruitGrading(
                    path: path, source: source(), cameraHeight: cameraHeight, table: chosen, parameters: parameters)
                var written: String?
                if let overlay {
                    let name = GradeCommand.freeName(for: path, used: &used)
                    try WholeFile.write(Encoder.jpeg(grading.overlay(), quality: 90), to: overlay + "/" + name)
                    written = overlay + "/" + name
                }
                if grading.survey.scale == nil, try source() != nil { isPartial = true }
                done.append(FruitResult.Picture(grading, overlay: written))
            } catch let failure as InspectionFailure {
                Console.say(failure.lines)
                isPartial = true
            }
        }
        guard !done.isEmpty else { throw Problem(zh: "没有一张照片能用", en: "none of the pictures could be used") }
        let result = FruitResult(chosen, pictures: done)
        if let csv { try WholeFile.write(CSVDocuments.fruit(result, language: language.language).utf8, to: csv) }
        Console.print(output.json ? JSONDocuments.fruit(result) : try language.forms().fruit(result))
        if isPartial { throw ExitStatus.someUnusable }
    }

    private func named(_ name: String, in files: ModelFolder) throws -> GradeTable {
        let names = GradeTable.names(in: files)
        guard names.contains(name) else {
            throw Problem.missing(.init(zh: "分级表", en: "table"), name, among: names)
        }
        return try GradeTable.load(name, from: files)
    }

    /// The picture's name with `.jpg`, with a number where two pictures have one name.
    private static func freeName(for path: String, used: inout Set<String>) -> String {
        let base = ((path as NSString).lastPathComponent as NSString).deletingPathExtension
        var name = base + ".jpg", count = 2
        while !used.insert(name).inserted {
            name = "\(base)-\(count).jpg"
            count += 1
        }
        return name
    }

    private func list(_ files: ModelFolder) throws {
        let all = try GradeTable.names(in: files).map { try GradeTable.load($0, from: files) }
        guard output.json else {
            for table in all {
                let classes = table.classes.map { $0.name.text(in: language.language) }.joined(separator: " · ")
                Console.print("\(table.id)  \(table.name.text(in: language.language))  \(classes)")
            }
            return
        }
        func words(_ text: Bilingual) -> JSONValue {
            .object([.init("zh", .text(text.zh)), .init("en", .text(text.en))])
        }
        let value = JSONValue.object([
            .init("plotwatch", .text(JSONDocuments.version)), .init("kind", .text("gradeTables")),
            .init(
                "tables",
                .list(
                    all.map { table in
                        .object([
                            .init("table", .text(table.id)), .init("name", words(table.name)),
                            .init("source", words(table.source)), .init("width", .text(table.width.rawValue)),
                            .init(
                                "classes",
                                .list(
                                    table.classes.map { entry in
                                        .object([
                                            .init("class", .text(entry.id)), .init("name", words(entry.name)),
                                            .init("diameterFrom", .number(entry.diameter?.lowerBound, decimals: 2)),
                                            .init("diameterUntil", .number(entry.diameter?.upperBound, decimals: 2)),
                                            .init("colourShare", .number(entry.colourShare, decimals: 3)),
                                            .init("spotCount", .integer(entry.spotCount)),
                                            .init("spotDiameter", .number(entry.spotDiameter, decimals: 2)),
                                            .init("blemishTotal", .number(entry.blemishTotal, decimals: 1)),
                                            .init("blemishLargest", .number(entry.blemishLargest, decimals: 1)),
                                        ])
                                    })),
                        ])
                    })),
        ])
        Console.print(value.compact)
    }
}
