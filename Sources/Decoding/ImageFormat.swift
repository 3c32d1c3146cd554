/// The kind of file, told by its first bytes and never by its name.
public enum ImageFormat: String, Sendable, Codable, CaseIterable {
    case jpeg, png, tiff

    /// `nil` where the bytes begin like none of them.
    public init?(firstBytes bytes: some Collection<UInt8>) {
        let start = Array(bytes.prefix(8))
        if start.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if start == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] {
            self = .png
        } else if start.starts(with: [0x49, 0x49, 42, 0]) || start.starts(with: [0x4D, 0x4D, 0, 42]) {
            self = .tiff
        } else {
            return nil
        }
    }
}
