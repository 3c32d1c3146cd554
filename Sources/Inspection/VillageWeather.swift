import Foundation
import Series
import Village

/// The weather file that a site names.
public struct VillageWeather: Sendable {
    /// Empty where the site names none.
    public let weather: Weather
    /// Lines that could not be used; the others were.
    public let faults: [WeatherFile.Fault]
    /// `nil` where the site names none.
    public let path: String?

    /// - Throws: where the file can't be read at all.
    public init(site: Site) throws(InspectionFailure) {
        path = site.weather
        guard let path else {
            weather = Weather([])
            faults = []
            return
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw InspectionFailure(
                subject: path, stage: .configuring, message: "the weather file cannot be read: check its permissions",
                chinese: "气象文件读不了：请检查权限",
                disposition: .stopRun)
        }
        let file = WeatherFile(String(decoding: data, as: UTF8.self))
        weather = Weather(file.days)
        faults = file.faults
    }
}
