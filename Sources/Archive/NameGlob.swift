/// A pattern for one name: `*`, `?`, `[a-z]`, `[!a-z]`.
struct NameGlob: Sendable, Equatable {
    private enum Token: Sendable, Equatable {
        case one(Unicode.Scalar)
        case any
        case anyMany
        case set([ClosedRange<Unicode.Scalar>], isNegated: Bool)
    }

    private let tokens: [Token]

    init(_ pattern: String) {
        var tokens: [Token] = []
        var rest = Array(pattern.unicodeScalars)[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "*": if tokens.last != .anyMany { tokens.append(.anyMany) }
            case "?": tokens.append(.any)
            case "[":
                if let (set, after) = Self.set(rest) {
                    tokens.append(set)
                    rest = after
                } else {
                    tokens.append(.one("["))
                }
            default: tokens.append(.one(scalar))
            }
        }
        self.tokens = tokens
    }

    private static func set(_ text: ArraySlice<Unicode.Scalar>) -> (Token, ArraySlice<Unicode.Scalar>)? {
        var rest = text
        let isNegated = rest.first == "!" || rest.first == "^"
        if isNegated { rest = rest.dropFirst() }
        var ranges: [ClosedRange<Unicode.Scalar>] = []
        var isFirst = true
        while let scalar = rest.popFirst() {
            if scalar == "]", !isFirst { return (.set(ranges, isNegated: isNegated), rest) }
            isFirst = false
            if rest.first == "-", let high = rest.dropFirst().first, high != "]" {
                rest = rest.dropFirst(2)
                if scalar <= high { ranges.append(scalar...high) }
            } else {
                ranges.append(scalar...scalar)
            }
        }
        return nil
    }

    /// Linear in name and pattern together but for `*`, which costs at most their product.
    func matches(_ name: [Unicode.Scalar]) -> Bool {
        if name.first == ".", tokens.first != .one(".") { return false }
        var token = 0, place = 0
        var retry: (token: Int, place: Int)?
        while place < name.count {
            if token < tokens.count, tokens[token] == .anyMany {
                retry = (token + 1, place)
                token += 1
            } else if token < tokens.count, accepts(tokens[token], name[place]) {
                token += 1
                place += 1
            } else if let again = retry {
                retry = (again.token, again.place + 1)
                token = again.token
                place = again.place + 1
            } else {
                return false
            }
        }
        return tokens[token...].allSatisfy { $0 == .anyMany }
    }

    private func accepts(_ token: Token, _ scalar: Unicode.Scalar) -> Bool {
        switch token {
        case .one(let wanted): wanted == scalar
        case .any: true
        case .anyMany: false
        case .set(let ranges, let isNegated): ranges.contains { $0.contains(scalar) } != isNegated
        }
    }
}
