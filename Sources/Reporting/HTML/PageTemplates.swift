import Mustache
import Village

/// Compiled-in Mustache templates, rendered with the escaping that every page of the product uses.
public struct PageTemplates: Sendable {
    private let library: MustacheLibrary

    /// - Parameter sources: template texts in UTF-8 by the names that they call each other.
    /// - Throws: ``HTMLReport/RenderingError`` with the name of the template that cannot be read.
    public init(_ sources: [String: [UInt8]]) throws {
        MustacheContentTypes.register(ReportEscaping(), named: ReportEscaping.name)
        var library = MustacheLibrary()
        for (name, bytes) in sources {
            do {
                try library.register(String(decoding: bytes, as: UTF8.self), named: name)
            } catch {
                throw HTMLReport.RenderingError.brokenTemplate("\(name): \(error)")
            }
        }
        self.library = library
    }

    /// - Note: a name that is missing in `context` is looked up in the enclosing scopes: state what is absent as
    ///   `false`.
    public func render(_ context: [String: Any], _ name: String) throws -> String {
        guard let text = library.render(context, withTemplate: name) else {
            throw HTMLReport.RenderingError.brokenTemplate(name)
        }
        return text
    }
}

/// The style that the report carries inside, for pages that are served.
public enum ReportStyle {
    public static func css() throws -> String {
        let lead = Language.allCases.map { Word.lead.text(in: $0) }.joined(separator: " ")
        return try PageTemplates(["style": PackageResources.style_mustache]).render(["w": ["lead": lead]], "style")
    }
}
