import Foundation

/// The fields of a submitted form (`application/x-www-form-urlencoded`).
struct Form: Sendable, Equatable {
    private let fields: [String: String]

    init(fields: [String: String]) { self.fields = fields }

    /// A field that stands twice counts once, as it stood last.
    init(body: String) {
        var fields: [String: String] = [:]
        for pair in body.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Form.decoded(parts[0]), let value = Form.decoded(parts.count > 1 ? parts[1] : "") else {
                continue
            }
            fields[name] = value
        }
        self.fields = fields
    }

    /// Without blanks around it; `nil` where it is missing or empty.
    subscript(name: String) -> String? {
        let value = fields[name]?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
        return value.isEmpty ? nil : value
    }

    /// As it was typed.
    func exact(_ name: String) -> String { fields[name] ?? "" }

    private static func decoded(_ text: Substring) -> String? {
        String(text).replacingOccurrences(of: "+", with: " ").removingPercentEncoding
    }
}
