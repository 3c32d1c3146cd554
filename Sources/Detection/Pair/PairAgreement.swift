import Analysis
import Pixels

/// How well two pictures lie on each other under one transform or another.
struct PairAgreement: Sendable {
    private let before: RGBImage
    private let luminance: Plane<Float>
    private let after: RGBImage
    private let scales: (before: SIMD2<Double>, after: SIMD2<Double>)

    /// Columns at which they are compared.
    static let columns = 512

    init(before: RGBImage, after: RGBImage) {
        func small(_ image: RGBImage) -> RGBImage {
            guard image.width > PairAgreement.columns else { return image }
            return image.resized(
                to: Size(
                    width: PairAgreement.columns, height: max(1, image.height * PairAgreement.columns / image.width)))
        }
        self.before = small(before)
        self.after = small(after)
        luminance = Plane<UInt8>(luminanceOf: self.before).floats
        scales = (
            SIMD2(Double(before.width) / Double(self.before.width), Double(before.height) / Double(self.before.height)),
            SIMD2(Double(after.width) / Double(self.after.width), Double(after.height) / Double(self.after.height))
        )
    }

    /// The mean normalised correlation over 9 × 9 windows of what both show, −1…1; −1 where they share less than a
    /// fifth of the frame.
    func of(_ homography: Homography) -> Double {
        let reduced = Homography([1 / scales.after.x, 0, 0, 0, 1 / scales.after.y, 0, 0, 0, 1]).after(homography)
            .after(Homography([scales.before.x, 0, 0, 0, scales.before.y, 0, 0, 0, 1]))
        let warp = Warp(of: after, by: reduced, size: before.size)
        let correlation = LocalCorrelation(of: luminance, with: Plane<UInt8>(luminanceOf: warp.image).floats, radius: 4)
            .correlation
        let inner = warp.valid.eroded(by: .square(radius: 4))
        var sum = 0.0, count = 0
        for i in inner.bytes.indices where inner.bytes[i] != 0 {
            sum += Double(correlation.samples[i])
            count += 1
        }
        return count * 5 < before.size.area ? -1 : sum / Double(count)
    }
}
