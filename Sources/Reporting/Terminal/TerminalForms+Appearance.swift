import Village

extension TerminalForms {
    /// When what is in an outline first appeared.
    public func appearance(_ appearance: Appearance) -> String {
        guard let first = appearance.firstSeen else {
            return paragraph(appearance.reason.map(say) ?? "", indent: 0)
        }
        var out = say(
            zh: "首次看到：\(clock.iso8601(first.at))\n  \(first.capture)\n",
            en: "first seen: \(clock.iso8601(first.at))\n  \(first.capture)\n")
        if let last = appearance.lastWithout {
            out += say(
                zh: "此前最后一张没有的：\(clock.iso8601(last.at))\n  \(last.capture)\n",
                en: "last without it: \(clock.iso8601(last.at))\n  \(last.capture)\n")
        }
        if let share = appearance.changedShare {
            out += say(
                zh: "圈内约\(DecimalText.percent(share))与此前不同，共看了\(appearance.captures)张照片。\n",
                en:
                    "about \(DecimalText.percent(share)) of the outline differs; \(appearance.captures) captures looked at\n"
            )
        }
        return out
    }
}
