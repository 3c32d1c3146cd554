import Foundation
import Reporting
import Village

/// The accounts of households, as text, JSON and the notice board's CSV.
struct PointsView {
    var accounts: [PointsAccount]
    /// Of households.
    var names: [String: String?]
    /// Of deeds and things.
    var words: [String: Bilingual]

    private func name(_ household: String) -> String { (names[household] ?? nil) ?? household }

    private func word(_ id: String?, _ language: Language) -> String {
        id.map { words[$0]?.text(in: language) ?? $0 } ?? ""
    }

    private var ranked: [PointsAccount] { PointsAccount.ranked(accounts) }

    func text(forms: TerminalForms) -> String {
        let zh = forms.language == .zh
        guard !accounts.isEmpty else { return zh ? "还没有积分\n" : "no points yet\n" }
        var table = TerminalTable([
            .init(zh ? "户" : "HOUSEHOLD", isFlexible: true), .init(zh ? "余额" : "BALANCE", side: .right),
            .init(zh ? "得分" : "EARNED", side: .right), .init(zh ? "兑换" : "SPENT", side: .right),
        ])
        for account in ranked {
            table.add([name(account.household), "\(account.balance)", "\(account.earned)", "\(account.spent)"])
        }
        var out = table.text(width: forms.width)
        let open = accounts.flatMap { account in account.open.map { (account.household, $0) } }
        if !open.isEmpty { out += zh ? "等待批准：\n" : "waiting for approval:\n" }
        for (household, line) in open.sorted(by: { $0.1.number < $1.1.number }) {
            let note = line.event.note.map { "  \($0)" } ?? ""
            out +=
                "  #\(line.number)  \(name(household))  \(word(line.event.deed, forms.language))  +\(line.event.points ?? 0)\(note)\n"
        }
        return out
    }

    /// `household,name,balance,earned,spent,waiting`, the highest balance first.
    func board(language: Language) -> String {
        let zh = language == .zh
        let table = CSVTable(
            columns: zh
                ? ["户号", "户名", "余额", "累计得分", "已兑换", "待批准"]
                : ["household", "name", "balance", "earned", "spent", "waiting"])
        return table.header
            + ranked.map { account in
                table.row([
                    .text(account.household), .text(name(account.household)), .integer(account.balance),
                    .integer(account.earned), .integer(account.spent), .integer(account.open.count),
                ])
            }.joined()
    }

    func json(clock: SiteClock) -> String {
        JSONValue.object([
            .init("plotwatch", .text(JSONDocuments.version)), .init("kind", .text("points")),
            .init("households", .list(ranked.map { household($0, clock) })),
        ]).compact
    }

    private func household(_ account: PointsAccount, _ clock: SiteClock) -> JSONValue {
        .object([
            .init("household", .text(account.household)), .init("name", .text(names[account.household] ?? nil)),
            .init("balance", .integer(account.balance)), .init("earned", .integer(account.earned)),
            .init("spent", .integer(account.spent)),
            .init("waiting", .list(account.open.map { .integer(Int($0.number)) })),
            .init(
                "entries",
                .list(
                    account.lines.map { line in
                        let event = line.event
                        return .object([
                            .init("number", .integer(Int(line.number))), .init("at", .text(clock.iso8601(line.at))),
                            .init("by", .text(line.by)), .init("action", .text(event.action.rawValue)),
                            .init("deed", .text(event.deed)), .init("points", .integer(event.points)),
                            .init("proposal", .integer(event.proposal.map { Int($0) })),
                            .init("item", .text(event.item)),
                            .init("count", .integer(event.count)), .init("before", .text(event.before)),
                            .init("after", .text(event.after)), .init("note", .text(event.note)),
                        ])
                    })),
        ])
    }
}
