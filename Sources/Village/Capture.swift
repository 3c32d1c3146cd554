import Foundation

/// One picture of one camera: where it lies, when it was taken, whether it can be used.
public struct Capture: Sendable, Equatable {
    public var camera: String
    /// Relative to the archive, `/` between folders, as the file system spells it.
    public var path: String
    /// `nil` where no source gives a time.
    public var at: Date?
    public var timeSource: TimeSource?
    public var sizeInBytes: Int
    /// Of the file's bytes, lower-case hex; `nil` where the file could not be read.
    public var sha256: String?
    /// Of the picture, orientation applied.
    public var width: Int?
    public var height: Int?
    public var quality: Quality
    /// Why it is not `ok`, in English, with what can be done.
    public var reason: String?
    /// Against the camera's reference; `nil` where it was not aligned.
    public var shift: Shift?
    /// Degrees above the horizon, refraction included; `nil` without a location.
    public var solarElevation: Double?
    /// From a PhenoCam `.meta` sidecar.
    public var exposure: Int?
    /// 1 where the sidecar says that automatic white balance was on.
    public var automaticWhiteBalance: Int?
    /// EXIF position, WGS-84 degrees.
    public var location: Location?
    /// What scene health measured, by name (`sharpness`, `meanLuminance`, …).
    public var measures: [String: Double]

    public init(
        camera: String, path: String, at: Date? = nil, timeSource: TimeSource? = nil, sizeInBytes: Int = 0,
        sha256: String? = nil,
        width: Int? = nil, height: Int? = nil, quality: Quality = .ok, reason: String? = nil, shift: Shift? = nil,
        solarElevation: Double? = nil, exposure: Int? = nil, automaticWhiteBalance: Int? = nil,
        location: Location? = nil,
        measures: [String: Double] = [:]
    ) {
        self.camera = camera
        self.path = path
        self.at = at
        self.timeSource = timeSource
        self.sizeInBytes = sizeInBytes
        self.sha256 = sha256
        self.width = width
        self.height = height
        self.quality = quality
        self.reason = reason
        self.shift = shift
        self.solarElevation = solarElevation
        self.exposure = exposure
        self.automaticWhiteBalance = automaticWhiteBalance
        self.location = location
        self.measures = measures
    }
}

/// Where a capture's time comes from, in order of trust.
public enum TimeSource: String, Sendable, Codable, CaseIterable {
    case sidecar, name, exif, folder, modification

    public var label: Bilingual {
        switch self {
        case .sidecar: .init(zh: "随附文件", en: "sidecar file")
        case .name: .init(zh: "文件名", en: "file name")
        case .exif: .init(zh: "EXIF", en: "EXIF")
        case .folder: .init(zh: "文件夹名", en: "folder name")
        case .modification: .init(zh: "文件日期，不可靠", en: "file date, not reliable")
        }
    }
}

/// Whether a capture can be measured, and if not, why.
public enum Quality: String, Sendable, Codable, CaseIterable {
    case ok, dark, infrared, overexposed, fog, blur, obstructed, moved, frozen, duplicate, truncated, corrupt,
        wrongClock
}

/// How the content of a capture is displaced against the reference: a scene point at `p` of the reference is seen at
/// `centre + R(rotation)·(p − centre) + (dx, dy)`, with the centre of the picture as `centre`.
public struct Shift: Sendable, Equatable, Codable {
    /// Pixels to the right.
    public var dx: Double
    /// Pixels down.
    public var dy: Double
    /// Degrees, clockwise as seen on the screen.
    public var rotation: Double

    public init(dx: Double, dy: Double, rotation: Double) {
        self.dx = dx
        self.dy = dy
        self.rotation = rotation
    }

    public static let none = Shift(dx: 0, dy: 0, rotation: 0)
}
