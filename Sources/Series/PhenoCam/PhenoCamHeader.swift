import Foundation
import Village

/// The lines that all PhenoCam files share. Numbers are written as a site's JSON has them; an unknown place is `None`.
enum PhenoCamHeader {
    static func site(_ site: String, vegetationType: String, roiID: Int) -> [String] {
        ["# Site: \(site)", "# Veg Type: \(vegetationType)", "# ROI ID Number: \(identifier(roiID))"]
    }

    static func place(_ location: Location?, utcOffset: Double?) -> [String] {
        let text = { (value: Double?) in value.map { PhenoCamNumber.shortest($0) } ?? "None" }
        return [
            "# Lat: \(text(location?.latitude))", "# Lon: \(text(location?.longitude))",
            "# Elev: \(text(location?.elevation))",
            "# UTC Offset: \(text(utcOffset))",
        ]
    }

    static func dates(created: LocalTime, updated: LocalTime) -> [String] {
        [
            "# Creation Date: \(created.day)", "# Creation Time: \(created.clock)", "# Update Date: \(updated.day)",
            "# Update Time: \(updated.clock)",
        ]
    }

    /// `0001`.
    static func identifier(_ roiID: Int) -> String {
        let digits = String(roiID)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
