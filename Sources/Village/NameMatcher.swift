import Foundation

/// Fits the tokens of a ``NamePattern`` to a text; free fields take as little as they can.
struct NameMatcher {
    let tokens: [NamePattern.Token]
    let text: [UInt8]
    private var spans: [Range<Int>]
    /// Token and place pairs from which no fit is possible, so that no pair is tried twice.
    private var dead: Set<Int> = []

    init(tokens: [NamePattern.Token], text: [UInt8]) {
        self.tokens = tokens
        self.text = text
        spans = Array(repeating: 0..<0, count: tokens.count)
    }

    struct Fit {
        var camera: String?
        /// First value of each field, and whether a field stands twice with different values.
        var values: [NamePattern.Field: Int]
        var contradiction: NamePattern.Field?
    }

    consuming func match() -> Fit? {
        var matcher = self
        guard matcher.fits(token: 0, at: 0) else { return nil }
        return matcher.fit()
    }

    private mutating func fits(token index: Int, at start: Int) -> Bool {
        guard index < tokens.count else { return start == text.count }
        let key = index * (text.count + 1) + start
        if tokens[index].isBranching, dead.contains(key) { return false }
        for end in ends(of: tokens[index], from: start) {
            spans[index] = start..<end
            if fits(token: index + 1, at: end) { return true }
        }
        if tokens[index].isBranching { dead.insert(key) }
        return false
    }

    /// Where a token that begins at `start` may end, shortest first.
    private func ends(of token: NamePattern.Token, from start: Int) -> ClosedRange<Int>.SubSequence {
        let none = (0...0).dropFirst()
        switch token {
        case .literal(let bytes):
            return text[start...].starts(with: bytes) ? exactly(start + bytes.count) : none
        case .field(let field):
            guard let width = field.width else {
                return digitRun(from: start) > 0 ? exactly(start + digitRun(from: start)) : none
            }
            guard digitRun(from: start) >= width, field != .year || isYear(at: start) else { return none }
            return exactly(start + width)
        case .digits(let width):
            let run = digitRun(from: start)
            guard let width else { return run > 0 ? (start + 1...start + run)[...] : none }
            return run >= width ? exactly(start + width) : none
        case .camera:
            let free = freeRun(from: start)
            return free > 0 ? (start + 1...start + free)[...] : none
        case .anything:
            return (start...start + freeRun(from: start))[...]
        }
    }

    private func exactly(_ end: Int) -> ClosedRange<Int>.SubSequence { (end...end)[...] }

    private func digitRun(from start: Int) -> Int { text[start...].prefix { (48...57).contains($0) }.count }

    private func isYear(at start: Int) -> Bool {
        ["19", "20"].contains(String(decoding: text[start..<start + 2], as: UTF8.self))
            || text[start..<start + 4].allSatisfy { $0 == UInt8(ascii: "0") }
    }

    private func freeRun(from start: Int) -> Int { text[start...].prefix { $0 != UInt8(ascii: "/") }.count }

    private func fit() -> Fit {
        var fit = Fit(camera: nil, values: [:], contradiction: nil)
        for (token, span) in zip(tokens, spans) {
            switch token {
            case .camera:
                fit.camera = fit.camera ?? String(decoding: text[span], as: UTF8.self)
            case .field(let field):
                // More digits than a clock has for thousands of years are no time.
                let value = span.count > 15 ? Int.max : text[span].reduce(0) { $0 * 10 + Int($1) - 48 }
                if let earlier = fit.values[field], earlier != value { fit.contradiction = field }
                fit.values[field] = fit.values[field] ?? value
            default: break
            }
        }
        return fit
    }
}

extension NameMatcher.Fit {
    func result(fields: Set<NamePattern.Field>) -> NameMatch { NameMatch(camera: camera, time: time(fields: fields)) }

    private func time(fields: Set<NamePattern.Field>) -> NameTime {
        if let contradiction {
            return .impossible(reason: "{\(contradiction.rawValue)} stands twice in the name with different values")
        }
        if let seconds = values[.epoch] ?? values[.epochms] {
            guard seconds < Int.max else { return .impossible(reason: "the number has too many digits for a time") }
            return .instant(
                Date(timeIntervalSince1970: values[.epoch] == nil ? Double(seconds) / 1000 : Double(seconds)))
        }
        let year = values[.year] ?? 2000 + (values[.shortYear] ?? 0)
        // Noon stands for a day whose hour nobody wrote down.
        let hour = values[.hour] ?? (fields.contains(.hour) ? 0 : 12)
        let second = Double(values[.second] ?? 0) + Double(values[.thousandths] ?? 0) / 1000
        let result: Result<WallTime, ImpossibleTime>
        if let dayOfYear = values[.dayOfYear], let newYear = Day(year: year, month: 1, day: 1) {
            guard (1...(Day.isLeap(year) ? 366 : 365)).contains(dayOfYear) else {
                return .impossible(reason: "\(year) has no day \(dayOfYear)")
            }
            result = WallTime.checked(
                day: newYear + (dayOfYear - 1), hour: hour, minute: values[.minute] ?? 0, second: second)
        } else {
            result = WallTime.checked(
                year: year, month: values[.month] ?? 0, day: values[.day] ?? 0, hour: hour,
                minute: values[.minute] ?? 0, second: second)
        }
        switch result {
        case .success(let wall): return .wall(wall)
        case .failure(let impossible): return .impossible(reason: impossible.reason)
        }
    }
}
