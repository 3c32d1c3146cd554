import Foundation

/// The map library as the system has it installed; it is looked for at run time, and everything else works without it.
public struct Leaflet: Sendable {
    /// Where Debian's package libjs-leaflet puts it.
    public static let folder = "/usr/share/javascript/leaflet"

    let script: [UInt8]
    let style: [UInt8]

    /// - Returns: `nil` where the folder does not hold it.
    public init?(folder: String = Leaflet.folder) {
        let files = FileManager.default
        guard let script = files.contents(atPath: folder + "/leaflet.js"),
            let style = files.contents(atPath: folder + "/leaflet.css")
        else { return nil }
        self.script = Array(script)
        self.style = Array(style)
    }
}
