/// Which `Host` and `Origin` a request may carry.
///
/// A page of another site can make a browser ask this server under that site's name (DNS rebinding); it cannot make it
/// ask under an address. So addresses and the names that were allowed pass, other names do not.
struct HostRule: Sendable {
    private let names: Set<String>
    /// Only loopback is served: then only loopback's own addresses and `localhost` may be asked for.
    private let isLoopbackOnly: Bool

    init(settings: ReviewSettings) {
        names = Set(["localhost"] + settings.hostNames.map { $0.lowercased() })
        isLoopbackOnly = settings.address.isLoopback
    }

    /// - Parameter authority: the `Host` header: `127.0.0.1:8377`, `[::1]:8377`, `localhost`.
    func allows(_ authority: String?) -> Bool {
        guard let authority, let host = HostRule.host(of: authority) else { return false }
        if names.contains(host) { return true }
        if let bytes = ListenAddress.ipv4(host) { return !isLoopbackOnly || bytes[0] == 127 }
        guard let address = try? ListenAddress(host) else { return false }
        return !isLoopbackOnly || address.isLoopback
    }

    /// Whether a request that changes something comes from a page of ours.
    func allowsChange(origin: String?, fetchSite: String?, authority: String?) -> Bool {
        if let origin {
            guard let authority else { return false }
            return origin.lowercased() == "http://" + authority.lowercased()
        }
        // Browsers name the origin of every POST; programs name neither and have no session of somebody else's.
        return fetchSite.map { $0 == "same-origin" || $0 == "none" } ?? true
    }

    /// The part before the port, lower case, without brackets; `nil` where there is something else in it.
    static func host(of authority: String) -> String? {
        var host = authority.lowercased()[...]
        if host.hasPrefix("[") {
            guard let end = host.firstIndex(of: "]") else { return nil }
            let rest = host[host.index(after: end)...]
            guard rest.isEmpty || isPort(rest) else { return nil }
            return String(host[host.index(after: host.startIndex)..<end])
        }
        if let colon = host.firstIndex(of: ":") {
            guard isPort(host[colon...]) else { return nil }
            host = host[..<colon]
        }
        if host.hasSuffix(".") { host = host.dropLast() }
        return host.isEmpty ? nil : String(host)
    }

    private static func isPort(_ text: Substring) -> Bool {
        text.first == ":" && text.count > 1 && text.dropFirst().utf8.allSatisfy { (48...57).contains($0) }
    }
}
