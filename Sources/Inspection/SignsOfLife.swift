import Foundation
import Village

/// The times in a CSV of other signs of life: a bracelet, a door, a telephone, a neighbour's visit.
struct SignsOfLife {
    let times: [Date]
    /// What could not be used, with what to do.
    let faults: [String]

    private static let faultsTold = 3

    init(path: String, clock: SiteClock) {
        guard let data = FileManager.default.contents(atPath: path) else {
            self.init(
                times: [],
                faults: ["the signs of life \(path) cannot be read: check that the file is there; no sign was used"])
            return
        }
        self.init(text: String(decoding: data, as: UTF8.self), path: path, clock: clock)
    }

    init(text: String, path: String, clock: SiteClock) {
        var times: [Date] = [], faults: [String] = [], number = 0
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            number += 1
            guard let field = line.split(separator: ",", omittingEmptySubsequences: false).first else { continue }
            let text = field.trimmingCharacters(in: CharacterSet(charactersIn: " \t\"\u{FEFF}"))
            if text.isEmpty || text.hasPrefix("#") { continue }
            if let time = clock.instant(text) {
                times.append(time)
            } else if number > 1 {
                faults.append("\(path):\(number): \"\(text.prefix(40))\" is no time: write it as 2024-03-01T12:00")
            }
        }
        let more = faults.count - SignsOfLife.faultsTold
        self.init(
            times: times.sorted(),
            faults: Array(faults.prefix(SignsOfLife.faultsTold))
                + (more > 0 ? ["\(path): \(more) more such rows"] : []))
    }

    private init(times: [Date], faults: [String]) {
        self.times = times
        self.faults = faults
    }
}
