import Files
import Foundation
import Village

/// Changes of a site file that a person draws: the outline of a plot, or a plot more. Every other byte stays.
///
/// A change is made in the text, read back, and kept only if the site that comes out differs from the former in just
/// that outline or that plot: whatever the text looks like, nothing else can be lost.
public struct SiteEdit: Sendable {
    /// The file that is written: a link is followed.
    public let path: String
    /// Of the whole file as it was read; an edit made on another state of the file is refused by ``save(_:)``.
    public let original: Data
    public let site: Site

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    private let text: String
    private let limits: DocumentLimits

    /// - Parameter path: a `site.yaml`, or a folder that holds one.
    /// - Throws: every fault of the file at once.
    public init(path: String, limits: DocumentLimits = .standard) throws(ConfigurationError) {
        let named = try SiteFile.find(path)
        self.path = URL(fileURLWithPath: named).resolvingSymlinksInPath().path
        self.limits = limits
        _ = try SourceFile.text(path: named, limits: limits)
        do {
            original = try Data(contentsOf: URL(fileURLWithPath: self.path))
        } catch {
            throw ConfigurationError(
                named, .init(zh: "文件读不了", en: "the file can't be read"),
                remedy: .init(zh: "请检查它的权限", en: "check its permissions"))
        }
        text = try SourceFile.text(bytes: [UInt8](original), file: named)
        site = try Self.site(of: text, file: named, limits: limits)
    }

    // MARK: Edits

    /// The file's text with the outline of one plot replaced.
    ///
    /// - Parameters:
    ///   - row: index among the site's plots; a plot whose camera was moved has several rows.
    ///   - outline: pixels of the reference picture; kept to a tenth of a pixel.
    /// - Throws: where the plot is a mask, where the outline is refused, or where the text is too unusual to be
    ///   changed safely.
    public func text(replacingPolygonOf row: Int, with outline: Outline) throws(ConfigurationError) -> String {
        precondition(site.plots.indices.contains(row), "a row of the site's own plots")
        guard case .polygon = site.plots[row].shape else {
            throw ConfigurationError(
                path,
                .init(
                    zh: "地块 \(site.plots[row].id) 用的是掩膜图，不是多边形",
                    en: "plot \(site.plots[row].id) is drawn as a mask, not as a polygon"),
                remedy: .init(
                    zh: "请改掩膜图，或手工把 mask 换成 polygon",
                    en: "change the mask file, or replace \"mask\" with \"polygon\" by hand"))
        }
        let document = try Document(text: text, file: path, limits: limits)
        let rounded = outline.map(Self.rounded)
        guard let node = Self.child("plots", of: document.root)?.items[row],
            let polygon = Self.child("polygon", of: node), let edited = replacement(of: polygon, with: rounded)
        else { throw unusual(line: 1) }
        var expected = site
        expected.plots[row].shape = .polygon(rounded)
        return try checked(edited, against: expected, line: polygon.line)
    }

    /// The file's text with one plot added behind the others.
    public func text(adding plot: Plot) throws(ConfigurationError) -> String {
        guard case .polygon(let outline) = plot.shape else {
            preconditionFailure("a plot that is drawn has a polygon")
        }
        var plot = plot
        plot.shape = .polygon(outline.map(Self.rounded))
        let document = try Document(text: text, file: path, limits: limits)
        let edited = PlotInsertion(text: text, plots: Self.child("plots", of: document.root)).text(adding: plot)
        var expected = site
        expected.plots.append(plot)
        return try checked(edited, against: expected, line: 1)
    }

    /// Writes `text` in the file's place, whole or not at all, with the permissions that the file had.
    ///
    /// - Throws: where the file is no longer as it was read, or cannot be written.
    public func save(_ text: String) throws(ConfigurationError) {
        guard FileManager.default.contents(atPath: path) == original else {
            throw ConfigurationError(
                path, .init(zh: "文件刚被别人改过", en: "the file was changed by somebody else in the meantime"),
                remedy: .init(
                    zh: "请重新打开页面再画一次；什么也没有写入",
                    en: "load the page again and draw once more; nothing was written"))
        }
        let mark = original.starts(with: Self.byteOrderMark) ? Self.byteOrderMark : []
        do {
            try WholeFile.write(mark + Array(text.utf8), to: path)
        } catch {
            throw ConfigurationError(
                path, .init(zh: "写不进去：\(error.message)", en: error.message),
                remedy: .init(zh: "什么也没有改动", en: "nothing was changed"))
        }
    }

    // MARK: Reading back

    private static func site(of text: String, file: String, limits: DocumentLimits) throws(ConfigurationError) -> Site {
        try SiteFile.site(in: Document(text: text, file: file, limits: limits))
    }

    private func checked(_ edited: String, against expected: Site, line: Int) throws(ConfigurationError) -> String {
        var expected = expected
        let found = try Self.site(of: edited, file: path, limits: limits)
        expected.folder = found.folder
        guard found == expected else { throw unusual(line: line) }
        return edited
    }

    private func unusual(line: Int) -> ConfigurationError {
        ConfigurationError(
            path, line: line,
            .init(
                zh: "这个文件的写法特殊，不能从这里安全地改",
                en: "the file is written in a way that cannot be changed safely from here"),
            remedy: .init(zh: "请手工改这个地块；什么也没有写入", en: "change the plot by hand; nothing was written"))
    }

    /// The text with the list at `node` replaced; `nil` where its end is not found.
    private func replacement(of node: Node, with outline: Outline) -> String? {
        let source = TextPlaces(text)
        guard let start = source.offset(line: node.line, column: node.column) else { return nil }
        let isPaired = node.items.first?.isList ?? false
        if source.scalars[start] == "[" {
            guard let end = source.endOfFlow(from: start) else { return nil }
            return source.replacing(start..<end, with: Self.list(outline, paired: isPaired))
        }
        guard source.scalars[start] == "-" else { return nil }
        let end = source.endOfBlock(from: start)
        // Two columns further in: the list may have begun in its key's own column.
        return source.replacing(start..<end, with: "  " + Self.list(outline, paired: isPaired))
    }

    // MARK: Forms

    static func child(_ key: String, of node: Node) -> Node? {
        guard case .mapping(let entries) = node.content else { return nil }
        return entries.first { $0.key == key }?.value
    }

    /// To a tenth of a pixel.
    static func rounded(_ point: SIMD2<Double>) -> SIMD2<Double> {
        SIMD2((point.x * 10).rounded() / 10, (point.y * 10).rounded() / 10)
    }

    /// `[1,2, 3,4]`, or `[[1,2], [3,4]]`.
    static func list(_ outline: Outline, paired: Bool) -> String {
        let points = outline.map { "\(Node.short($0.x)),\(Node.short($0.y))" }
        return "[" + points.map { paired ? "[\($0)]" : $0 }.joined(separator: ", ") + "]"
    }
}

extension Node {
    var items: [Node] { if case .list(let items) = content { items } else { [] } }
}
