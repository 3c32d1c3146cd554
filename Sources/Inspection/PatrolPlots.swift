import Foundation
import Village

/// Plots on the map: polygons in degrees from a GeoJSON file.
public struct PatrolPlots: Sendable {
    public let plots: [MappedPlot]

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

    /// - Throws: what is wrong in the file.
    public init(path: String) throws(InspectionFailure) {
        func wrong(_ text: String) -> InspectionFailure {
            InspectionFailure(subject: path, stage: .configuring, message: text, disposition: .stopRun)
        }
        guard let data = FileManager.default.contents(atPath: path) else { throw wrong("there is no such file") }
        let file: File
        do { file = try JSONDecoder().decode(File.self, from: data) } catch {
            throw wrong("this is no GeoJSON FeatureCollection of polygons in degrees")
        }
        var plots: [MappedPlot] = []
        for (k, feature) in file.features.enumerated() {
            guard let ring = feature.geometry?.rings.first else { continue }
            guard ring.count >= 4, ring.allSatisfy({ $0.count >= 2 && abs($0[0]) <= 180 && abs($0[1]) <= 90 }) else {
                throw wrong("feature \(k + 1) is no closed ring of longitude and latitude")
            }
            plots.append(MappedPlot(id: feature.properties?.plot ?? feature.id ?? "\(k + 1)", ring: ring))
        }
        guard !plots.isEmpty else { throw wrong("it holds no polygon") }
        self.plots = plots
    }
}
