import Village

extension TerminalForms {
    /// One line a decision, in order.
    public func decisions(_ decisions: [Decision]) -> String {
        guard !decisions.isEmpty else { return say(zh: "还没有人判定。", en: "Nobody has decided yet.") + "\n" }
        var table = TerminalTable([
            .init(say(zh: "编号", en: "NO."), side: .right), .init("ID"),
            .init(say(zh: "判定", en: "VERDICT"), isFlexible: true), .init(say(zh: "判定人", en: "BY")),
            .init(say(zh: "时间", en: "AT")), .init(say(zh: "备注", en: "NOTE"), isFlexible: true),
        ])
        for decision in decisions {
            table.add([
                String(decision.id), decision.flag, say(Terms.text(of: decision.verdict)), decision.by,
                dates.minute(decision.at), decision.note ?? "",
            ])
        }
        return table.text(width: width)
    }
}
