import Analysis
import Pixels

extension CameraFrame {
    /// Columns at which a far displacement is sought: enough to be sure, few enough for every doubtful capture.
    private static let wideWidth = 320
    /// Greatest displacement sought, as a share of the width.
    private static let wideRange = 0.5

    static func wideRegistration(_ reference: inout ReducedPictures, ignoring ignored: Mask?) -> Registration {
        var parameters = Registration.Parameters()
        parameters.finestWidth = wideWidth
        parameters.range = wideRange
        return Registration(reference: &reference, ignoring: ignored, parameters: parameters)
    }

    /// Whether a capture shows the place so far beside where it was that nothing can be measured.
    func isDisplaced(_ pictures: inout ReducedPictures) -> Bool {
        let found = wide.align(&pictures)
        guard found.isSamePlace == true else { return false }
        let reach = Registration.Parameters().range * Double(size.width)
        return max(abs(found.transform.dx), abs(found.transform.dy)) > reach
    }
}
