import Village

/// The stored facts as spreadsheets. Column names are the JSON documents' member names; an empty cell is "could not
/// be measured".
public enum CSVDocuments {
    private static let quantities: [Quantity] = [
        .gcc, .rcc, .exg, .vegetationCover, .canopyCover, .bloom, .ripeColour, .yellowing, .count, .activity,
        .clippedShare, .countLow, .countHigh, .outside, .density, .spread, .bareGround, .stillHours,
        .newFruit, .diameterMean, .diameterLeast, .diameterGreatest, .spottedShare, .colourShare,
    ]

    public static let readingsTable = CSVTable(
        columns: ["plot", "camera", "capture", "at", "quality"] + quantities.map(\.rawValue)
            + ["classShares", "reason"])

    /// One reading as a line of `readingsTable`.
    public static func row(_ reading: Reading, clock: SiteClock) -> String {
        var cells: [CSVTable.Cell] = [
            .text(reading.plot), .text(reading.camera), .text(reading.capture), .text(clock.iso8601(reading.at)),
            .text(reading.quality.rawValue),
        ]
        cells += quantities.map { .number(reading.value($0), decimals: JSONDocuments.shareDecimals) }
        let shares = reading.classShares.sorted { $0.key < $1.key }.map {
            "\($0.key)=\(DecimalText.text($0.value, decimals: 3) ?? "")"
        }
        cells.append(shares.isEmpty ? .empty : .text(shares.joined(separator: ";")))
        var reasons: [String] = []
        for quantity in quantities {
            guard case .absent(let reason) = reading.values[quantity], !reasons.contains(reason) else { continue }
            reasons.append(reason)
        }
        cells.append(reasons.isEmpty ? .empty : .text(reasons.joined(separator: "; ")))
        return readingsTable.row(cells)
    }

    /// Handed to `write` in pieces.
    public static func readings<Failure: Error>(
        _ readings: some Sequence<Reading>, clock: SiteClock, write: (String) throws(Failure) -> Void
    ) throws(Failure) {
        try write(readingsTable.header)
        for reading in readings { try write(row(reading, clock: clock)) }
    }

    public static let capturesTable = CSVTable(columns: [
        "camera", "capture", "at", "timeSource", "quality", "reason", "width", "height", "sizeInBytes", "sha256",
        "shift.dx", "shift.dy",
        "shift.rotation",
    ])

    /// One capture as a line of `capturesTable`.
    public static func row(_ capture: Capture, clock: SiteClock) -> String {
        capturesTable.row([
            .text(capture.camera), .text(capture.path), .text(capture.at.map(clock.iso8601)),
            .text(capture.timeSource?.rawValue),
            .text(capture.quality.rawValue), .text(capture.reason), .integer(capture.width), .integer(capture.height),
            .integer(capture.sizeInBytes), .text(capture.sha256), .number(capture.shift?.dx, decimals: 3),
            .number(capture.shift?.dy, decimals: 3), .number(capture.shift?.rotation, decimals: 4),
        ])
    }

    /// Handed to `write` in pieces.
    public static func captures<Failure: Error>(
        _ captures: some Sequence<Capture>, clock: SiteClock, write: (String) throws(Failure) -> Void
    ) throws(Failure) {
        try write(capturesTable.header)
        for capture in captures { try write(row(capture, clock: clock)) }
    }

    /// - Parameter cases: case numbers by flag id.
    public static func flags(_ flags: [Flag], cases: [String: String] = [:], clock: SiteClock) -> String {
        let table = CSVTable(columns: [
            "id", "plot", "camera", "household", "kind", "stage", "status", "firstSeen", "lastSeen", "confirmedAt",
            "box.x", "box.y",
            "box.width", "box.height", "areaInPixels", "areaInSquareMetres", "confidence", "permit", "case",
            "explanation.zh",
            "explanation.en", "evidence.before", "evidence.after", "evidence.mask", "decision", "decision.by",
            "decision.at", "decision.note",
        ])
        return flags.reduce(into: table.header) { out, flag in
            let box = (0..<4).map { CSVTable.Cell.integer($0 < flag.box.count ? flag.box[$0] : nil) }
            out += table.row(
                [
                    .text(flag.id), .text(flag.plot), .text(flag.camera), .text(flag.household),
                    .text(flag.kind.rawValue),
                    .text(flag.stage.rawValue), .text(flag.status.rawValue), .text(clock.iso8601(flag.firstSeen)),
                    .text(clock.iso8601(flag.lastSeen)), .text(clock.iso8601(flag.confirmedAt)),
                ] + box + [
                    .integer(flag.areaInPixels), .number(flag.areaInSquareMetres, decimals: 1),
                    .number(flag.confidence, decimals: 3),
                    .text(flag.permit), .text(cases[flag.id]), .text(flag.explanation.zh), .text(flag.explanation.en),
                    .text(flag.evidence.before), .text(flag.evidence.after), .text(flag.evidence.mask),
                    .text(flag.decision?.verdict.kind.rawValue), .text(flag.decision?.by),
                    .text(flag.decision.map { clock.iso8601($0.at) }), .text(flag.decision?.note),
                ])
        }
    }

    public static func advice(_ advice: [Advice], clock: SiteClock) -> String {
        let table = CSVTable(columns: [
            "id", "plot", "household", "camera", "kind", "crop", "bbch", "at", "title.zh", "title.en", "seen.zh",
            "seen.en", "action.zh",
            "action.en", "confidence", "source", "confirmedLocally", "capture",
        ])
        return advice.reduce(into: table.header) { out, card in
            out += table.row([
                .text(card.id), .text(card.plot), .text(card.household), .text(card.camera), .text(card.kind.rawValue),
                .text(card.crop),
                .text(card.bbch), .text(clock.iso8601(card.at)), .text(card.title.zh), .text(card.title.en),
                .text(card.seen.zh),
                .text(card.seen.en), .text(card.action.zh), .text(card.action.en),
                .number(card.confidence, decimals: 3),
                .text(card.source), .text(card.confirmedLocally ? "true" : "false"), .text(card.capture),
            ])
        }
    }
}
