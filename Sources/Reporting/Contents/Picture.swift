import Foundation

/// An encoded picture, as it is put into a report: the file's bytes and its extent in pixels.
public struct Picture: Sendable, Equatable {
    public var bytes: [UInt8]
    public var width: Int
    public var height: Int

    public init(bytes: [UInt8], width: Int, height: Int) {
        self.bytes = bytes
        self.width = width
        self.height = height
    }

    /// `image/png` where the bytes begin as a PNG file does, else `image/jpeg`.
    public var mediaType: String { bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) ? "image/png" : "image/jpeg" }

    /// As an address that holds the picture itself; `nil` where it is empty.
    var dataAddress: String? {
        bytes.isEmpty ? nil : "data:\(mediaType);base64," + Data(bytes).base64EncodedString()
    }
}
