import ArgumentParser
import ConfigurationFiles
import Detection
import Foundation
import Inspection
import Reporting
import Village

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Look at a folder of pictures, find its cameras, write a commented site.yaml to edit.",
        discussion: HelpText.discussion(
            "An existing site.yaml is left alone.",
            examples: ["plotwatch init /pictures", "plotwatch init /pictures --timezone Asia/Urumqi --dry-run"],
            statuses: [.done, .couldNotRun, .usage]))

    @Argument(help: ArgumentHelp("The folder of pictures.", valueName: "dir"))
    var folder: String
    @Option(help: "The time zone of the cameras' clocks.")
    var timezone = "Asia/Shanghai"
    @Flag(help: "Write the file to stdout and nowhere else.")
    var dryRun = false
    @OptionGroup var output: JSONOption

    func validate() throws {
        if dryRun, output.json { throw ValidationError("--dry-run writes the file itself: leave --json out") }
    }

    func run() throws {
        guard let clock = SiteClock(timeZone: timezone) else {
            throw Problem(
                message: "--timezone \(timezone): write a name such as Asia/Shanghai or an offset such as +08:00",
                status: .usage)
        }
        let path = URL(fileURLWithPath: folder).standardizedFileURL.path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
            throw Problem(message: "\(folder) is no folder: name the folder that holds the pictures", status: .usage)
        }
        let target = path + "/site.yaml"
        guard dryRun || !FileManager.default.fileExists(atPath: target) else {
            throw Problem(message: "\(target) exists and is left alone: edit it, or move it away")
        }
        let health = SceneHealth(parameters: try Models(folder: Machine.modelsFolder(), own: nil).sceneHealth)
        let survey = SiteSurvey(archive: path, clock: clock, now: Machine.now, health: health)
        for problem in survey.problems { Console.say("\(problem.path): \(problem.reason); \(problem.remedy)") }
        guard !survey.cameras.isEmpty else {
            throw Problem(message: "\(folder) holds no JPEG or PNG pictures")
        }
        let name = (path as NSString).lastPathComponent
        let draft = SiteDraft(id: name, name: name, timeZone: timezone, archive: ".", cameras: survey.cameras)
        if dryRun {
            Console.emit(draft.text())
            return
        }
        let sink = try Sink(path: target)
        try sink.write(draft.text())
        try sink.close()
        for camera in survey.cameras {
            Console.say("\(camera.id): \(camera.pictureCount) pictures, \(camera.timeRule ?? "no time found")")
        }
        Console.print(output.json ? document(target, cameras: survey.cameras, clock: clock).compact : target)
    }

    private func document(_ target: String, cameras: [FoundCamera], clock: SiteClock) -> JSONValue {
        let found = cameras.map { camera in
            JSONValue.object([
                .init("name", .text(camera.id)), .init("files", .text(camera.files)),
                .init("pictures", .integer(camera.pictureCount)),
                .init("first", camera.first.map { .text(clock.iso8601($0)) } ?? .null),
                .init("last", camera.last.map { .text(clock.iso8601($0)) } ?? .null),
                .init("reference", camera.sample.map { .text($0) } ?? .null),
            ])
        }
        return .object([
            .init("plotwatch", .text(JSONDocuments.version)), .init("kind", .text("init")),
            .init("site", .text(target)), .init("cameras", .list(found)),
        ])
    }
}
