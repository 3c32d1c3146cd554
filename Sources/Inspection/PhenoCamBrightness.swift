import Analysis
import Kernels
import Pixels

/// The brightness by which PhenoCam leaves a picture out: mean of R + G + B inside a border of 30 pixels.
///
/// - Units: 0…765.
/// - Note: source: python-vegindex, `src/vegindex/roitimeseries.py`; a picture is dark below 30 and white above 725.
enum PhenoCamBrightness {
    static let border = 30

    static func mean(of image: RGBImage, kernels: KernelSet) -> Double {
        let inner = Region(image.size).expanded(by: -border)
        guard !inner.isEmpty else { return 0 }
        let patch = image.cropped(to: inner)
        guard
            let measured = MeasuredColor(
                of: patch, inside: Mask(width: patch.width, height: patch.height, inside: true), kernels: kernels)
        else { return 0 }
        return measured.red.mean + measured.green.mean + measured.blue.mean
    }
}
