import Crypto
import HTTPTypes
import Hummingbird
import Storage

/// Files that are compiled in.
enum Assets {
    static let templates: [String: [UInt8]] = [
        "head": PackageResources.head_mustache, "foot": PackageResources.foot_mustache,
        "message": PackageResources.message_mustache, "login": PackageResources.login_mustache,
        "overview": PackageResources.overview_mustache, "inbox": PackageResources.inbox_mustache,
        "flag": PackageResources.flag_mustache, "plot": PackageResources.plot_mustache,
        "cases": PackageResources.cases_mustache, "case": PackageResources.case_mustache,
        "newcase": PackageResources.newcase_mustache,
        "draw": PackageResources.draw_mustache, "health": PackageResources.health_mustache,
        "help": PackageResources.help_mustache,
    ]
    static let style = PackageResources.review_css
    private static let scripts: [String: [UInt8]] = [
        "viewer.js": PackageResources.viewer_js, "keys.js": PackageResources.keys_js,
        "season.js": PackageResources.season_js, "draw.js": PackageResources.draw_js,
        "page.js": PackageResources.page_js, "map.js": PackageResources.map_js,
    ]

    static func response(_ name: String, desk: Desk, request: Request) throws -> Response {
        if name == "style.css" { return cached(Array(desk.style.utf8), "text/css; charset=utf-8", request) }
        if let leaflet = desk.settings.leaflet {
            if name == "leaflet.js" { return cached(leaflet.script, "text/javascript; charset=utf-8", request) }
            if name == "leaflet.css" { return cached(leaflet.style, "text/css; charset=utf-8", request) }
        }
        guard let bytes = scripts[name] else { throw PageError(.notFound, .notFound) }
        return cached(bytes, "text/javascript; charset=utf-8", request)
    }

    /// An answer that a browser may keep, and asks about before it uses it again.
    static func cached(_ bytes: [UInt8], _ type: String, _ request: Request) -> Response {
        let tag = "\"" + JournalChain.hexadecimal(SHA256.hash(data: bytes).prefix(16)) + "\""
        let headers: HTTPFields = [.contentType: type, .cacheControl: "private, no-cache", .eTag: tag]
        if request.headers[.ifNoneMatch] == tag { return Response(status: .notModified, headers: headers) }
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
