import Analysis
import Village

extension GroundPlane {
    /// From the camera's ground points; `nil` where there are fewer than four, or they do not make a plane.
    init?(of camera: Camera) {
        guard camera.ground.count >= 4 else { return nil }
        self.init(pixels: camera.ground.map(\.pixel), metres: camera.ground.map(\.metres))
    }
}
