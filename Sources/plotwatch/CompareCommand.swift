import ArgumentParser
import Decoding
import Detection
import Files
import Foundation
import Inspection
import Pixels
import Reporting
import Village

struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Compare two pictures of one place: what was built or taken away? 比较两张照片。",
        discussion: HelpText.discussion(
            """
            AFTER is brought into the frame of BEFORE; light, season and plant growth are explained away. The mask is an 8-bit PNG \
            of the size of BEFORE, 255 where something changed. Pictures of different places give an empty mask.

            With --purpose cleanup the two are photographs of a swept yard or road: the same place, another time, not one \
            photograph used twice, cleaner? `plotwatch points` books the points for it.
            """,
            examples: [
                "plotwatch compare april.jpg may.jpg",
                "plotwatch compare april.jpg may.jpg --mask changed.png --json",
                "plotwatch compare before.jpg after.jpg --purpose cleanup",
                "plotwatch compare 1.jpg 2.jpg --polygon \"120,300 640,280 700,520 90,540\"",
            ], statuses: [.done, .couldNotRun, .usage, .someUnusable]))

    @Argument(help: ArgumentHelp("The earlier picture.", valueName: "before"))
    var before: String
    @Argument(help: ArgumentHelp("The later picture.", valueName: "after"))
    var after: String
    @Option(help: ArgumentHelp("Write the change mask to this PNG.", valueName: "png"))
    var mask: String?
    @Option(
        help: ArgumentHelp(
            "Only what lies inside counts: corners in pixels of the earlier picture.", valueName: "x,y x,y …"))
    var polygon: String?
    @Option(help: ArgumentHelp("What is looked for: change or cleanup.", valueName: "purpose"))
    var purpose: Purpose = .change
    @Option(help: .hidden)
    var measures: String?
    @OptionGroup var language: LanguageOption
    @OptionGroup var output: JSONOption

    enum Purpose: String, CaseIterable, ExpressibleByArgument { case change, cleanup }

    func validate() throws {
        if purpose == .cleanup, mask != nil || polygon != nil {
            throw ValidationError("--mask and --polygon go with --purpose change.")
        }
    }

    func run() throws {
        if purpose == .cleanup { return try cleanup() }
        let outline = try polygon.map { try CompareCommand.outline($0, option: "--polygon") }
        let comparison = try PairComparison(
            before: before, after: after, inside: outline, models: Machine.modelsFolder(), kernels: Machine.kernels())
        if let mask { try WholeFile.write(Encoder.png(comparison.change.mask), to: mask) }
        if let measures { try WholeFile.write(try RegionSamples.document(of: comparison.change), to: measures) }
        let result = Reporting.ComparisonResult(comparison.change)
        if output.json {
            Console.print(JSONDocuments.compare(result))
        } else {
            Console.print(try language.forms().compare(result))
        }
        for warning in comparison.warnings { Console.say("plotwatch: \(warning)") }
        if !comparison.warnings.isEmpty { throw ExitStatus.someUnusable }
    }

    private func cleanup() throws {
        let parameters = try CleanupPair.parameters(models: Machine.modelsFolder())
        let pair = try CleanupPair(
            before: before, after: after, hashes: nil, known: [], pair: parameters.pair, parameters: parameters.cleanup)
        let view = CleanupView(rows: [
            .init(pair: .init(household: "", before: before, after: after), result: pair, proposal: nil, points: nil)
        ])
        Console.print(output.json ? view.json() : view.text(language: language.language))
        for warning in pair.warnings { Console.say("plotwatch: \(warning)") }
        if !pair.warnings.isEmpty { throw ExitStatus.someUnusable }
    }

    /// `"x,y x,y …"`, three corners or more.
    static func outline(_ text: String, option: String) throws -> Polygon {
        let corners = try text.split(whereSeparator: \.isWhitespace).map { corner -> SIMD2<Double> in
            let numbers = corner.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
            guard numbers.count == 2, let x = numbers[0], let y = numbers[1], x.isFinite, y.isFinite, abs(x) < 1e6,
                abs(y) < 1e6
            else {
                throw Problem(
                    zh: "\(option)：“\(corner)”不是一个角；请写 x,y（像素），例如 120,300",
                    en: "\(option): \"\(corner)\" is no corner; write x,y in pixels, such as 120,300",
                    status: .usage)
            }
            return SIMD2(x, y)
        }
        guard corners.count >= 3 else {
            throw Problem(
                zh: "\(option) 至少要三个角，例如 \"0,0 640,0 640,480\"",
                en: "\(option) needs three corners or more, such as \"0,0 640,0 640,480\"", status: .usage)
        }
        return Polygon(corners)
    }

}

extension Reporting.ComparisonResult {
    init(_ change: PairChange) {
        let alignment = change.alignment
        self.init(
            samePlace: alignment.samePlace,
            alignment: alignment.model.flatMap { Alignment.Model(rawValue: $0.rawValue) }.map {
                Alignment(
                    model: $0, inliers: alignment.inliers, errorInPixels: alignment.errorInPixels,
                    matrix: (alignment.homography ?? .identity).matrix)
            },
            changedShare: change.changedShare,
            regions: change.regions.map { region in
                ChangedRegion(
                    box: [region.box.x, region.box.y, region.box.width, region.box.height],
                    polygon: region.polygon.vertices, areaInPixels: region.areaInPixels, kind: region.kind.rawValue,
                    confidence: region.confidence)
            },
            reason: alignment.reason)
    }
}
