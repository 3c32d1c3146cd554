import Detection
import Village

extension FlightMatch {
    /// - Parameters:
    ///   - before: the name of the earlier flight's folder.
    ///   - files: of the later flight.
    public init(_ match: PatrolMatch, patrol: String, before: String, after: String, files: [String: Int]) {
        self.init(
            patrol: patrol, before: before, after: after, pairs: match.pairs.map { .init($0) },
            alone: match.alone.map(\.name), files: files)
    }
}

extension FlightMatch.Pair {
    public init(_ pair: PatrolMatch.Pair) {
        self.init(
            before: pair.before.name, after: pair.after?.name, latitude: pair.before.gps?.latitude,
            longitude: pair.before.gps?.longitude, metres: pair.metres, inliers: pair.inliers)
    }
}

extension PictureChange {
    public init(_ change: PairChange) {
        let alignment = change.alignment
        self.init(
            samePlace: alignment.samePlace, changedShare: change.changedShare,
            parts: change.regions.map { region in
                Part(
                    box: [region.box.x, region.box.y, region.box.width, region.box.height],
                    areaInPixels: region.areaInPixels, kind: region.kind.rawValue, confidence: region.confidence)
            }, pixels: change.mask.width * change.mask.height, matrix: alignment.homography?.matrix,
            reason: alignment.reason)
    }

    /// Of two pictures of which one could not be read.
    public init(failure: InspectionFailure) {
        self.init(
            samePlace: nil, changedShare: nil, parts: [], matrix: nil,
            reason: "a picture could not be used: \(failure.message)")
    }
}
