import Village

/// The weather of a village as CSV, one day a line.
///
///     date,tmin,tmax,tmean,rain
///     2024-04-01,8.2,17.5,12.4,0
///     2024-04-02,7.9,,,12.6
///
/// `date` is needed, and of the others at least one; they may stand in any order. Temperatures are °C of the calendar day,
/// rain is millimetres. An empty field, `NA` and `-9999` mean that there is no value. Lines that begin with `#` are remarks;
/// other columns are not read.
public struct WeatherFile: Sendable, Equatable {
    /// By day, each once.
    public let days: [WeatherDay]
    /// What is wrong, in the order of the lines. A line with a fault is left out, the others count.
    public let faults: [Fault]

    public struct Fault: Sendable, Equatable {
        /// From 1.
        public var line: Int
        public var message: String
        public var remedy: String
    }

    /// °C; beyond what was ever measured where crops grow.
    static let temperatures = -60.0...60.0
    /// Millimetres a day; the most ever measured is 1,825.
    static let rains = 0.0...1825.0
    private static let columns = ["date", "tmin", "tmax", "tmean", "rain"]

    public init(_ text: String) {
        var faults: [Fault] = []
        var found: [Day: (day: WeatherDay, line: Int)] = [:]
        var places: [String: Int]?
        for (number, raw) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = number + 1
            // Spreadsheets put a mark before the first letter.
            let content = line == 1 && raw.hasPrefix("\u{FEFF}") ? raw.dropFirst() : raw
            if content.hasPrefix("#") || content.allSatisfy(\.isWhitespace) { continue }
            let fields = content.split(separator: ",", omittingEmptySubsequences: false).map {
                PhenoCamTable.trimmed($0)
            }
            guard let known = places else {
                let names = fields.map { $0.lowercased() }
                guard names.contains("date"), names.contains(where: { Self.columns.dropFirst().contains($0) }) else {
                    faults.append(
                        Fault(
                            line: line, message: "the first line names no columns that are known",
                            remedy: "write \"\(Self.columns.joined(separator: ","))\""))
                    break
                }
                places = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
                continue
            }
            do {
                let day = try WeatherLine(fields: fields, places: known).day()
                if let earlier = found[day.day] {
                    faults.append(
                        Fault(
                            line: line, message: "\(day.day) is there twice, first in line \(earlier.line)",
                            remedy: "keep one of both"))
                } else {
                    found[day.day] = (day, line)
                }
            } catch {
                faults.append(Fault(line: line, message: error.message, remedy: error.remedy))
            }
        }
        if places == nil, faults.isEmpty {
            faults.append(
                Fault(line: 1, message: "the file is empty", remedy: "write \"\(Self.columns.joined(separator: ","))\"")
            )
        }
        days = found.values.map(\.day).sorted { $0.day < $1.day }
        self.faults = faults
    }
}

/// One line of a weather file.
private struct WeatherLine {
    let fields: [String]
    let places: [String: Int]

    struct Wrong: Error {
        var message: String
        var remedy: String
    }

    func day() throws(Wrong) -> WeatherDay {
        let date = field("date")
        guard let day = Day(date) else {
            throw Wrong(message: "\"\(date)\" is no day", remedy: "write the date as 2024-04-01")
        }
        let lowest = try number("tmin", WeatherFile.temperatures)
        let highest = try number("tmax", WeatherFile.temperatures)
        let mean = try number("tmean", WeatherFile.temperatures)
        let rain = try number("rain", WeatherFile.rains)
        if let lowest, let highest, lowest > highest {
            throw Wrong(message: "tmin \(lowest) is above tmax \(highest)", remedy: "exchange them")
        }
        if let mean, mean < lowest ?? mean || mean > highest ?? mean {
            throw Wrong(message: "tmean \(mean) lies outside tmin and tmax", remedy: "correct one of the three")
        }
        return WeatherDay(day: day, lowest: lowest, highest: highest, mean: mean, rain: rain)
    }

    private func field(_ name: String) -> String {
        guard let place = places[name], place < fields.count else { return "" }
        return fields[place]
    }

    private func number(_ name: String, _ range: ClosedRange<Double>) throws(Wrong) -> Double? {
        let text = field(name)
        guard !text.isEmpty, text.uppercased() != PhenoCamNumber.absent else { return nil }
        guard let value = Double(text), value.isFinite else {
            throw Wrong(message: "\(name) \"\(text)\" is no number", remedy: "write a number with a point, or nothing")
        }
        if value == PhenoCamTable.olderAbsence { return nil }
        guard range.contains(value) else {
            throw Wrong(
                message: "\(name) is \(text)",
                remedy:
                    "\(name == "rain" ? "millimetres" : "°C") from \(Int(range.lowerBound)) to \(Int(range.upperBound))"
            )
        }
        return value
    }
}
