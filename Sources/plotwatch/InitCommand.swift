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
        abstract: "Look at a folder of pictures, find its cameras, write a commented site.yaml to edit. 写村庄文件。",
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
                zh: "--timezone \(timezone)：请写时区名，例如 Asia/Shanghai，或 +08:00",
                en: "--timezone \(timezone): write a name such as Asia/Shanghai or an offset such as +08:00",
                status: .usage)
        }
        let path = URL(fileURLWithPath: folder).standardizedFileURL.path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
            throw Problem(
                zh: "\(folder) 不是文件夹：请写放照片的文件夹", en: "\(folder) is no folder: name the folder that holds the pictures",
                status: .usage)
        }
        let target = path + "/site.yaml"
        guard dryRun || !FileManager.default.fileExists(atPath: target) else {
            throw Problem(
                zh: "\(target) 已经有了，没有动它：请直接改，或先移走", en: "\(target) exists and is left alone: edit it, or move it away")
        }
        let models = try Models(folder: Machine.modelsFolder(), own: nil)
        let health = SceneHealth(parameters: models.sceneHealth)
        let survey = SiteSurvey(archive: path, clock: clock, now: Machine.now, health: health)
        for problem in survey.problems { Console.say("\(problem.path): \(problem.reason); \(problem.remedy)") }
        guard !survey.cameras.isEmpty else {
            throw Problem(zh: "\(folder) 里没有 JPEG 或 PNG 照片", en: "\(folder) holds no JPEG or PNG pictures")
        }
        let name = (path as NSString).lastPathComponent
        let draft = SiteDraft(
            id: name, name: name, timeZone: timezone, archive: ".", cameras: survey.cameras, crops: crops(models))
        if dryRun {
            Console.emit(draft.text())
            return
        }
        let sink = try Sink(path: target)
        try sink.write(draft.text())
        try sink.close()
        for camera in survey.cameras {
            Console.say(
                Bilingual(
                    zh: "摄像头 \(camera.id)：\(camera.pictureCount) 张，时间来自\(camera.timeRule?.zh ?? "？")",
                    en: "\(camera.id): \(camera.pictureCount) pictures, time from \(camera.timeRule?.en ?? "?")"))
        }
        Console.say(
            Bilingual(
                zh: "请打开 \(target)，按注释改好，再运行 plotwatch check \(folder)",
                en: "edit \(target) by its comments, then run plotwatch check \(folder)"))
        Console.print(output.json ? document(target, cameras: survey.cameras, clock: clock).compact : target)
    }

    private func crops(_ models: Models) -> String {
        models.crops.crops.values.sorted { $0.id < $1.id }.map { "\($0.id) \($0.names.zh)" }.joined(separator: ", ")
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
