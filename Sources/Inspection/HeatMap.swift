import Foundation
import Pixels
import Storage
import Village

/// How often animals stood where, over a camera's frame, in each part of the day.
public struct HeatMap: Sendable, Codable, Equatable {
    /// Columns.
    static let width = 64

    public private(set) var width: Int
    public private(set) var height: Int
    /// Over the whole day.
    public private(set) var counts: [Int]
    /// By ``DayPart``; states before it lack it, so its sums may stay below `counts`.
    private var parts: [String: [Int]]?
    private var cell: Double

    init(frame: Size) {
        cell = max(1, Double(frame.width) / Double(HeatMap.width))
        width = max(1, Int((Double(frame.width) / cell).rounded(.up)))
        height = max(1, Int((Double(frame.height) / cell).rounded(.up)))
        counts = [Int](repeating: 0, count: width * height)
        parts = [:]
    }

    mutating func add(_ feet: [SIMD2<Double>], in part: DayPart) {
        guard !feet.isEmpty else { return }
        var cells = counts(in: part)
        for foot in feet {
            let x = min(max(Int(foot.x / cell), 0), width - 1), y = min(max(Int(foot.y / cell), 0), height - 1)
            counts[y * width + x] += 1
            cells[y * width + x] += 1
        }
        parts = (parts ?? [:]).merging([part.rawValue: cells]) { $1 }
    }

    /// How often animals stood in each cell in that part of the day.
    public func counts(in part: DayPart) -> [Int] {
        parts?[part.rawValue] ?? [Int](repeating: 0, count: width * height)
    }

    /// Where the middle of all sightings of a part of the day is, as shares of the frame's width and height.
    ///
    /// - Returns: `nil` where nothing was seen in it.
    public func middle(in part: DayPart) -> SIMD2<Double>? {
        let cells = counts(in: part)
        var sum = SIMD2(0.0, 0.0), number = 0.0
        for (i, count) in cells.enumerated() where count > 0 {
            sum += Double(count) * SIMD2(Double(i % width) + 0.5, Double(i / width) + 0.5)
            number += Double(count)
        }
        return number > 0 ? sum / number / SIMD2(Double(width), Double(height)) : nil
    }

    /// Over a picture of the frame's shape: red where they stood most.
    ///
    /// - Parameter part: of the day; `nil` = the whole.
    public func drawn(over image: RGBImage, in part: DayPart? = nil) -> RGBImage {
        let counts = part.map { self.counts(in: $0) } ?? counts
        let most = Double(max(counts.max() ?? 1, 1))
        let smooth = Plane<Float>(
            width: width, height: height, samples: counts.map { Float((Double($0) / most).squareRoot()) }
        ).blurred(sigma: 0.8)
        var result = image
        for y in 0..<image.height {
            for x in 0..<image.width {
                let share = min(
                    1, 1.6 * smooth[min(x * width / image.width, width - 1), min(y * height / image.height, height - 1)]
                )
                guard share > 0.05 else { continue }
                let i = 3 * (y * image.width + x)
                for (k, level) in [Float(255), 60, 0].enumerated() {
                    result.bytes[i + k] = UInt8(Float(image.bytes[i + k]) * (1 - 0.7 * share) + level * 0.7 * share)
                }
            }
        }
        return result
    }

    static func name(_ plot: String) -> String { "pen/\(plot)/heat" }

    public static func stored(camera: String, plot: String, in store: Store) throws -> HeatMap? {
        try store.state(camera: camera, name: name(plot)).map {
            try JSONDecoder().decode(HeatMap.self, from: $0)
        }
    }
}
