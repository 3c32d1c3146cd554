/// What the camera wrote about a picture: time, place, device, exposure. Every field may be missing; none is trusted
/// to be right.
public struct EXIF: Sendable, Equatable {
    /// A wall-clock time without a zone, as written.
    public struct DateTime: Sendable, Hashable, Codable {
        public var year: Int
        public var month: Int
        public var day: Int
        public var hour: Int
        public var minute: Int
        public var second: Int

        public init(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
            self.year = year
            self.month = month
            self.day = day
            self.hour = hour
            self.minute = minute
            self.second = second
        }
    }

    /// A place on the WGS-84 ellipsoid.
    public struct GPS: Sendable, Hashable, Codable {
        /// Degrees, north positive.
        public var latitude: Double
        /// Degrees, east positive.
        public var longitude: Double
        /// Metres above sea level.
        public var altitude: Double?
        /// Degrees clockwise from north into which the camera looked.
        public var imageDirection: Double?
    }

    public var orientation: Orientation?
    /// When the shutter opened.
    public var dateTimeOriginal: DateTime?
    /// When the file was last changed, which for an unedited picture is when it was taken.
    public var dateTime: DateTime?
    /// The digits after the second of `dateTimeOriginal`.
    public var subSecond: String?
    /// Seconds east of UTC of the clock that wrote `dateTimeOriginal`.
    public var offsetTimeOriginal: Int?
    /// Absent also where the file says 0° N 0° E: receivers without a fix write that.
    public var gps: GPS?
    /// The receiver's time, UTC.
    public var gpsDateTime: DateTime?
    public var make: String?
    public var model: String?
    public var software: String?
    public var imageDescription: String?
    public var userComment: String?
    public var imageUniqueID: String?
    /// Seconds.
    public var exposureTime: Double?
    public var fNumber: Double?
    public var isoSpeed: Int?
    /// True when the white balance was set by hand.
    public var hasManualWhiteBalance: Bool?
    public var pixelWidth: Int?
    public var pixelHeight: Int?
    /// Millimetres that the lens would have on film of 36 × 24 mm.
    public var focalLengthOn35mmFilm: Int?

    /// Reads the body of an EXIF segment: a JPEG's APP1 with or without its `Exif` mark, or a PNG's eXIf chunk.
    ///
    /// Nothing in the bytes can make this trap, loop or reserve more than the segment's own size. `nil` where the
    /// bytes hold no
    /// EXIF directory.
    public init?(app1 bytes: some Collection<UInt8>) {
        var body = Array(bytes)
        if body.starts(with: EXIF.mark) { body.removeFirst(EXIF.mark.count) }
        guard let reader = EXIFReader(body), let first = reader.directory(at: reader.firstDirectory) else { return nil }
        read(first, reader)
        if let camera = reader.directory(at: first.integer(.exifDirectory)) { readCamera(camera) }
        if let place = reader.directory(at: first.integer(.gpsDirectory)) { readPlace(place) }
    }

    /// `Exif` and two zeros, which begin the segment in a JPEG.
    static let mark: [UInt8] = [0x45, 0x78, 0x69, 0x66, 0, 0]

    private mutating func read(_ directory: EXIFDirectory, _ reader: EXIFReader) {
        orientation = directory.integer(.orientation).flatMap(Orientation.init(rawValue:))
        dateTime = directory.text(.dateTime).flatMap(DateTime.init(exif:))
        make = directory.text(.make)
        model = directory.text(.model)
        software = directory.text(.software)
        imageDescription = directory.text(.imageDescription)
    }

    private mutating func readCamera(_ directory: EXIFDirectory) {
        dateTimeOriginal = directory.text(.dateTimeOriginal).flatMap(DateTime.init(exif:))
        subSecond = directory.text(.subSecondOriginal).flatMap { text in
            text.allSatisfy { ("0"..."9").contains($0) } ? text : nil
        }
        offsetTimeOriginal = directory.text(.offsetOriginal).flatMap(EXIF.seconds(offset:))
        exposureTime = directory.rationals(.exposureTime).first.flatMap { $0 > 0 ? $0 : nil }
        fNumber = directory.rationals(.fNumber).first.flatMap { $0 > 0 ? $0 : nil }
        isoSpeed = directory.integer(.isoSpeed)
        hasManualWhiteBalance = directory.integer(.whiteBalance).map { $0 == 1 }
        pixelWidth = directory.integer(.pixelWidth)
        pixelHeight = directory.integer(.pixelHeight)
        focalLengthOn35mmFilm = directory.integer(.focalLengthOn35mmFilm).flatMap { (1...2000).contains($0) ? $0 : nil }
        userComment = directory.comment(.userComment)
        imageUniqueID = directory.text(.imageUniqueID)
    }

