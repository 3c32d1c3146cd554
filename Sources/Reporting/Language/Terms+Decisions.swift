import Village

extension Terms {
    public static func name(of verdict: Verdict.Kind) -> Bilingual {
        switch verdict {
        case .confirm: .init(zh: "属实", en: "confirmed")
        case .reject: .init(zh: "误报", en: "false alarm")
        case .permitted: .init(zh: "已批", en: "permitted")
        case .unsure: .init(zh: "看不清", en: "unsure")
        case .undo: .init(zh: "撤回", en: "taken back")
        }
    }

    public static func name(of rejection: Rejection) -> Bilingual {
        switch rejection {
        case .light: .init(zh: "光线变化", en: "light")
        case .shadow: .init(zh: "影子", en: "shadow")
        case .weather: .init(zh: "雨雪雾水", en: "weather")
        case .farming: .init(zh: "农活或庄稼", en: "farm work or crop")
        case .covers: .init(zh: "晾晒或篷布", en: "laundry, mats, tarpaulin")
        case .vehicle: .init(zh: "车辆", en: "vehicle")
        case .festivity: .init(zh: "红白喜事搭棚", en: "tent for a feast")
        case .camera: .init(zh: "摄像头问题", en: "camera fault")
        case .publicWorks: .init(zh: "公共工程", en: "public works")
        case .standsLong: .init(zh: "早就有的", en: "stood there before")
        case .other: .init(zh: "其他", en: "other")
        }
    }

    /// The verdict with its reason or permit number.
    public static func text(of verdict: Verdict) -> Bilingual {
        let kind = name(of: verdict.kind)
        let detail: Bilingual? =
            switch verdict {
            case .reject(let reason): name(of: reason)
            case .permitted(let number): Bilingual(zh: number, en: number)
            case .undo(let id): Bilingual(zh: "第\(id)号", en: "no. \(id)")
            case .confirm, .unsure: nil
            }
        guard let detail else { return kind }
        return Bilingual(zh: "\(kind.zh)（\(detail.zh)）", en: "\(kind.en) (\(detail.en))")
    }
}
