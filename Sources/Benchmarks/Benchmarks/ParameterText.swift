import Foundation

/// The numbers of a file of `models/`, by dotted key: two levels of plain `key: number`.
struct ParameterText {
    private var numbers: [String: Double] = [:]
    private let path: String

    init(path: String) throws(BenchmarkFailure) {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw BenchmarkFailure("\(path) cannot be read")
        }
        self.path = path
        var section = ""
        for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
            let parts = line.split(separator: "#", omittingEmptySubsequences: false)[0].split(
                separator: ":", maxSplits: 1)
            guard let key = parts.first?.trimmingCharacters(in: .whitespaces), !key.isEmpty else { continue }
            let value = parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
            if !line.hasPrefix(" ") { section = key }
            if let number = Double(value) { numbers[line.hasPrefix(" ") ? section + "." + key : key] = number }
        }
    }

    func number(_ key: String) throws(BenchmarkFailure) -> Double {
        guard let number = numbers[key] else { throw BenchmarkFailure("\(path) has no number \(key)") }
        return number
    }
}
