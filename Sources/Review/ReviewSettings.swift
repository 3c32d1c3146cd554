import Village

/// How the review page is served.
public struct ReviewSettings: Sendable {
    public var address: ListenAddress
    /// 0 = any free port.
    public var port: Int
    /// Host names besides addresses that a browser may use; needed only where a name server knows this machine.
    public var hostNames: [String]
    /// What has to be known to sign in; `nil` = nobody is asked, which only a loopback address allows.
    public var passphrase: PassphraseHash?
    /// Who decides, where nobody has said a name.
    public var inspector: String
    /// Flags on one page of the inbox.
    public var pageSize: Int
    /// The site file, for edits.
    public var siteFile: String
    public var toolVersion: String
    /// The map library; `nil` = plots are not drawn on the ground.
    public var leaflet: Leaflet?

    public init(
        address: ListenAddress, port: Int, hostNames: [String] = [], passphrase: PassphraseHash?, inspector: String,
        pageSize: Int = 50, siteFile: String, toolVersion: String, leaflet: Leaflet? = nil
    ) throws(ReviewRefusal) {
        guard address.isLoopback || passphrase != nil else { throw .noPassphrase(address: address.text) }
        self.address = address
        self.port = port
        self.hostNames = hostNames
        self.passphrase = passphrase
        self.inspector = inspector
        self.pageSize = pageSize
        self.siteFile = siteFile
        self.toolVersion = toolVersion
        self.leaflet = leaflet
    }
}

/// Why the page is not served; `message` says what can be done.
public enum ReviewRefusal: Error, Equatable, Sendable {
    /// Others could reach it and nobody would be asked who they are.
    case noPassphrase(address: String)
    case badAddress(String)
    case weakPassphrase(reason: String)
    /// The file exists and does not hold what `--set-passphrase` writes, or others may read it.
    case badPassphraseFile(path: String, reason: String)

    public var message: String {
        switch self {
        case .noPassphrase(let address):
            "--listen \(address) would let others reach this page, and no passphrase is set: "
                + "run `plotwatch review SITE --set-passphrase` first"
        case .badAddress(let text):
            "--listen \(text): write an address of this machine such as 192.168.1.20, or 0.0.0.0 for all of them"
        case .weakPassphrase(let reason): "the passphrase \(reason)"
        case .badPassphraseFile(let path, let reason): "\(path) \(reason)"
        }
    }
}
