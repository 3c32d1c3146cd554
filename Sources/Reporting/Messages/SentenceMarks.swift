import Village

/// Ends and cuts sentences as a language does.
struct SentenceMarks {
    let language: Language

    var space: String { language == .zh ? "" : " " }
    var colon: String { language == .zh ? "：" : ": " }
    private var stop: String { language == .zh ? "。" : "." }
    private var ends: Set<Character> { language == .zh ? ["。", "；", "！", "？"] : [".", ";", "!", "?"] }
    private var clauses: Set<Character> { ["；", ";"] }
    private var pauses: Set<Character> { language == .zh ? ["，", "、", "："] : [",", ":"] }

    /// What stands where a text is too long to be told here.
    var seeCard: String { language == .zh ? "做法见卡片。" : "What to do: see the card." }

    /// With a mark at its end.
    func ended(_ text: String) -> String { text.last.map { ends.contains($0) } ?? true ? text : text + stop }

    /// The sentences from the beginning that fit; empty where the first is too long.
    func wholeSentences(_ text: String, to limit: Int, length: (String) -> Int = { $0.count }) -> String {
        var head = "", whole = ""
        let characters = Array(text)
        for (index, character) in characters.enumerated() {
            head.append(character)
            guard length(head) <= limit else { break }
            let isWithinNumber = index + 1 < characters.count && characters[index + 1].isNumber
            if ends.contains(character), !clauses.contains(character), !isWithinNumber { whole = head }
        }
        return whole
    }

    /// Whole sentences that fit; where not even one does, up to the last pause, else cut with an ellipsis.
    func shortened(_ text: String, to limit: Int, length: (String) -> Int = { $0.count }) -> String {
        if length(text) <= limit { return text }
        var head = "", atEnd = "", atPause = "", fitting = ""
        let characters = Array(text)
        for (index, character) in characters.enumerated() {
            head.append(character)
            guard length(head) <= limit else { break }
            // A point within a number ends nothing.
            let isWithinNumber = index + 1 < characters.count && characters[index + 1].isNumber
            if ends.contains(character), !isWithinNumber { atEnd = head }
            if pauses.contains(character), !isWithinNumber { atPause = head }
            if length(head + "…") <= limit { fitting = head }
        }
        if !atEnd.isEmpty { return atEnd }
        if atPause.count > 1 { return String(atPause.dropLast()) + stop }
        return fitting.isEmpty ? "" : fitting + "…"
    }
}
