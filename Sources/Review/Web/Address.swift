import Foundation

/// Paths of pages.
enum Address {
    private static let plain = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~")

    /// As one part of a path, or one value of a query.
    static func encoded(_ text: String) -> String { text.addingPercentEncoding(withAllowedCharacters: plain) ?? "" }

    static func flag(_ id: String) -> String { "/flags/" + encoded(id) }
    static func plot(_ id: String) -> String { "/plots/" + encoded(id) }
    static func file(_ number: String) -> String { "/cases/" + encoded(number) }
    static func camera(_ id: String) -> String { "/cameras#" + encoded(id) }
    static func reference(_ camera: String) -> String { "/pictures/reference/" + encoded(camera) }
    static func capture(_ number: Int64, width: Int? = nil) -> String {
        "/pictures/capture/\(number)" + (width.map { "?width=\($0)" } ?? "")
    }
    static func evidence(_ flag: String, _ part: EvidencePicture) -> String {
        "/pictures/evidence/\(encoded(flag))/\(part.rawValue)"
    }

    /// A path of this server that a page may lead back to; `nil` for everything that a browser could take for another
    /// server's.
    static func local(_ text: String?) -> String? {
        guard let text, text.hasPrefix("/"), !text.hasPrefix("//"), !text.contains("\\"),
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return nil }
        return text
    }
}
