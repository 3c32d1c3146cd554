import Village

/// How one make of camera or program names its files.
public struct KnownPattern: Sendable {
    /// What the time in the name is counted from.
    public enum Clock: Sendable, Equatable {
        /// The site's wall clock.
        case site
        /// The site's wall clock without daylight saving.
        case siteStandard
        case utc
    }

    /// As records and drafts name it.
    public let name: String
    public let clock: Clock
    let pattern: NamePattern
    /// Digits of the camera's id, where they tell this pattern from others.
    let cameraDigits: Int?

    /// The template, see ``NamePattern``.
    public var expression: String { pattern.template }

    /// `nil` where the template is at fault.
    init?(_ name: String, _ expression: String, clock: Clock = .site, cameraDigits: Int? = nil) {
        guard let pattern = try? NamePattern(expression) else { return nil }
        self.name = name
        self.clock = clock
        self.pattern = pattern
        self.cameraDigits = cameraDigits
    }

    func match(_ path: String) -> NameMatch? {
        guard let match = pattern.match(path) else { return nil }
        if let cameraDigits {
            guard let camera = match.camera, camera.utf8.count == cameraDigits,
                camera.utf8.allSatisfy({ (48...57).contains($0) })
            else { return nil }
        }
        return match
    }
}
