import Village

extension JSONDocuments {
    /// `{"plotwatch": "1", "kind": "appearance", …}`; `firstSeen` is `null` with a reason where it cannot be told.
    public static func appearance(_ appearance: Appearance, clock: SiteClock, language: Language) -> String {
        document(
            "appearance",
            [
                .init("plot", .text(appearance.plot)), .init("camera", .text(appearance.camera)),
                .init("polygon", outline(appearance.outline)),
                .init("firstSeen", .text(appearance.firstSeen.map { clock.iso8601($0.at) })),
                .init("firstCapture", .text(appearance.firstSeen?.capture)),
                .init("lastWithout", .text(appearance.lastWithout.map { clock.iso8601($0.at) })),
                .init("lastCaptureWithout", .text(appearance.lastWithout?.capture)),
                .init("changedShare", .number(appearance.changedShare, decimals: shareDecimals)),
                .init("captures", .integer(appearance.captures)),
                .init("reason", .text(appearance.reason?.text(in: language))),
            ])
    }
}
