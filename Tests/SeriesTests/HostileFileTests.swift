import Foundation
import Testing
import Village

@testable import Series

/// Files that state what cannot be: refused in words, never a crash and never hours of work.
@Suite struct HostileFileTests {
    private func summary(_ header: String, _ rows: String) throws(PhenoCamSource.ConversionError) -> PhenoCamSource {
        try PhenoCamSource("# Site: test\n\(header)\ndate,image_count,gcc_90\n\(rows)\n")
    }

    @Test(arguments: [
        "UTC Offset: 1e300", "UTC Offset: inf", "UTC Offset: nan", "UTC Offset: -19", "UTC Offset: east",
        "Aggregation Period: 0", "Aggregation Period: -3", "Aggregation Period: 9223372036854775807", "Lat: 91",
        "Lon: -1e99", "Elev: nan",
    ])
    func anImpossibleHeaderIsNamed(line: String) {
        let parts = line.split(separator: ":").map { $0.trimmingCharacters(in: .whitespaces) }
        #expect(throws: PhenoCamSource.ConversionError.unreadable(.unreadableHeader(name: parts[0], text: parts[1]))) {
            try summary("# \(line)", "2024-01-01,1,0.4")
        }
    }

    @Test(arguments: ["UTC Offset: None", "UTC Offset:", "Aggregation Period: NA", "Lat: -9"])
    func whatIsNotStatedIsNoFault(line: String) throws {
        let source = try summary("# \(line)", "2024-01-01,1,0.4")
        #expect(source.utcOffset == 0 && source.stepInDays == 3 && source.location == nil)
    }

    /// Four values and a slip in a year would else be a course of three million days.
    @Test(arguments: ["0001-01-01", "9999-12-31", "1949-12-31", "2101-01-01"]) func aYearFarAwayIsRefused(day: String)
        throws
    {
        let source = try summary("#", "2024-01-01,1,0.4\n2024-01-04,1,0.4\n2024-01-07,1,0.41\n\(day),1,0.4")
        #expect(
            throws: PhenoCamSource.ConversionError.unreadable(.unreadableField(line: 7, column: "date", text: day))
        ) { try source.seasons() }
    }

    /// Twelve rows and a slip of sixty years would else be a course of 22,000 days that is searched for changes.
    @Test func aFewRowsOverManyYearsAreNoSeries() throws {
        let days = (1...9).map { "2024-03-0\($0),1,0.4" } + ["2084-03-10,1,0.4", "2024-03-11,1,0.41"]
        let source = try summary("#", days.joined(separator: "\n"))
        let wrong = PhenoCamSource.ConversionError.scattered(
            first: Day("2024-03-01")!, last: Day("2084-03-10")!, rows: 11)
        #expect(throws: wrong) { try source.seasons() }
        #expect(wrong.message.contains("2084-03-10") && wrong.message.contains("correct the date"))
        // Rows two months apart are one, for as long as they go on.
        let seldom = (0..<60).map { "\(Day("2000-01-01")! + 61 * $0),1,0.4" }
        #expect(throws: Never.self) { try summary("#", seldom.joined(separator: "\n")).seasons() }
    }

    @Test(arguments: ["1e300", "-1e10", "inf", "-infinity", "0x1p99"]) func aNumberBeyondAllMeasureIsRefused(
        text: String
    ) throws {
        let source = try summary("#", "2024-01-01,1,\(text)")
        #expect(
            throws: PhenoCamSource.ConversionError.unreadable(.unreadableField(line: 4, column: "gcc_90", text: text))
        ) { try source.seasons() }
    }

    @Test func nanIsNoValue() throws {
        let table = try PhenoCamTable("a,r_g_correl\nnan,nan\n")
        #expect(try table.rows[0].number("a") == nil && table.rows[0].numberOrNaN("r_g_correl")?.isNaN == true)
    }
}
