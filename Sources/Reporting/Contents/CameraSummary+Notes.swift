import Village

extension CameraSummary {
    /// What the captures' qualities say of the camera, worst first.
    public static func notes(on counts: [Quality: Int]) -> [Note] {
        let total = max(counts.values.reduce(0, +), 1)
        func note(_ quality: Quality, _ kind: Note.Kind, share: Double, zh: String, en: String) -> Note? {
            let count = counts[quality] ?? 0
            guard count > 0, Double(count) >= share * Double(total) else { return nil }
            return .init(kind: kind, text: Bilingual(zh: "\(count)张\(zh)", en: "\(count) captures \(en)"))
        }
        return [
            note(.moved, .moved, share: 0.02, zh: "照的不是原来的地方，请把摄像头转回去", en: "show another place: turn the camera back"),
            note(.frozen, .frozen, share: 0.02, zh: "是同一幅画面，请重启摄像头", en: "repeat one picture: restart the camera"),
            note(.wrongClock, .clock, share: 0, zh: "时间不对，请校准摄像头的时钟", en: "have a wrong time: set the camera's clock"),
            note(.obstructed, .dirty, share: 0.05, zh: "被东西挡住，请看看镜头", en: "are covered: look at the lens"),
            note(.blur, .dirty, share: 0.05, zh: "模糊，请擦拭镜头", en: "are blurred: clean the lens"),
        ].compactMap { $0 }
    }
}
