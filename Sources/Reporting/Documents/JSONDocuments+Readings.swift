import Village

extension JSONDocuments {
    /// Decimals of shares and colour coordinates: one more than PhenoCam publishes.
    static let shareDecimals = 6

    /// The order in which a reading's quantities are written; `countRange` follows `count`.
    private static let beforeRange: [Quantity] = [
        .gcc, .rcc, .exg, .vegetationCover, .canopyCover, .bloom, .ripeColour, .yellowing, .count,
    ]
    private static let afterRange: [Quantity] = [.activity, .clippedShare]
    /// Written only where a reading has them: of pens, rooms and sorting tables.
    private static let ofKinds: [Quantity] = [
        .outside, .density, .spread, .bareGround, .stillHours, .newFruit, .diameterMean, .diameterLeast,
        .diameterGreatest, .spottedShare, .colourShare,
    ]

    /// `{"plotwatch":"1","kind":"readings","readings":[…]}`, handed to `write` in pieces.
    public static func readings<Failure: Error>(
        _ readings: some Sequence<Reading>, clock: SiteClock, write: (String) throws(Failure) -> Void
    ) throws(Failure) {
        try stream(kind: "readings", list: "readings", readings, write: write) { reading($0, clock: clock) }
    }

    /// One element of `readings`; `reason` holds one sentence for each member that is `null`.
    ///
    public static func reading(_ reading: Reading, clock: SiteClock) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("plot", .text(reading.plot)), .init("camera", .text(reading.camera)),
            .init("capture", .text(reading.capture)),
            .init("at", .text(clock.iso8601(reading.at))), .init("quality", .text(reading.quality.rawValue)),
        ]
        var reasons: [JSONValue.Member] = []
        func add(_ quantity: Quantity) {
            let name = quantity.rawValue
            if let value = reading.value(quantity), value.isFinite {
                members.append(.init(name, .number(value, decimals: shareDecimals)))
            } else {
                members.append(.init(name, .null))
                reasons.append(.init(name, .text(reason(for: quantity, in: reading))))
            }
        }
        beforeRange.forEach(add)
        if let low = reading.value(.countLow), let high = reading.value(.countHigh), low.isFinite, high.isFinite {
            members.append(.init("countRange", .list([low, high].map { .number($0, decimals: 1) })))
        } else {
            members.append(.init("countRange", .null))
            let counted = reading.value(.count) != nil
            reasons.append(
                .init("countRange", .text(counted ? "the count has no stated range" : reason(for: .count, in: reading)))
            )
        }
        afterRange.forEach(add)
        ofKinds.filter { reading.values[$0] != nil }.forEach(add)
        if reading.values[.colourShare] != nil {
            let shares = reading.classShares.sorted { $0.key < $1.key }
            members.append(
                .init(
                    "classShares",
                    shares.isEmpty
                        ? .null : .object(shares.map { .init($0.key, .number($0.value, decimals: shareDecimals)) })))
            if shares.isEmpty { reasons.append(.init("classShares", .text(reason(for: .colourShare, in: reading)))) }
        }
        members.append(.init("reason", .object(reasons)))
        return .object(members)
    }

    private static func reason(for quantity: Quantity, in reading: Reading) -> String {
        switch reading.values[quantity] {
        case .absent(let reason): reason
        case .value: "the measurement gave no finite number"
        case nil: reading.quality == .ok ? "not measured on this plot" : "the capture is \(reading.quality.rawValue)"
        }
    }
}
