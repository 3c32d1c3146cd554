import ArgumentParser
import Decoding
import Files
import Foundation
import Inspection
import Reporting
import Village

struct CompositeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "composite",
        abstract: "Write the clean reference picture of a camera: no people, no vehicles. 干净底图。",
        discussion: HelpText.discussion(
            "The median of up to 31 usable captures, in the frame of the reference. Run `plotwatch run` before.",
            examples: [
                "plotwatch composite village --camera cam_market --out market.png",
                "plotwatch composite village --camera c1 --out may.png --since 2024-05-01",
            ], statuses: [.done, .couldNotRun, .usage]))

    @OptionGroup var siteArguments: SiteArguments
    @Option(help: ArgumentHelp("The camera.", valueName: "id"))
    var camera: String
    @Option(help: ArgumentHelp("The PNG file to write.", valueName: "path"))
    var out: String
    @OptionGroup var period: PeriodOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        let open = try OpenSite(siteArguments, access: .read)
        let camera = try open.site.asked(camera: camera)
        let (since, until) = try period.moments(open.clock)
        let clean = try CleanReference(
            camera: camera, site: open.site, store: open.store, since: since, until: until)
        try WholeFile.write(Encoder.png(clean.image), to: out)
        if output.json {
            let value = JSONValue.object([
                .init("plotwatch", .text(JSONDocuments.version)), .init("kind", .text("composite")),
                .init("camera", .text(camera.id)),
                .init("out", .text(out)), .init("captures", .integer(clean.captureCount)),
                .init("width", .integer(clean.image.width)),
                .init("height", .integer(clean.image.height)),
            ])
            Console.print(value.compact)
        } else {
            Console.say(Bilingual(zh: "用了 \(clean.captureCount) 张照片", en: "\(clean.captureCount) captures"))
            Console.print(out)
        }
    }
}
