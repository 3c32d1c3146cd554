import Analysis
import Decoding
import Foundation
import Kernels
import Pixels
import TestKit
import Testing

/// Against published numbers, on pictures that are not part of the project (PLOTWATCH_DATA).
@Suite(.enabled(if: RealData.isPresent, "PLOTWATCH_DATA is not set"), .serialized)
struct RealPictureTests {
    private func image(_ path: String, scale: Scale = .full) throws -> RGBImage {
        let folder = try #require(RealData.folder)
        return try Decoder().rgb([UInt8](Data(contentsOf: folder.appending(path: path))), scale: scale).content
    }

    private func mask(_ path: String, scale: Scale = .full) throws -> Mask {
        let image = try image(path, scale: scale)
        return Mask(
            width: image.width, height: image.height,
            bytes: (0..<image.size.area).map { image.bytes[3 * $0] > 127 ? 255 : 0 })
    }

    /// The row that PhenoCam publishes for harvard, 2009-06-30 12:01:38.
    @Test func phenocamRowToAllDigits() throws {
        let color = try #require(
            MeasuredColor(
                of: image("phenocam-vegindex/harvard/2009/06/harvard_2009_06_30_120138.jpg"),
                inside: mask("phenocam-vegindex/harvard/ROI/harvard_DB_0001_01_inside_white.png"), kernels: .best))
        func digits(_ channel: MeasuredChannel) -> String {
            ([channel.mean, channel.standardDeviation].map { String(format: "%.5f", $0) }
                + channel.quantiles.map { String(format: "%.0f", $0) }).joined(separator: ",")
        }
        #expect(digits(color.red) == "48.82328,29.10044,9,16,27,44,66,87,102")
        #expect(digits(color.green) == "69.22894,32.38658,24,31,45,65,89,112,127")
        #expect(digits(color.blue) == "42.84936,27.51165,6,12,23,38,58,79,94")
        let correlations = [color.redGreenCorrelation, color.greenBlueCorrelation, color.blueRedCorrelation]
        #expect(correlations.map { String(format: "%.5f", $0) } == ["0.97765", "0.94863", "0.96853"])
    }

    /// Seedlings against masks drawn by hand; two drawings of such a mask differ by about a tenth of their union.
    @Test(arguments: [(3444, 0.15475, 0.90), (3475, 0.20694, 0.87)])
    func seedlingCover(number: Int, cover: Double, leastAgreement: Double) throws {
        let found = try Mask(vegetationIn: image("canopy-cover/images/IMG_\(number).JPG", scale: .half), kernels: .best)
        let drawn = try mask("canopy-cover/vegetation_masks/IMG_\(number).png", scale: .half)
        #expect(abs(Double(found.count) / Double(found.size.area) - cover) < 0.01)
        #expect(Double(found.intersection(drawn).count) / Double(found.union(drawn).count) > leastAgreement)
    }

    /// The wall of Mikolajczyk et al. 2005, seen from 30° and 60° aside; the published homographies are good to
    /// 1 or 2 pixels.
    @Test(arguments: [3, 6]) func wallSeenFromAside(number: Int) throws {
        let folder = try #require(RealData.folder)
        let text = try String(contentsOf: folder.appending(path: "registration-graf/H1to\(number)p"), encoding: .utf8)
        // The file counts from the first pixel's centre.
        let truth = Homography([1, 0, 0.5, 0, 1, 0.5, 0, 0, 1])
            .after(Homography(text.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }))
            .after(Homography([1, 0, -0.5, 0, 1, -0.5, 0, 0, 1]))
        let first = Plane(luminanceOf: try image("registration-graf/img1.png"))
        let found = try #require(
            FeatureRegistration(from: first, to: Plane(luminanceOf: try image("registration-graf/img\(number).png"))))
        for corner in [SIMD2(0.0, 0.0), SIMD2(800, 0), SIMD2(0, 640), SIMD2(800, 640)] {
            let d = found.homography.point(corner) - truth.point(corner)
            #expect((d.x * d.x + d.y * d.y).squareRoot() < 3, "corner \(corner)")
        }
        #expect(found.model == .homography)
    }

    @Test func oneCameraIsItselfAndNoOther() throws {
        let noon = RealData.files(in: "phenocam-dukehw-2015", endings: ["jpg"])
        try #require(noon.count > 16)
        let pictures = try [noon[10], noon[12], noon[16]].map {
            Plane(luminanceOf: try Decoder().rgb([UInt8](Data(contentsOf: $0))).content)
        }
        let registration = Registration(reference: pictures[0])
        for picture in pictures { #expect(registration.align(picture).isSamePlace == true) }
        let wall = Plane(luminanceOf: try image("registration-graf/img1.png"))
        #expect(Registration(reference: wall).align(pictures[0].resized(to: wall.size)).isSamePlace == false)
    }
}
