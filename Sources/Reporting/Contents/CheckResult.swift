import Village

/// What `check` found in a site and its archive.
public struct CheckResult: Sendable, Equatable {
    public var site: String
    /// Captures by camera and quality.
    public var captures: [String: [Quality: Int]]
    public var findings: [CheckFinding]
    public var kernels: String

    public init(site: String, captures: [String: [Quality: Int]], findings: [CheckFinding], kernels: String) {
        self.site = site
        self.captures = captures
        self.findings = findings
        self.kernels = kernels
    }
}

/// One thing that `check` has to say.
public struct CheckFinding: Sendable, Equatable {
    public enum Severity: String, Sendable, Codable, CaseIterable { case error, warning, note }
    public var severity: Severity
    /// A stable word such as `silent`, `outsideFrame`, `overlap`.
    public var code: String
    public var camera: String?
    public var plot: String?
    /// The file it is about, relative to the archive.
    public var path: String?
    public var message: Bilingual
    public var remedy: Bilingual?

    public init(
        severity: Severity, code: String, camera: String? = nil, plot: String? = nil, path: String? = nil,
        message: Bilingual,
        remedy: Bilingual? = nil
    ) {
        self.severity = severity
        self.code = code
        self.camera = camera
        self.plot = plot
        self.path = path
        self.message = message
        self.remedy = remedy
    }
}
