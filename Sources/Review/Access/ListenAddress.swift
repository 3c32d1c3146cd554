#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An IPv4 or IPv6 address to listen on; never a name, so that what is bound is what was written.
public struct ListenAddress: Sendable, Equatable {
    public let text: String
    public let isIPv6: Bool
    /// 127.0.0.0/8 or ::1: only this machine reaches it.
    public let isLoopback: Bool

    public static let loopback = ListenAddress(text: "127.0.0.1", isIPv6: false, isLoopback: true)

    private init(text: String, isIPv6: Bool, isLoopback: Bool) {
        self.text = text
        self.isIPv6 = isIPv6
        self.isLoopback = isLoopback
    }

    /// - Parameter text: `192.168.1.20`, `0.0.0.0`, `::1`, `[::]`, or `localhost`.
    public init(_ text: String) throws(ReviewRefusal) {
        if text.lowercased() == "localhost" {
            self = .loopback
            return
        }
        let bare = text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : text
        if let bytes = Self.ipv4(bare) {
            self.init(text: bare, isIPv6: false, isLoopback: bytes[0] == 127)
        } else if let bytes = Self.ipv6(bare) {
            let isOne = bytes == Array(repeating: 0, count: 15) + [1]
            self.init(text: bare, isIPv6: true, isLoopback: isOne)
        } else {
            throw .badAddress(text)
        }
    }

    /// As it stands in a URL.
    public var inURL: String { isIPv6 ? "[\(text)]" : text }

    static func ipv4(_ text: String) -> [UInt8]? {
        var address = in_addr()
        guard inet_pton(AF_INET, text, &address) == 1 else { return nil }
        return withUnsafeBytes(of: &address) { Array($0) }
    }

    static func ipv6(_ text: String) -> [UInt8]? {
        var address = in6_addr()
        guard inet_pton(AF_INET6, text, &address) == 1 else { return nil }
        return withUnsafeBytes(of: &address) { Array($0) }
    }
}
