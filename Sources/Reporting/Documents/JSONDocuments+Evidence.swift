import Village

extension JSONDocuments {
    /// `{"plotwatch":"1","kind":"evidence","file":…,"seal":…,"files":…}`: what was packed.
    public static func packed(file: String, seal: String, files: Int, absent: [String]) -> String {
        document(
            "evidence",
            [
                .init("file", .text(file)), .init("seal", .text(seal)), .init("files", .integer(files)),
                .init("absent", .list(absent.map { .text($0) })),
            ])
    }

    /// `{"plotwatch":"1","kind":"verify","intact":…,"seal":…,"faults":[…]}`.
    public static func verified(
        file: String, seal: String?, subject: String?, sealedAt: String?, faults: [(path: String?, problem: Bilingual)]
    ) -> String {
        var reasons: [JSONValue.Member] = []
        if seal == nil { reasons.append(.init("seal", .text("the archive or its manifest cannot be read"))) }
        if sealedAt == nil {
            reasons.append(.init("sealedAt", .text("no site was asked (--site), or it does not know")))
        }
        return document(
            "verify",
            [
                .init("file", .text(file)), .init("intact", .bool(faults.isEmpty)), .init("subject", .text(subject)),
                .init("seal", .text(seal)), .init("sealedAt", .text(sealedAt)),
                .init(
                    "faults",
                    .list(
                        faults.map {
                            .object([.init("path", .text($0.path)), .init("problem", bilingual($0.problem))])
                        })),
                .init("reason", .object(reasons)),
            ])
    }
}
