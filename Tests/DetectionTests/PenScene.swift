import Analysis
import Foundation
import Kernels
import Pixels

@testable import Detection

/// A pen of 4.5 × 3.5 m seen from straight above.
enum PenScene {
    static let size = Size(width: 240, height: 180)
    static let all = Mask(width: 240, height: 180, inside: true)
    /// 40 pixels a metre everywhere: seen from straight above.
    static let ground = GroundPlane(
        pixels: [SIMD2(0, 0), SIMD2(240, 0), SIMD2(240, 180), SIMD2(0, 180)],
        metres: [SIMD2(0, 0), SIMD2(6, 0), SIMD2(6, 4.5), SIMD2(0, 4.5)])

    /// Where ten hens stand apart.
    static let flock = [
        (30, 30), (60, 45), (100, 30), (140, 60), (170, 100), (60, 100), (100, 120), (150, 135), (40, 140), (180, 40),
    ]

    static func watch(withGround: Bool = true) throws -> PenWatch {
        let parameters = try PenParameters.shipped.get()
        let pen = Mask(
            filling: Polygon([SIMD2(20, 20), SIMD2(200, 20), SIMD2(200, 160), SIMD2(20, 160)]), size: size)
        return PenWatch(
            parameters: parameters, model: try PenModel.shipped.get(), animal: parameters.poultry, inside: pen,
            ignored: Mask(width: 240, height: 180, inside: false), ground: withGround ? ground : nil,
            kernels: .best)
    }
}
