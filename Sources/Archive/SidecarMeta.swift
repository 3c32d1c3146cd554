import Foundation
import Village

/// What a PhenoCam `.meta` file says about its picture.
public struct SidecarMeta: Sendable, Equatable {
    /// In the camera's own steps.
    public var exposure: Int?
    /// 1 where automatic white balance was on.
    public var balance: Int?
    /// The line burnt into the picture.
    public var overlayText: String?
    /// The overlay's time, where it states its offset from UTC.
    public var time: Date?

    public init(exposure: Int? = nil, balance: Int? = nil, overlayText: String? = nil, time: Date? = nil) {
        self.exposure = exposure
        self.balance = balance
        self.overlayText = overlayText
        self.time = time
    }

    /// Bytes; PhenoCam's files have about 2 kB.
    public static let longestFile = 1 << 16

    /// Reads `key=value` lines; whatever is no such line is passed over.
    public init(text: String) {
        for line in text.split(whereSeparator: \.isNewline) {
            guard let equals = line.firstIndex(of: "=") else { continue }
            let key = line[..<equals].trimmingCharacters(in: .whitespaces)
            let value = line[line.index(after: equals)...].trimmingCharacters(in: .whitespaces)
            switch key {
            case "exposure": exposure = exposure ?? Int(value)
            case "balance": balance = balance ?? Int(value)
            case "overlay_text":
                let bare = value.trimmingCharacters(in: CharacterSet(charactersIn: "\""))
                overlayText = overlayText ?? bare
                time = time ?? Self.time(in: bare)
            default: break
            }
        }
    }

    /// Where the sidecar of a picture lies: the same name, ending in `.meta`.
    public static func path(for picture: String) -> String {
        let name = picture.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return picture + ".meta" }
        return picture.dropLast(name[dot...].count) + ".meta"
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// Reads `Fri Aug 25 2017 12:00:08 EST - UTC-5`.
    private static func time(in overlay: String) -> Date? {
        let words = overlay.split(whereSeparator: { $0 == " " || $0 == "\\" })
        for index in words.indices.dropLast(3) {
            guard let month = months.firstIndex(of: String(words[index])), let day = Int(words[index + 1]),
                let year = Int(words[index + 2])
            else { continue }
            let clock = words[index + 3].split(separator: ":").map { Int($0) }
            guard clock.count == 3, let hour = clock[0], let minute = clock[1], let second = clock[2],
                case .success(let wall) = WallTime.checked(
                    year: year, month: month + 1, day: day, hour: hour, minute: minute, second: Double(second)),
                let zone = words[(index + 4)...].first(where: { $0.hasPrefix("UTC") }), let hours = offset(zone)
            else { continue }
            return wall.instant(offsetInSeconds: hours * 3600)
        }
        return nil
    }

    private static func offset(_ zone: Substring) -> Int? {
        let text = zone.dropFirst(3)
        if text.isEmpty { return 0 }
        guard let hours = Int(text), (-12...14).contains(hours) else { return nil }
        return hours
    }
}

extension WallTime {
    /// The instant, where the clock runs a fixed time ahead of UTC.
    func instant(offsetInSeconds: Int) -> Date {
        Date(timeIntervalSince1970: Double(day.number * 86_400 + hour * 3600 + minute * 60 - offsetInSeconds) + second)
    }
}
