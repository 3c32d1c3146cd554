import Village

extension JSONDocuments {
    /// `{"plotwatch":"1","kind":"compare","samePlace":…,"alignment":…,"changedShare":…,"regions":[…]}`.
    public static func compare(_ result: ComparisonResult) -> String {
        let isWhole = result.samePlace != nil && result.alignment != nil && result.changedShare?.isFinite == true
        return document(
            "compare",
            [
                .init("samePlace", .bool(result.samePlace)), .init("alignment", alignment(result.alignment)),
                .init("changedShare", .number(result.changedShare, decimals: shareDecimals)),
                .init("regions", .list(result.regions.map(region))),
                .init("reason", .text(result.reason ?? (isWhole ? nil : "the two pictures could not be aligned"))),
            ])
    }

    /// A pixel in a corner 10,000 pixels away is still placed to a hundredth.
    private static let matrixDecimals = 10

    private static func alignment(_ alignment: ComparisonResult.Alignment?) -> JSONValue {
        guard let alignment else { return .null }
        return .object([
            .init("model", .text(alignment.model.rawValue)), .init("inliers", .integer(alignment.inliers)),
            .init("errorInPixels", .number(alignment.errorInPixels, decimals: 3)),
            .init(
                "matrix",
                .list(
                    stride(from: 0, to: alignment.matrix.count, by: 3).map { row in
                        .list(
                            alignment.matrix[row..<min(row + 3, alignment.matrix.count)].map {
                                .number($0, decimals: matrixDecimals)
                            })
                    })),
        ])
    }

    private static func region(_ region: ComparisonResult.ChangedRegion) -> JSONValue {
        .object([
            .init("box", .list(region.box.map { .integer($0) })), .init("polygon", outline(region.polygon)),
            .init("areaInPixels", .integer(region.areaInPixels)), .init("kind", .text(region.kind)),
            .init("confidence", .number(region.confidence, decimals: 3)),
        ])
    }
}
