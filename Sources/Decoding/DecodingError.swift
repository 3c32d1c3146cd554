import Pixels

/// Why a file gave no picture. Where some rows could be had there is no error but a `Truncation`.
public enum DecodingError: Error, Equatable, Sendable {
    /// The part of a file that was being read.
    public enum Segment: String, Sendable, Codable {
        case header, pixels
    }

    /// A figure that has a limit.
    public enum Quantity: String, Sendable, Codable {
        case width, height, pixels, scans
    }

    /// No bytes at all.
    case empty
    /// Begins like none of the known formats.
    case notAnImage(firstBytes: [UInt8])
    /// The data ends before the first row of pixels is complete.
    case truncated(segment: Segment, at: Int)
    case overLimit(Quantity, value: Int, limit: Int)
    /// The bytes break the rules of their format.
    case malformed(segment: Segment, at: Int, detail: String)
    /// Follows the rules, but is a kind that is not read here.
    case unsupported(detail: String)
    /// The region asked for is empty or not within the picture of `size`.
    case regionOutside(Region, size: Size)
    case outOfMemory

    /// What happened and what can be done, in one sentence for a person.
    public var message: String {
        switch self {
        case .empty: "The file is empty; the camera or the copy was interrupted, fetch it again."
        case .notAnImage: "The file is not a JPEG, PNG or TIFF picture; remove it or leave it out by the file pattern."
        case .truncated(.header, _): "The file ends before its picture begins; it was not copied whole, fetch it again."
        case .truncated(.pixels, _): "The file ends before the first row of its picture; fetch it again."
        case .overLimit(.scans, _, _): "The file draws its picture in more passes than any camera does; it is refused."
        case .overLimit: "The picture is larger than the limits allow; check that it is a camera's."
        case .malformed: "The file is damaged; fetch it again from the camera."
        case .unsupported: "The picture is of a kind that is not read; store it as an ordinary 8-bit JPEG or PNG."
        case .regionOutside:
            "The part asked for lies outside the picture; check the polygon against the picture's size."
        case .outOfMemory: "There was not enough memory for this picture; run fewer jobs at once."
        }
    }

    /// The evidence behind `message`: offsets, sizes, the codec's words.
    public var details: String {
        switch self {
        case .empty: "0 bytes"
        case .notAnImage(let bytes): "first bytes " + bytes.map { hexadecimal($0) }.joined(separator: " ")
        case .truncated(let segment, let at): "\(segment.rawValue) ends at byte \(at)"
        case .overLimit(let quantity, let value, let limit): "\(quantity.rawValue) \(value), limit \(limit)"
        case .malformed(let segment, let at, let detail): "\(segment.rawValue), byte \(at): \(detail)"
        case .unsupported(let detail): detail
        case .regionOutside(let region, let size):
            "\(region.width) × \(region.height) at (\(region.x), \(region.y)) in a picture of \(size.width) × \(size.height)"
        case .outOfMemory: "allocation refused"
        }
    }

    private func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.count == 1 ? "0" + digits : digits
    }
}
