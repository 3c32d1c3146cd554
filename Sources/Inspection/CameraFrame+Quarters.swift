import Analysis
import Archive
import Decoding
import Detection
import Kernels
import Pixels
import Village

/// Large pictures of a camera that only looks for what is built: they are compared at a quarter or less, and are decoded
/// at a quarter.
extension CameraFrame {
    private static let quarters = Scale.quarter

    static func step(of camera: Camera, width: Int, workingFactor: Int) -> Int {
        camera.measures == .construction && workingFactor.isMultiple(of: quarters.divisor)
            && SceneHealth.isJudged(width: width, step: quarters.divisor) ? quarters.divisor : 1
    }

    /// A picture that is whole, upright and of the reference's size; `nil` for any other, which has to be looked at in
    /// full, and where captures are not compared at a quarter, an eighth and so on.
    func quartered(
        _ bytes: [UInt8], by decoder: Decoder, kernels: KernelSet
    ) -> (header: ImageHeader, pictures: ReducedPictures)? {
        guard step == CameraFrame.quarters.divisor, FileEnding(of: bytes) == .complete,
            let header = try? decoder.header(of: bytes), header.orientation == .upright, header.size == size,
            let decoded = try? decoder.blockMeans(bytes, scale: CameraFrame.quarters), decoded.truncation == nil
        else { return nil }
        // Blocks at the right and bottom that the picture does not fill.
        let whole = Region(x: 0, y: 0, width: size.width / step, height: size.height / step)
        let image = Region(decoded.content.size) == whole ? decoded.content : decoded.content.cropped(to: whole)
        return (decoded.header, ReducedPictures(reduced: image, by: step, of: size, kernels: kernels))
    }
}
