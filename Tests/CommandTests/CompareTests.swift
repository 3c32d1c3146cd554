import Decoding
import Foundation
import Pixels
import TestKit
import Testing

@Suite struct CompareTests {
    static func write(_ picture: RGBImage, to path: String) throws {
        try Data(Encoder.png(picture)).write(to: URL(fileURLWithPath: path))
    }

    /// The matrix leads from the points of the first picture to those of the second, not back.
    @Test func theMatrixLeadsFromBeforeToAfter() throws {
        let village = try VillageFolder(pictures: 0)
        let scene = Scene(size: Size(width: 480, height: 360))
        var moment = Scene.Moment()
        moment.shift = (11, -6)
        let before = scene.picture(), after = scene.picture(moment)
        try Self.write(before, to: village.path + "/1.png")
        try Self.write(after, to: village.path + "/2.png")
        let result = try Command.run("compare", village.path + "/1.png", village.path + "/2.png", "--json")
        #expect(result.status == 0, "\(result)")
        let document = try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any]
        let alignment = try #require(document?["alignment"] as? [String: Any])
        let matrix = try #require(alignment["matrix"] as? [[Double]])
        var error = 0, count = 0
        for y in stride(from: 30, to: 330, by: 3) {
            for x in stride(from: 30, to: 450, by: 3) {
                let there = (0..<3).map { matrix[$0][0] * Double(x) + matrix[$0][1] * Double(y) + matrix[$0][2] }
                let i = 3 * (y * before.width + x)
                let j = 3 * (Int((there[1] / there[2]).rounded()) * after.width + Int((there[0] / there[2]).rounded()))
                error += abs(Int(before.bytes[i + 1]) - Int(after.bytes[j + 1]))
                count += 1
            }
        }
        #expect(Double(error) / Double(count) < 4, "mean difference \(Double(error) / Double(count))")
    }

    /// Nothing is written where a picture is none, and the message names it.
    @Test func whatIsNoPicture() throws {
        let village = try VillageFolder(pictures: 0)
        try Self.write(Scene(size: Size(width: 240, height: 180)).picture(), to: village.path + "/1.png")
        try Data("not a picture".utf8).write(to: URL(fileURLWithPath: village.path + "/2.jpg"))
        let before = village.contents
        for other in ["/2.jpg", "/3.jpg", ""] {
            let result = try Command.run(
                "compare", village.path + "/1.png", village.path + other, "--mask", village.path + "/mask.png")
            #expect(result.status != 0 && result.out.isEmpty && !result.err.isEmpty, "\(result)")
            #expect(village.contents == before)
        }
    }
}
