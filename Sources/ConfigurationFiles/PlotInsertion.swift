import Village

/// Puts a plot behind the last one of a site file, in the manner in which the others are written.
struct PlotInsertion {
    let text: String
    /// The list of plots; `nil` where the file has none.
    let plots: Node?

    func text(adding plot: Plot) -> String {
        let source = TextPlaces(text)
        let lineEnd = text.unicodeScalars.contains("\r") ? "\r\n" : "\n"
        guard let plots, !plots.isEmpty else { return appended(plot, lineEnd: lineEnd) }
        guard let start = source.offset(line: plots.line, column: plots.column) else { return text }
        if source.scalars[start] == "[" {
            guard let end = source.endOfFlow(from: start) else { return text }
            let entry = (plots.items.isEmpty ? "" : ", ") + "{" + pairs(plot).joined(separator: ", ") + "}"
            var place = end - 1
            while place > start + 1, source.scalars[place - 1].properties.isWhitespace { place -= 1 }
            return source.replacing(place..<place, with: entry)
        }
        let indent = String(repeating: " ", count: start - source.startOfLine(of: start))
        let end = source.endOfBlock(from: start)
        return source.replacing(end..<end, with: lineEnd + block(plot, indent: indent, lineEnd: lineEnd))
    }

    /// With a list of plots of its own at the end of the file; an empty entry `plots:` is filled.
    private func appended(_ plot: Plot, lineEnd: String) -> String {
        let entry = block(plot, indent: "  ", lineEnd: lineEnd)
        let source = TextPlaces(text)
        var key = "plots:".unicodeScalars.makeIterator()
        let isKey: (Int) -> Bool = { start in
            key = "plots:".unicodeScalars.makeIterator()
            var at = start
            while let wanted = key.next() {
                guard at < source.scalars.count, source.scalars[at] == wanted else { return false }
                at += 1
            }
            return true
        }
        var at = 0
        while at < source.scalars.count {
            let end = source.endOfLine(from: at)
            if isKey(at) { return source.replacing(end..<end, with: lineEnd + entry) }
            at = end + 1
        }
        let gap = text.isEmpty || text.unicodeScalars.last.map(TextPlaces.isBreak) == true ? "" : lineEnd
        return text + gap + "plots:" + lineEnd + entry + lineEnd
    }

    private func pairs(_ plot: Plot) -> [String] {
        var pairs = ["id: \(plot.id)", "camera: \(plot.camera)", "kind: \(plot.kind.rawValue)"]
        if let crop = plot.crop { pairs.append("crop: \(crop)") }
        if let household = plot.household { pairs.append("household: \(household)") }
        if case .polygon(let outline) = plot.shape {
            pairs.append("polygon: \(SiteEdit.list(outline, paired: false))")
        }
        if let from = plot.valid.from, let until = plot.valid.until {
            pairs.append("valid: {from: \(from), until: \(until)}")
        } else if let from = plot.valid.from {
            pairs.append("valid: {from: \(from)}")
        } else if let until = plot.valid.until {
            pairs.append("valid: {until: \(until)}")
        }
        return pairs
    }

    private func block(_ plot: Plot, indent: String, lineEnd: String) -> String {
        pairs(plot).enumerated().map { indent + ($0 == 0 ? "- " : "  ") + $1 }.joined(separator: lineEnd)
    }
}
