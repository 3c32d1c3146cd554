/// Writes TIFF directories of either byte order: EXIF bodies and tiny TIFF pictures.
public struct TIFFSketch: Sendable {
    public struct Entry: Sendable {
        public var tag: Int
        public var type: Int
        public var count: Int
        /// The values in the order of the file's bytes.
        public var bytes: [UInt8]
    }

    /// Where an entry stands: the first directory, EXIF's own, GPS.
    public enum Directory: Sendable { case first, camera, place }

    public let isBigEndian: Bool
    private var entries: [Entry] = []
    private var camera: [Entry] = []
    private var place: [Entry] = []

    public init(isBigEndian: Bool = false) { self.isBigEndian = isBigEndian }

    public func number(_ value: Int, length: Int) -> [UInt8] {
        let bytes = (0..<length).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        return isBigEndian ? bytes.reversed() : bytes
    }

    private mutating func add(_ entry: Entry, _ directory: Directory) {
        switch directory {
        case .first: entries.append(entry)
        case .camera: camera.append(entry)
        case .place: place.append(entry)
        }
    }

    public mutating func short(_ tag: Int, _ values: Int..., in directory: Directory = .first) {
        add(Entry(tag: tag, type: 3, count: values.count, bytes: values.flatMap { number($0, length: 2) }), directory)
    }

    public mutating func long(_ tag: Int, _ value: Int, in directory: Directory = .first) {
        add(Entry(tag: tag, type: 4, count: 1, bytes: number(value, length: 4)), directory)
    }

    public mutating func byte(_ tag: Int, _ value: UInt8, in directory: Directory = .first) {
        add(Entry(tag: tag, type: 1, count: 1, bytes: [value]), directory)
    }

    public mutating func text(_ tag: Int, _ text: String, in directory: Directory = .first) {
        let bytes = Array(text.utf8) + [0]
        add(Entry(tag: tag, type: 2, count: bytes.count, bytes: bytes), directory)
    }

    public mutating func rational(_ tag: Int, _ fractions: (Int, Int)..., in directory: Directory = .first) {
        let bytes = fractions.flatMap { number($0.0, length: 4) + number($0.1, length: 4) }
        add(Entry(tag: tag, type: 5, count: fractions.count, bytes: bytes), directory)
    }

    /// An entry with any type, count and pointer, true or not.
    public mutating func raw(_ tag: Int, type: Int, count: Int, pointer: Int, in directory: Directory = .first) {
        add(Entry(tag: tag, type: type, count: count, bytes: number(pointer, length: 4)), directory)
    }

    /// The whole structure, directories first, then what does not fit into them.
    public func bytes(pixels: [UInt8] = []) -> [UInt8] {
        var first = entries
        if !pixels.isEmpty { first.append(Entry(tag: 273, type: 4, count: 1, bytes: number(0, length: 4))) }
        if !camera.isEmpty { first.append(Entry(tag: 0x8769, type: 4, count: 1, bytes: number(0, length: 4))) }
        if !place.isEmpty { first.append(Entry(tag: 0x8825, type: 4, count: 1, bytes: number(0, length: 4))) }
        func size(_ entries: [Entry]) -> Int { entries.isEmpty ? 0 : 6 + 12 * entries.count }
        let cameraAt = 8 + size(first), placeAt = cameraAt + size(camera)
        var dataAt = placeAt + size(place)
        let pixelsAt = dataAt
        var data = pixels
        dataAt += pixels.count
        for index in first.indices {
            if first[index].tag == 273, !pixels.isEmpty { first[index].bytes = number(pixelsAt, length: 4) }
            if first[index].tag == 0x8769, !camera.isEmpty { first[index].bytes = number(cameraAt, length: 4) }
            if first[index].tag == 0x8825, !place.isEmpty { first[index].bytes = number(placeAt, length: 4) }
        }
        var out: [UInt8] = isBigEndian ? [0x4D, 0x4D, 0, 42] : [0x49, 0x49, 42, 0]
        out += number(8, length: 4)
        for directory in [first, camera, place] where !directory.isEmpty {
            out += number(directory.count, length: 2)
            for entry in directory.sorted(by: { $0.tag < $1.tag }) {
                out += number(entry.tag, length: 2) + number(entry.type, length: 2) + number(entry.count, length: 4)
                if entry.bytes.count <= 4 {
                    out += entry.bytes + [UInt8](repeating: 0, count: 4 - entry.bytes.count)
                } else {
                    out += number(dataAt, length: 4)
                    data += entry.bytes
                    dataAt += entry.bytes.count
                }
            }
            out += number(0, length: 4)
        }
        return out + data
    }

    /// This directory as a JPEG's EXIF segment, put right behind the start of `jpeg`.
    public func inserted(into jpeg: [UInt8]) -> [UInt8] {
        let body = [0x45, 0x78, 0x69, 0x66, 0, 0] + bytes()
        let length = body.count + 2
        return Array(jpeg.prefix(2)) + [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 255)] + body + jpeg.dropFirst(2)
    }
}
