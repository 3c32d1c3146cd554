import Village

/// A camera's reference picture with the outlines of its plots and its open flags, as SVG.
public struct PlotMap: Sendable {
    public struct Entry: Sendable {
        var id: String
        var outline: Outline
        var level: PlotSummary.State.Level
        /// Address that a click leads to.
        var link: String
        var title: String

        public init(id: String, outline: Outline, level: PlotSummary.State.Level, link: String, title: String) {
            self.id = id
            self.outline = outline
            self.level = level
            self.link = link
            self.title = title
        }
    }

    public struct Mark: Sendable {
        var label: String
        var outline: Outline
        var link: String
        var title: String

        public init(label: String, outline: Outline, link: String, title: String) {
            self.label = label
            self.outline = outline
            self.link = link
            self.title = title
        }
    }

    var width: Int
    var height: Int
    /// The picture's address: a `data:` address or a path.
    var picture: String?
    var entries: [Entry]
    var marks: [Mark]
    var title: String

    public init(width: Int, height: Int, picture: String?, entries: [Entry], marks: [Mark], title: String) {
        self.width = width
        self.height = height
        self.picture = picture
        self.entries = entries
        self.marks = marks
        self.title = title
    }

    /// `nil` for a frame without extent.
    public func svg() -> String? {
        guard width > 0, height > 0 else { return nil }
        // Letters of a thirtieth of the width stay readable on a phone.
        let letter = max(Double(width) / 30, 8), line = Double(width) / 320
        var out =
            "<svg class=\"map\" viewBox=\"0 0 \(width) \(height)\" role=\"img\" "
            + "aria-label=\"\(HTMLText.escaped(title))\" "
        out += "style=\"--l:\(number(line))px;--t:\(number(letter))px\">"
        if let picture {
            out +=
                "<image width=\"\(width)\" height=\"\(height)\" preserveAspectRatio=\"none\" href=\"\(HTMLText.escaped(picture))\"/>"
        } else {
            out += "<rect class=\"nopic\" width=\"\(width)\" height=\"\(height)\"/>"
        }
        // Names come last so that no field covers them.
        var labels = ""
        for entry in entries where entry.outline.count > 2 {
            let shape = points(entry.outline), place = PlotMap.centre(entry.outline)
            let link = HTMLText.escaped(entry.link)
            out += "<a href=\"\(link)\"><title>\(HTMLText.escaped(entry.title))</title>"
            out +=
                "<polygon class=\"under\" points=\"\(shape)\"/><polygon class=\"p-\(entry.level.rawValue)\" "
                + "points=\"\(shape)\"/>"
            out += "</a>"
            labels +=
                "<a href=\"\(link)\"><text x=\"\(number(place.x))\" "
                + "y=\"\(number(place.y + letter / 3))\">"
            labels += HTMLText.escaped(PlotMap.symbol(entry.level) + entry.id) + "</text></a>"
        }
        for mark in marks where mark.outline.count > 2 {
            let bottom = mark.outline.max { $0.y < $1.y } ?? .zero
            let place = PlotMap.centre(mark.outline)
            out += "<a href=\"\(HTMLText.escaped(mark.link))\"><title>\(HTMLText.escaped(mark.title))</title>"
            out += "<polygon class=\"under\" points=\"\(points(mark.outline))\"/>"
            out += "<polygon class=\"p-flag\" points=\"\(points(mark.outline))\"/>"
            out +=
                "<text class=\"ft\" x=\"\(number(place.x))\" "
                + "y=\"\(number(min(bottom.y + letter, Double(height) - 3)))\">"
            out += HTMLText.escaped(mark.label) + "</text></a>"
        }
        return out + labels + "</svg>"
    }

    /// Drawn beside the name so that the state is not told by colour alone.
    public static func symbol(_ level: PlotSummary.State.Level) -> String {
        switch level {
        case .action: "▲ "
        case .attention: "● "
        case .normal: ""
        case .unknown: "? "
        }
    }

    /// Centre of gravity; the mean of the vertices where the outline has no area.
    static func centre(_ outline: Outline) -> SIMD2<Double> {
        guard let last = outline.last else { return .zero }
        var twice = 0.0, sum = SIMD2<Double>.zero, previous = last
        for vertex in outline {
            let cross = previous.x * vertex.y - vertex.x * previous.y
            twice += cross
            sum += (previous + vertex) * cross
            previous = vertex
        }
        guard abs(twice) > 1e-6 else { return outline.reduce(.zero, +) / Double(outline.count) }
        return sum / (3 * twice)
    }

    private func points(_ outline: Outline) -> String {
        outline.map { number($0.x) + "," + number($0.y) }.joined(separator: " ")
    }

    private func number(_ value: Double) -> String { DecimalText.text(value, decimals: 1) ?? "0" }
}
