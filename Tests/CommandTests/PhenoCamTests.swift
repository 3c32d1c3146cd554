import Foundation
import TestKit
import Testing

@Suite struct PhenoCamCommandTests {
    /// A year of a forest in 3-day rows: green from day 120 to day 280.
    private static let summary = """
        #
        # 3-day summary product time series for forest
        #
        # Site: forest
        # Veg Type: DB
        # ROI ID Number: 0007
        # Aggregation Period: 3
        #
        date,gcc_90

        """
        + (0..<121).map { row -> String in
            let day = 2 + 3 * row
            let value = 0.35 + 0.1 / (1 + exp(-(Double(day) - 120) / 6)) - 0.1 / (1 + exp(-(Double(day) - 280) / 8))
            return "\(Self.date(dayOfYear: day)),\(String(format: "%.5f", value))\n"
        }.joined()

    private static func date(dayOfYear: Int) -> String {
        var left = dayOfYear, month = 1
        for length in [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
            if left <= length { break }
            left -= length
            month += 1
        }
        return String(format: "2015-%02d-%02d", month, left)
    }

    @Test func seasonDatesOfAFileWithoutASite() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Array(Self.summary.utf8), to: "forest_DB_0007_3day.csv").path
        let result = try Command.run("phenocam", file)
        let rows = result.out.split(separator: "\n").filter { $0.hasPrefix("forest,DB,0007,") }
        #expect(result.status == 0 && rows.count == 2, "\(result)")
        #expect(rows.first?.contains(",2015-04-") ?? false, "\(rows)")
        let json = try Command.run("phenocam", file, "--json").out
        let document = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
        #expect(document?["kind"] as? String == "season")
        let series = (document?["series"] as? [[String: Any]])?.first
        #expect(series?["course"] as? String == "seasonal" && (series?["transitions"] as? [Any])?.count == 2)
    }

    @Test func whatCannotBeDoneIsTold() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Array(Self.summary.utf8), to: "a.csv").path
        let summary = try Command.run("phenocam", file, "--to", "1day")
        #expect(summary.status == 1 && summary.err.contains("give the roistats file") && summary.out.isEmpty)
        for text in ["", "\u{0}\u{1}", "date,gcc_90\nyesterday,1\n", "date,other\n2015-01-01,1\n", "a\n1,2\n"] {
            let wrong = try folder.write(Array(text.utf8), to: "wrong.csv").path
            let result = try Command.run("phenocam", wrong)
            #expect(result.status == 1 && result.out.isEmpty && result.err.contains("wrong.csv"), "\(text): \(result)")
        }
        #expect(try Command.run("phenocam", folder.url.path + "/nothing.csv").status == 1)
    }
}
