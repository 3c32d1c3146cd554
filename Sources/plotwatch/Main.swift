import ArgumentParser
import Decoding
import Foundation

@main
struct Main {
    static func main() async {
        PictureMemory.keep()
        Console.ignoreBrokenPipes()
        let status: ExitStatus
        do {
            var command = try PlotWatch.parseAsRoot(CaseCommand.reordered(Array(CommandLine.arguments.dropFirst())))
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            status = .done
        } catch {
            status = Failures.report(error)
        }
        Console.flush()
        exit(Console.lostOutput(after: status).rawValue)
    }
}

struct PlotWatch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plotwatch",
        abstract:
            "Watches the plots of a village in its camera snapshots: growth, advice, unauthorized building. 看护村里每一块地。",
        discussion: HelpText.discussion(
            examples: [
                "plotwatch init /pictures     # finds the cameras, writes site.yaml 找摄像头",
                "plotwatch check /pictures    # is the file right, are the cameras well? 查错",
                "plotwatch run /pictures      # reads what is new; safe to stop 只读新照片",
                "plotwatch report /pictures --out report    # 报告",
            ]),
        version: Tool.version,
        subcommands: [
            InitCommand.self, CheckCommand.self, RunCommand.self, InspectCommand.self, FlagsCommand.self,
            DecideCommand.self, AdviceCommand.self, ReadingsCommand.self, PhenoCamCommand.self, PatrolCommand.self,
            ReportCommand.self,
            ReviewCommand.self, CompareCommand.self, GradeCommand.self, CompositeCommand.self, CaseCommand.self,
            EvidenceCommand.self,
            VerifyCommand.self, PointsCommand.self, PushCommand.self, SummaryCommand.self, StoreCommand.self,
        ])
}

/// In this module the word is the command line's; a village's flag is `Village.Flag`.
typealias Flag = ArgumentParser.Flag

enum Tool {
    static let version = "0.1.0"
    static let name = "plotwatch \(version)"
}