    private mutating func readPlace(_ directory: EXIFDirectory) {
        gps = GPS(directory)
        guard let date = directory.text(.gpsDate) else { return }
        let time = directory.rationals(.gpsTime)
        guard time.count == 3, time.allSatisfy({ (0..<100).contains($0) }) else { return }
        gpsDateTime = DateTime(exif: "\(date) \(two(time[0])):\(two(time[1])):\(two(time[2]))")
    }

    private func two(_ number: Double) -> String { number < 10 ? "0\(Int(number))" : "\(Int(number))" }

    /// `+08:00` or `Z` as seconds east of UTC; `nil` for anything else, and beyond ±18 h.
    static func seconds(offset text: String) -> Int? {
        if text == "Z" { return 0 }
        let digits = Array(text.utf8)
        guard digits.count == 6, digits[3] == UInt8(ascii: ":"), let sign = text.first, sign == "+" || sign == "-"
        else { return nil }
        guard let hours = number(digits[1..<3]), let minutes = number(digits[4..<6]), hours <= 18, minutes < 60 else {
            return nil
        }
        return (sign == "-" ? -1 : 1) * (hours * 3600 + minutes * 60)
    }

    /// The number that ASCII digits write; `nil` where anything else stands among them.
    static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for digit in digits {
            guard (0x30...0x39).contains(digit), value < 1_000_000 else { return nil }
            value = value * 10 + Int(digit) - 0x30
        }
        return digits.isEmpty ? nil : value
    }
}

extension EXIF.DateTime {
    /// `2015:04:30 12:31:37`; other separators of one character are accepted. `nil` for zeros, blanks and impossible
    /// dates.
    init?(exif text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 19 else { return nil }
        guard let year = EXIF.number(bytes[0..<4]), let month = EXIF.number(bytes[5..<7]),
            let day = EXIF.number(bytes[8..<10]),
            let hour = EXIF.number(bytes[11..<13]), let minute = EXIF.number(bytes[14..<16]),
            let second = EXIF.number(bytes[17..<19])
        else { return nil }
        guard year > 0, (1...12).contains(month), (1...EXIF.DateTime.days(in: month, of: year)).contains(day),
            hour < 24, minute < 60,
            second <= 60
        else { return nil }
        self.init(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    }

    private static func days(in month: Int, of year: Int) -> Int {
        if month == 2 { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28 }
        return [4, 6, 9, 11].contains(month) ? 30 : 31
    }
}

extension EXIF.GPS {
    init?(_ directory: EXIFDirectory) {
        guard
            let latitude = EXIF.GPS.degrees(
                directory.rationals(.gpsLatitude), directory.text(.gpsLatitudeReference), "N", "S", 90),
            let longitude = EXIF.GPS.degrees(
                directory.rationals(.gpsLongitude), directory.text(.gpsLongitudeReference), "E", "W", 180),
            latitude != 0 || longitude != 0
        else { return nil }
        self.latitude = latitude
        self.longitude = longitude
        let below = directory.integer(.gpsAltitudeReference) == 1
        altitude = directory.rationals(.gpsAltitude).first.map { below ? -$0 : $0 }
        imageDirection = directory.rationals(.gpsImageDirection).first.flatMap { (0...360).contains($0) ? $0 : nil }
    }

    private static func degrees(
        _ parts: [Double], _ reference: String?, _ positive: String, _ negative: String, _ most: Double
    ) -> Double? {
        guard parts.count == 3, let reference, reference == positive || reference == negative else { return nil }
        guard parts.allSatisfy({ $0 >= 0 }) else { return nil }
        let degrees = parts[0] + parts[1] / 60 + parts[2] / 3600
        return degrees <= most ? (reference == negative ? -degrees : degrees) : nil
    }
}
