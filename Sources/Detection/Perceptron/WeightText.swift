/// Reads decimal numbers of few digits, faster than `Float` reads any.
enum WeightText {
    /// Digits whose number, and powers of ten that, a `Float` holds exactly: their quotient is rounded once (Clinger 1990).
    private static let mostDigits = 7
    private static let powers: [Float] = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10]

    /// What `Float` reads as well; `nil` for anything but a sign, digits and a point between them, and for too many of
    /// them.
    static func number(_ bytes: some Sequence<UInt8>) -> Float? {
        var whole: UInt32 = 0, seen = 0, digits = 0, places = 0, hasPoint = false, isNegative = false
        for (k, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "-") where k == 0: isNegative = true
            case UInt8(ascii: ".") where !hasPoint && seen > 0: hasPoint = true
            case 48...57:
                seen += 1
                if whole > 0 || byte > 48 { digits += 1 }
                if hasPoint { places += 1 }
                guard digits <= mostDigits, places < powers.count else { return nil }
                whole = 10 * whole + UInt32(byte - 48)
            default: return nil
            }
        }
        guard seen > 0, !hasPoint || places > 0 else { return nil }
        let size = Float(whole) / powers[places]
        return isNegative ? -size : size
    }
}
