import Foundation
import Reporting

/// Plots on the map: polygons in degrees from a GeoJSON file.
struct PatrolPlots {
    struct Plot {
        var id: String
        /// Longitude and latitude of the outer ring's corners.
        var ring: [[Double]]

        /// Even–odd rule.
        func holds(longitude: Double, latitude: Double) -> Bool {
            var isInside = false
            var previous = ring[ring.count - 1]
            for corner in ring {
                if (corner[1] > latitude) != (previous[1] > latitude),
                    longitude < (previous[0] - corner[0]) * (latitude - corner[1]) / (previous[1] - corner[1])
                        + corner[0]
                {
                    isInside.toggle()
                }
                previous = corner
            }
            return isInside
        }
    }

    let plots: [Plot]

    private struct File: Decodable {
        struct Feature: Decodable {
            struct Geometry: Decodable {
                var type: String
                var rings: [[[Double]]]

                enum Key: String, CodingKey { case type, coordinates }

                init(from decoder: any Decoder) throws {
                    let values = try decoder.container(keyedBy: Key.self)
                    type = try values.decode(String.self, forKey: .type)
                    rings = type == "Polygon" ? try values.decode([[[Double]]].self, forKey: .coordinates) : []
                }
            }
            struct Properties: Decodable { var plot: String? }
            var id: String?
            var geometry: Geometry?
            var properties: Properties?
        }
        var features: [Feature]
    }

    init(path: String) throws {
        func wrong(_ text: String) -> Problem { Problem(message: "\(path): \(text)", status: .usage) }
        guard let data = FileManager.default.contents(atPath: path) else { throw wrong("there is no such file") }
        let file: File
        do { file = try JSONDecoder().decode(File.self, from: data) } catch {
            throw wrong("this is no GeoJSON FeatureCollection of polygons in degrees")
        }
        var plots: [Plot] = []
        for (k, feature) in file.features.enumerated() {
            guard let ring = feature.geometry?.rings.first else { continue }
            guard ring.count >= 4, ring.allSatisfy({ $0.count >= 2 && abs($0[0]) <= 180 && abs($0[1]) <= 90 }) else {
                throw wrong("feature \(k + 1) is no closed ring of longitude and latitude")
            }
            plots.append(Plot(id: feature.properties?.plot ?? feature.id ?? "\(k + 1)", ring: ring))
        }
        guard !plots.isEmpty else { throw wrong("it holds no polygon") }
        self.plots = plots
    }
}
