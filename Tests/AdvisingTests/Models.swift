import ConfigurationFiles
import Foundation
import TestKit

@testable import Advising

/// The files that are shipped, found beside the tests' sources.
enum Models {
    static let folder = ProjectFiles.models
    private static let loaded = Result { () throws(ConfigurationError) in
        try CropLibrary.load(folders: ["\(folder)/crops"])
    }
    static var library: CropLibrary { get throws { try loaded.get() } }
    static var adviser: Adviser { get throws { Adviser(library: try library) } }
}
