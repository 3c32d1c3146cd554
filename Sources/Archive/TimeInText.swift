import Foundation
import Village

/// Finds `2024-03-01T12-00-00`, `20240301_120000`, `20240301120000` and their like anywhere in a name.
///
/// The digits must not be part of a longer number, and the year must begin with 19 or 20.
struct TimeInText {
    private let text: [UInt8]

    init(_ text: [UInt8]) { self.text = text }

    /// The first possible time; else why the first that looks like one is impossible; `nil` where nothing looks like
    /// one.
    func find() -> NameTime? {
        var impossible: NameTime?
        for start in text.indices where isDigit(start) && !isDigit(start - 1) {
            guard let time = time(at: start) else { continue }
            if case .impossible = time { impossible = impossible ?? time } else { return time }
        }
        return impossible
    }

    /// A day in the name of a folder: `2024-03-01`, `2024_03_01`, `20240301`.
    func wholeDay() -> Day? {
        guard let (day, end) = date(at: 0), end == text.count, case .success(let found) = day else { return nil }
        return found
    }

    private func time(at start: Int) -> NameTime? {
        guard let (day, afterDate) = date(at: start) else { return nil }
        var position = afterDate
        if let byte = byte(position), "T_- .".utf8.contains(byte) { position += 1 }
        guard let hour = number(at: position, digits: 2) else { return nil }
        position += 2
        let separator = byte(position).flatMap { "-:_.".utf8.contains($0) ? $0 : nil }
        if separator != nil { position += 1 }
        guard let minute = number(at: position, digits: 2) else { return nil }
        position += 2
        if let separator {
            guard byte(position) == separator else { return nil }
            position += 1
        }
        guard let second = number(at: position, digits: 2) else { return nil }
        position += 2
        var fraction = 0.0
        if isDigit(position), let thousandths = number(at: position, digits: 3) {
            fraction = Double(thousandths) / 1000
            position += 3
        }
        guard !isDigit(position) else { return nil }
        switch day {
        case .failure(let fault): return .impossible(reason: fault.reason)
        case .success(let day):
            let c = day.components
            switch WallTime.checked(
                year: c.year, month: c.month, day: c.day, hour: hour, minute: minute, second: Double(second) + fraction)
            {
            case .success(let wall): return .wall(wall)
            case .failure(let fault): return .impossible(reason: fault.reason)
            }
        }
    }

    private func date(at start: Int) -> (Result<Day, ImpossibleTime>, end: Int)? {
        guard let year = number(at: start, digits: 4), (1900...2099).contains(year) else { return nil }
        var position = start + 4
        let separator = byte(position).flatMap { "-_.".utf8.contains($0) ? $0 : nil }
        if separator != nil { position += 1 }
        guard let month = number(at: position, digits: 2) else { return nil }
        position += 2
        if let separator {
            guard byte(position) == separator else { return nil }
            position += 1
        }
        guard let dayOfMonth = number(at: position, digits: 2) else { return nil }
        let checked = WallTime.checked(year: year, month: month, day: dayOfMonth, hour: 0, minute: 0, second: 0).map(
            \.day)
        return (checked, position + 2)
    }

    private func number(at start: Int, digits: Int) -> Int? {
        guard start + digits <= text.count, (start..<start + digits).allSatisfy(isDigit) else { return nil }
        return text[start..<start + digits].reduce(0) { $0 * 10 + Int($1) - 48 }
    }

    private func byte(_ index: Int) -> UInt8? { text.indices.contains(index) ? text[index] : nil }

    private func isDigit(_ index: Int) -> Bool { byte(index).map { (48...57).contains($0) } ?? false }
}
