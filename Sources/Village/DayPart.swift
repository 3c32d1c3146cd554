/// A part of the day by the site's clock, as people speak of it.
public enum DayPart: String, Sendable, Codable, CaseIterable {
    case morning, noon, afternoon, night

    /// - Parameter hour: 0…23; any other is night.
    public init(hour: Int) {
        self =
            switch hour {
            case 5..<10: .morning
            case 10..<15: .noon
            case 15..<20: .afternoon
            default: .night
            }
    }

    public var names: Bilingual {
        switch self {
        case .morning: Bilingual(zh: "早上", en: "morning")
        case .noon: Bilingual(zh: "中午", en: "noon")
        case .afternoon: Bilingual(zh: "下午", en: "afternoon")
        case .night: Bilingual(zh: "夜里", en: "night")
        }
    }

    /// `5–10`, in hours by the site's clock.
    public var hours: String {
        switch self {
        case .morning: "5–10"
        case .noon: "10–15"
        case .afternoon: "15–20"
        case .night: "20–5"
        }
    }
}
