import Analysis
import Decoding
import Detection
import Foundation
import Pixels
import Village

/// Which picture of the later flight shows what one of the earlier flight shows: near by its position, then by content.
public struct PatrolMatch: Sendable {
    public struct Pair: Sendable {
        public var before: PatrolFlight.Picture
        /// `nil` where none shows the same.
        public var after: PatrolFlight.Picture?
        /// Between the two positions; `nil` where one has none.
        public var metres: Double?
        /// Corners that agree.
        public var inliers: Int
    }

    public let pairs: [Pair]
    /// Of the later flight, without one of the earlier.
    public let alone: [PatrolFlight.Picture]

    /// So many of the nearest pictures are looked into.
    static let looked = 6
    /// Columns at which content is compared.
    static let columns = 480

    /// - Parameter within: metres; farther apart two pictures are not compared.
    /// - Complexity: the later flight's pictures are decoded once, each earlier one is compared with at most
    ///   ``looked`` of them; with all of them where positions are missing.
    public init(before: PatrolFlight, after: PatrolFlight, within: Double) {
        var prints: [String: PictureFeatures] = [:]
        func features(_ picture: PatrolFlight.Picture) -> PictureFeatures? {
            if let known = prints[picture.path] { return known }
            guard let file = try? PictureFile(picture.path) else { return nil }
            let factor = max(1, file.image.width / PatrolMatch.columns)
            let small = factor == 1 ? file.image : file.image.downscaled(by: factor)
            let made = PictureFeatures(of: Plane(luminanceOf: small))
            prints[picture.path] = made
            return made
        }
        var used: Set<String> = []
        var pairs: [Pair] = []
        for picture in before.pictures {
            func metres(_ other: PatrolFlight.Picture) -> Double? {
                guard let a = picture.gps, let b = other.gps else { return nil }
                return GeoDistance.metres(
                    latitude: a.latitude, longitude: a.longitude, latitude: b.latitude, longitude: b.longitude)
            }
            let near = after.pictures.map { (picture: $0, metres: metres($0)) }.filter { ($0.metres ?? 0) <= within }
                .sorted { ($0.metres ?? 0, $0.picture.name) < ($1.metres ?? 0, $1.picture.name) }
            let looked = near.contains { $0.metres == nil } ? near[...] : near.prefix(PatrolMatch.looked)
            var best: (picture: PatrolFlight.Picture, metres: Double?, inliers: Int)?
            if let own = features(picture) {
                for candidate in looked {
                    guard let other = features(candidate.picture), let found = own.transform(to: other) else {
                        continue
                    }
                    if found.inliers > best?.inliers ?? 0 {
                        best = (candidate.picture, candidate.metres, found.inliers)
                    }
                }
            }
            if let best { used.insert(best.picture.path) }
            pairs.append(
                Pair(before: picture, after: best?.picture, metres: best?.metres, inliers: best?.inliers ?? 0))
        }
        self.pairs = pairs
        alone = after.pictures.filter { !used.contains($0.path) }
    }
}
