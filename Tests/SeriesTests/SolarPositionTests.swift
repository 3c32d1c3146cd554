import Foundation
import Testing

@testable import Series

@Suite struct SolarPositionTests {
    @Test func agreesWithPyEphem() {
        #expect(solarReferences.count == 40)
        for (seconds, latitude, longitude, expected) in solarReferences {
            let found = SolarPosition.elevation(
                at: Date(timeIntervalSince1970: seconds), latitude: latitude, longitude: longitude)
            #expect(abs(found - expected) < 1e-6, "at \(seconds), \(latitude), \(longitude)")
            #expect(PhenoCamNumber.fixed(found) == String(format: "%.5f", expected))
        }
    }

    @Test(arguments: [(1.0, 1.0), (-1.0, -1.0), (42.5378, 42.0 + 32.0 / 60 + 16.0 / 3600), (-0.5, 0.5), (0, 0)])
    func anglesAreCutToSecondsAndLoseTheirSignNearZero(angle: Double, expected: Double) {
        #expect(abs(WholeSeconds.degrees(angle) - expected) < 1e-12)
    }

    /// The published elevations of harvard, winter and summer, day and night, as far as they are in the file.
    @Test(.enabled(if: PublishedData.isThere)) func agreesWithThePublishedFile() throws {
        let rows = try RoistatsFile.rows(
            in: PublishedData.text("phenocam-vegindex/harvard/ROI/harvard_DB_0001_roistats.csv"))
        var worst = 0.0
        for row in rows.enumerated().filter({ $0.offset % 7 == 0 }).map(\.element) {
            let at = Date(timeIntervalSince1970: Double(row.time.day.number * 86_400 + row.time.second) + 5 * 3600)
            let found = SolarPosition.elevation(at: at, latitude: 42.5378, longitude: -72.1715)
            worst = max(worst, abs(found - (row.solarElevation ?? .nan)))
        }
        // The file of 2016 was written with an older PyEphem, whose delta T differs by parts of a second.
        #expect(worst < 2e-4)
    }

    @Test func theSunIsHighestInTheMiddleOfTheDayAndTheAirLiftsIt() {
        let noon = Date(timeIntervalSince1970: 1_718_884_800)
        let high = SolarPosition.elevation(at: noon, latitude: 50, longitude: 0)
        for hours in [-3.0, -2, -1, 1, 2, 3] {
            #expect(SolarPosition.elevation(at: noon + hours * 3600, latitude: 50, longitude: 0) < high)
        }
        for degrees in stride(from: -0.5, through: 89, by: 0.25) {
            let lift = Refraction.apparent(degrees * .pi / 180) * 180 / .pi - degrees
            #expect(lift >= 0 && lift < 0.6)
        }
        // Far below the horizon nothing is lifted, and the search ends.
        #expect(abs(Refraction.apparent(-1.2) + 1.2) < 0.02)
    }

    @Test func oldAndFarTimesGiveNumbers() {
        for seconds in [-4e9, -1e9, 0, 1.5e9, 4.6e9, 9e9] {
            let value = SolarPosition.elevation(
                at: Date(timeIntervalSince1970: seconds), latitude: 28.8, longitude: 108.8)
            #expect(value.isFinite && abs(value) <= 90)
        }
    }
}
