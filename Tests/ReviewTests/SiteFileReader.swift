import ConfigurationFiles
import Village

enum SiteFileReader {
    static func load(_ path: String) throws -> Site { try SiteFile.load(path: path) }
}
