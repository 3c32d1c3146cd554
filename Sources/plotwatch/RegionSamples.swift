import Detection
import Foundation

/// What `scripts/train-regions` reads of two pictures: outline and measures of each changed region.
enum RegionSamples {
    private struct Sample: Encodable {
        /// x and y of the corners in turn, pixels of the earlier picture.
        var polygon: [Double]
        var measures: [Float]
    }

    static func document(of change: PairChange) throws -> Data {
        let samples = change.regions.filter { !$0.measures.isEmpty }.map { region in
            Sample(polygon: region.polygon.vertices.flatMap { [$0.x, $0.y] }, measures: region.measures)
        }
        return try JSONEncoder().encode(samples)
    }
}
