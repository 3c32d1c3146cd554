import Foundation
import Testing
import Village

@testable import Series

@Suite struct RegionListTests {
    static let text = """
        #
        # ROI List for harvard
        #
        # Site: harvard
        # Veg Type: DB
        # ROI ID Number: 0001
        # Owner: tmilliman
        # Creation Date: 2012-07-12
        # Creation Time: 11:42:00
        # Update Date: 2014-12-17
        # Update Time: 13:55:25
        # Description: Deciduous trees: in foreground
        #
        start_date,start_time,end_date,end_time,maskfile,sample_image
        2008-04-04,00:00:00,2009-01-01,00:00:00,harvard_DB_0001_01.tif,harvard_2008_04_30_133137.jpg
        2009-01-01,00:00:00,9999-12-31,00:00:00,harvard_DB_0001_02.tif,harvard_2009_04_30_133137.jpg

        """

    @Test func isReadAndWrittenBackByteForByte() throws {
        let list = try RegionList(Self.text)
        #expect(list.text == Self.text)
        #expect(list.entries.count == 2 && list.roiID == 1 && list.description == "Deciduous trees: in foreground")
        #expect(list.entries[1].end == RegionList.openEnd)
        #expect(list.problems.isEmpty)
    }

    @Test func bothEndsOfAMaskBelongToIt() throws {
        let list = try RegionList(Self.text)
        let turn = LocalTime(day: try #require(Day("2009-01-01")), second: 0)
        #expect(list.masks(at: turn).map(\.index) == [1, 2])
        #expect(list.masks(at: LocalTime(day: turn.day, second: 1)).map(\.index) == [2])
        #expect(list.masks(at: LocalTime(day: turn.day + -400, second: 0)).isEmpty)
    }

    @Test func wrongTimesAreNamed() throws {
        var list = try RegionList(Self.text)
        list.entries[0].end = LocalTime(day: try #require(Day("2009-02-01")), second: 0)
        list.entries[1].end = list.entries[1].start
        #expect(list.problems == ["mask 2 ends before it begins", "mask 2 begins before mask 1 ends"])
    }

    @Test(.enabled(if: PublishedData.isThere), arguments: ["harvard/ROI/harvard_DB_0001", "dukehw/ROI/dukehw_DB_1000"])
    func publishedListsAreWrittenBackByteForByte(name: String) throws {
        let text = try PublishedData.text("phenocam-vegindex/\(name)_roi.csv")
        #expect(try RegionList(text).text == text)
    }
}
