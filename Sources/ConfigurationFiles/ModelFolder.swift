import Foundation

/// Where the files of `models/` are looked for: beside the site file first, then the product's own.
public struct ModelFolder: Sendable {
    /// The product's `models`.
    public let folder: String
    /// The village's or county's; it need not exist.
    public let own: String?

    public init(folder: String, own: String?) {
        self.folder = folder
        self.own = own
    }

    /// The file that holds `name`: the site's where it has one.
    public func path(_ name: String) -> String {
        if let own, FileManager.default.fileExists(atPath: own + "/" + name) { return own + "/" + name }
        return folder + "/" + name
    }
}
