import Foundation
import Village

/// The ROI list `<site>_<TYPE>_<NNNN>_roi.csv`: which mask holds for a plot in which time.
public struct RegionList: Sendable, Equatable {
    public var site: String
    public var vegetationType: String
    public var roiID: Int
    public var owner: String
    public var created: LocalTime
    public var updated: LocalTime
    public var description: String
    public var entries: [Entry]

    /// One mask: it holds from `start` to `end`, both included.
    public struct Entry: Sendable, Equatable {
        public var start: LocalTime
        public var end: LocalTime
        public var maskFile: String
        public var sampleImage: String

        public init(start: LocalTime, end: LocalTime, maskFile: String, sampleImage: String) {
            self.start = start
            self.end = end
            self.maskFile = maskFile
            self.sampleImage = sampleImage
        }
    }

    /// What stands for an end that is open: 9999-12-31 00:00:00.
    public static let openEnd = LocalTime(day: Day(number: 2_932_896), second: 0)

    /// The types that PhenoCam's tools accept, old names first. Orchards and tea are `AG`, evergreen citrus may be
    /// `EB`.
    public static let vegetationTypes = [
        "canopy", "deciduous", "coniferous", "grass", "shrub", "modis", "refpanel", "misc", "tundra", "AG", "DB", "DN",
        "EB", "EN", "GR",
        "MX", "NV", "RF", "SH", "TN", "UN", "WL", "XX",
    ]

    public init(
        site: String, vegetationType: String, roiID: Int, owner: String, created: LocalTime, updated: LocalTime,
        description: String,
        entries: [Entry]
    ) {
        self.site = site
        self.vegetationType = vegetationType
        self.roiID = roiID
        self.owner = owner
        self.created = created
        self.updated = updated
        self.description = description
        self.entries = entries
    }

    /// The counts from 1 and masks that hold at this moment; the first is what `vegindex` lists first.
    public func masks(at time: LocalTime) -> [(index: Int, entry: Entry)] {
        entries.enumerated().filter { $0.element.start <= time && time <= $0.element.end }.map {
            ($0.offset + 1, $0.element)
        }
    }

    /// Entries that end before they begin, or begin before the one above ends; PhenoCam's tools refuse to write such a
    /// list.
    public var problems: [String] {
        var found: [String] = []
        for (index, entry) in entries.enumerated() {
            if entry.end <= entry.start { found.append("mask \(index + 1) ends before it begins") }
            if index > 0, entry.start < entries[index - 1].end {
                found.append("mask \(index + 1) begins before mask \(index) ends")
            }
        }
        return found
    }

    /// The file as PhenoCam's tools write it.
    public var text: String {
        var lines = ["#", "# ROI List for \(site)", "#"]
        lines += PhenoCamHeader.site(site, vegetationType: vegetationType, roiID: roiID)
        lines.append("# Owner: \(owner)")
        lines += PhenoCamHeader.dates(created: created, updated: updated)
        lines += [
            "# Description: \(description)", "#", "start_date,start_time,end_date,end_time,maskfile,sample_image",
        ]
        for entry in entries {
            lines.append(
                "\(entry.start.day),\(entry.start.clock),\(entry.end.day),\(entry.end.clock),\(entry.maskFile),\(entry.sampleImage)"
            )
        }
        return lines.joined(separator: "\n") + "\n"
    }

    public init(_ text: String) throws(PhenoCamFileError) {
        let table = try PhenoCamTable(text)
        let moment = { (date: String, time: String) -> LocalTime? in
            LocalTime(date: table.header[date] ?? "", time: table.header[time] ?? "")
        }
        let epoch = LocalTime(day: Day(number: 0), second: 0)
        var entries: [Entry] = []
        for row in table.rows {
            entries.append(
                Entry(
                    start: try Self.moment("start", row), end: try Self.moment("end", row),
                    maskFile: row.text("maskfile") ?? "",
                    sampleImage: row.text("sample_image") ?? ""))
        }
        self.init(
            site: table.header["Site"] ?? "", vegetationType: table.header["Veg Type"] ?? "",
            roiID: Int(table.header["ROI ID Number"] ?? "") ?? 0, owner: table.header["Owner"] ?? "",
            created: moment("Creation Date", "Creation Time") ?? epoch,
            updated: moment("Update Date", "Update Time") ?? epoch,
            description: table.header["Description"] ?? "", entries: entries)
    }

    private static func moment(_ name: String, _ row: PhenoCamTable.Row) throws(PhenoCamFileError) -> LocalTime {
        guard let clock = row.text("\(name)_time") else { throw .missingColumn("\(name)_time") }
        guard let second = LocalTime.seconds(clock) else {
            throw .unreadableField(line: row.line, column: "\(name)_time", text: clock)
        }
        return LocalTime(day: try row.day("\(name)_date"), second: second)
    }
}
