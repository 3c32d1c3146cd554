import Foundation

@testable import Advising

/// The files that are shipped, found beside the tests' sources.
enum Models {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("models").path
    static var library: CropLibrary { get throws { try CropLibrary.load(folders: ["\(folder)/crops"]) } }
    static var adviser: Adviser { get throws { Adviser(library: try library) } }
}
