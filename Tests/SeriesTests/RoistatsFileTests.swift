import Foundation
import Testing
import Village

@testable import Series

@Suite struct RoistatsFileTests {
    static let channel = ChannelStatistics(
        mean: 48.823285, deviation: 20.5, quantiles: [20.5, 21.5, 30, 45, 60, 80.25, 95])
    static let statistics = ColorStatistics(
        red: channel, green: ChannelStatistics(mean: 69.228936, deviation: 21, quantiles: [1, 2, 3, 4, 5, 6, 7]),
        blue: ChannelStatistics(mean: 42.84936, deviation: 0, quantiles: [9, 9, 9, 9, 9, 9, 9]),
        redGreenCorrelation: 0.987654321,
        greenBlueCorrelation: .nan, blueRedCorrelation: .nan, pixelCount: 100)

    /// What vegindex 0.10.2's writeCSV writes for these values, with the times of writing put in.
    static let expected = """
        #
        # ROI color statistics timeseries for test
        #
        # Site: test
        # Veg Type: AG
        # ROI ID Number: 0007
        # Lat: 40
        # Lon: -60.25
        # Elev: 300
        # UTC Offset: 8
        # Resize Flag: False
        # Version: 1
        # Creation Date: 2024-03-01
        # Creation Time: 08:00:00
        # Update Date: 2024-03-02
        # Update Time: 08:00:01
        #
        date,local_std_time,doy,filename,solar_elev,exposure,awbflag,mask_index,gcc,rcc,r_mean,r_std,r_5_qtl,r_10_qtl,r_25_qtl,r_50_qtl,r_75_qtl,r_90_qtl,r_95_qtl,g_mean,g_std,g_5_qtl,g_10_qtl,g_25_qtl,g_50_qtl,g_75_qtl,g_90_qtl,g_95_qtl,b_mean,b_std,b_5_qtl,b_10_qtl,b_25_qtl,b_50_qtl,b_75_qtl,b_90_qtl,b_95_qtl,r_g_correl,g_b_correl,b_r_correl
        2024-02-29,12:00:09,60,test_2024_02_29_120009.jpg,45.12346,44,0,1,0.43026,0.30344,48.82328,20.50000,20,22,30,45,60,80,95,69.22894,21.00000,1,2,3,4,5,6,7,42.84936,0.00000,9,9,9,9,9,9,9,0.98765,nan,nan
        2024-02-29,20:00:09,60,test_2024_02_29_200009.jpg,-20.00000,NA,NA,2,NA,NA,NA,NA,NA,NA,NA,NA,NA,NA,NA,NA,NA,NA,NA,NA,NA,NA,NA,NA,NA,NA,NA,NA,NA,NA,NA,NA,NA,NA,NA,NA

        """

    static var rows: [RoistatsRow] {
        let dark = RoistatsInput(
            at: Date(timeIntervalSince1970: 1_709_208_009), fileName: "test_2024_02_29_200009.jpg", solarElevation: -20,
            maskIndex: 2,
            statistics: nil)
        let noon = RoistatsInput(
            at: Date(timeIntervalSince1970: 1_709_179_209.75), fileName: "test_2024_02_29_120009.jpg",
            solarElevation: 45.123456,
            exposure: 44, awbFlag: 0, maskIndex: 1, statistics: statistics)
        return [dark, noon].map { RoistatsRow($0, utcOffset: 8) }
    }

    static func text(_ rows: [RoistatsRow]) -> String {
        RoistatsFile.text(
            site: "test", vegetationType: "AG", roiID: 7,
            location: Location(latitude: 40, longitude: -60.25, elevation: 300), utcOffset: 8,
            rows: rows, created: Date(timeIntervalSince1970: 1_709_251_200),
            updated: Date(timeIntervalSince1970: 1_709_337_601))
    }

    @Test func isWrittenAsVegindexWritesIt() {
        let found = Self.text(Self.rows)
        #expect(found == Self.expected)
    }

    @Test func readingAndWritingGivesTheSame() throws {
        let read = try RoistatsFile.rows(in: Self.expected)
        #expect(read == Self.rows.reversed())
        #expect(Self.text(read) == Self.expected)
    }

    @Test(arguments: ["NA", "-9999", "-9999.0", "", " "]) func everyMarkOfAbsenceIsRead(mark: String) throws {
        let text =
            "date,local_std_time,doy,filename,solar_elev,exposure,mask_index,gcc,rcc\n2009-01-01,05:31:34,1,a.jpg,\(mark),\(mark),1,\(mark),0.5\r\n"
        let row = try #require(try RoistatsFile.rows(in: text).first)
        #expect(
            row.solarElevation == nil && row.exposure == nil && row.gcc == nil && row.awbFlag == nil
                && row.colors == nil)
        #expect(row.rcc == 0.5)
    }

    @Test func faultsAreNamedWithTheirPlace() {
        let head = "#\ndate,local_std_time,filename,gcc\n"
        #expect(throws: PhenoCamFileError.noColumns) { try RoistatsFile.rows(in: "#\n# Site: x\n") }
        #expect(throws: PhenoCamFileError.wrongFieldCount(line: 3, expected: 4, found: 2)) {
            try RoistatsFile.rows(in: head + "2009-01-01,1")
        }
        #expect(throws: PhenoCamFileError.unreadableField(line: 3, column: "date", text: "2009-02-30")) {
            try RoistatsFile.rows(in: head + "2009-02-30,00:00:00,a,0.3")
        }
        #expect(throws: PhenoCamFileError.unreadableField(line: 3, column: "gcc", text: "green")) {
            try RoistatsFile.rows(in: head + "2009-02-03,00:00:00,a,green")
        }
        #expect(throws: PhenoCamFileError.unreadableField(line: 3, column: "local_std_time", text: "24:00:00")) {
            try RoistatsFile.rows(in: head + "2009-02-03,24:00:00,a,0.3")
        }
    }

    /// Cut anywhere, the file is refused or read in part, and nothing else happens.
    @Test func truncatedFilesAreRefusedOrReadInPart() {
        for end in stride(from: 0, through: Self.expected.count, by: 3) {
            let part = String(Self.expected.prefix(end))
            if let rows = try? RoistatsFile.rows(in: part) { #expect(rows.count <= 2) }
        }
    }

    @Test(.enabled(if: PublishedData.isThere)) func aPublishedFileIsWrittenBackByteForByte() throws {
        let text = try PublishedData.text("phenocam-vegindex/harvard/ROI/harvard_DB_0001_roistats.csv")
        let columns = try PhenoCamTable(text).columns
        let rows = try RoistatsFile.rows(in: text)
        #expect(rows.count == 3040)
        let published = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.dropFirst().map(String.init)
        #expect(rows.map { RoistatsFile.line($0, columns: columns) } == published)
    }
}
