import Village

extension JSONDocuments {
    /// `{"plotwatch":"1","kind":"captures","captures":[…]}`, handed to `write` in pieces.
    public static func captures<Failure: Error>(
        _ captures: some Sequence<Capture>, clock: SiteClock, write: (String) throws(Failure) -> Void
    ) throws(Failure) {
        try stream(kind: "captures", list: "captures", captures, write: write) { capture($0, clock: clock) }
    }

    /// One element of `captures`; `reason` is a sentence where the capture is not `ok` or has no time.
    public static func capture(_ capture: Capture, clock: SiteClock) -> JSONValue {
        var reason = capture.reason
        if reason == nil, capture.at == nil { reason = "no source gives a time" }
        if reason == nil, capture.quality != .ok { reason = "the capture is \(capture.quality.rawValue)" }
        if reason == nil, capture.shift == nil { reason = "not aligned" }
        return .object([
            .init("camera", .text(capture.camera)), .init("capture", .text(capture.path)),
            .init("at", .text(capture.at.map(clock.iso8601))), .init("timeSource", .text(capture.timeSource?.rawValue)),
            .init("quality", .text(capture.quality.rawValue)), .init("shift", shift(capture.shift)),
            .init("width", .integer(capture.width)), .init("height", .integer(capture.height)),
            .init("sizeInBytes", .integer(capture.sizeInBytes)), .init("sha256", .text(capture.sha256)),
            .init("solarElevation", .number(capture.solarElevation, decimals: 2)),
            .init("exposure", .integer(capture.exposure)),
            .init("location", location(capture.location)),
            .init(
                "measures",
                .object(
                    capture.measures.sorted { $0.key < $1.key }.map { .init($0.key, .number($0.value, decimals: 6)) })),
            .init("reason", .text(reason)),
        ])
    }

    private static func shift(_ shift: Shift?) -> JSONValue {
        guard let shift else { return .null }
        return .object([
            .init("dx", .number(shift.dx, decimals: 3)), .init("dy", .number(shift.dy, decimals: 3)),
            .init("rotation", .number(shift.rotation, decimals: 4)),
        ])
    }

    static func location(_ location: Location?) -> JSONValue {
        guard let location else { return .null }
        return .object([
            .init("latitude", .number(location.latitude, decimals: 7)),
            .init("longitude", .number(location.longitude, decimals: 7)),
            .init("elevation", .number(location.elevation, decimals: 1)), .init("datum", .text("WGS-84")),
        ])
    }
}
