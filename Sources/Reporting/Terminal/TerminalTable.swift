/// Rows of texts in aligned columns, for a terminal of a given width.
///
/// ```
/// ID          PLOT  STAGE   AREA
/// f-2024-001  b2    砌墙   46 m²
/// ```
public struct TerminalTable: Sendable {
    public struct Column: Sendable {
        public enum Side: Sendable { case left, right }
        public var title: String
        public var side: Side
        /// Whether it may be cut where the table is wider than the terminal.
        public var isFlexible: Bool

        public init(_ title: String, side: Side = .left, isFlexible: Bool = false) {
            self.title = title
            self.side = side
            self.isFlexible = isFlexible
        }
    }

    /// No column is cut to less than this.
    private static let leastWidth = 8

    public var columns: [Column]
    public private(set) var rows: [[String]] = []

    public init(_ columns: [Column]) { self.columns = columns }

    /// - Precondition: as many cells as columns.
    public mutating func add(_ cells: [String]) {
        precondition(cells.count == columns.count, "A row has as many cells as the table has columns.")
        rows.append(cells.map(TextWidth.printable))
    }

    /// Lines without trailing spaces, each ended by a line feed.
    ///
    /// - Parameter width: columns of the terminal; `nil` where there is none (a file, a pipe): nothing is cut.
    public func text(width: Int? = nil) -> String {
        let lines = [columns.map(\.title)] + rows
        var widths = columns.indices.map { index in lines.map { TextWidth.columns($0[index]) }.max() ?? 0 }
        if let width { shrink(&widths, to: width) }
        return lines.reduce(into: "") { out, cells in
            var line = ""
            for (index, cell) in cells.enumerated() {
                if index > 0 { line += "  " }
                let fitted = TextWidth.cut(cell, to: widths[index])
                line += TextWidth.padded(fitted, to: widths[index], atEnd: columns[index].side == .left)
            }
            while line.last == " " { line.removeLast() }
            out += line + "\n"
        }
    }

    /// Takes columns off the widest flexible one until the table fits or nothing can give way.
    private func shrink(_ widths: inout [Int], to width: Int) {
        while widths.reduce(0, +) + 2 * (widths.count - 1) > width {
            let candidates = widths.indices.filter { columns[$0].isFlexible && widths[$0] > Self.leastWidth }
            guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { return }
            widths[widest] -= 1
        }
    }
}
