import Decoding
import Detection
import Foundation
import Kernels
import Pixels
import TestKit
import Testing
import Village

@Suite struct GrowthMeasurementTests {
    static let green: (UInt8, UInt8, UInt8) = (60, 120, 20)

    func measure(_ image: RGBImage, _ mask: Mask, _ quality: Quality = .ok, _ kernels: KernelSet = .best)
        -> GrowthMeasurement
    {
        GrowthMeasurement(of: image, in: PlotArea(mask: mask), quality: quality, kernels: kernels)
    }

    func whole(_ image: RGBImage) -> Mask { Mask(width: image.width, height: image.height, inside: true) }

    func value(_ growth: GrowthMeasurement, _ quantity: Quantity) -> Double? {
        if case .value(let value)? = growth.values[quantity] { value } else { nil }
    }

    func reason(_ growth: GrowthMeasurement, _ quantity: Quantity) -> String? {
        if case .absent(let reason)? = growth.values[quantity] { reason } else { nil }
    }

    // MARK: Known answers

    @Test(arguments: KernelSet.all.map(\.name)) func oneGreen(set: String) throws {
        let image = RGBImage.filled(20, 10, Self.green)
        let growth = measure(image, whole(image), .ok, try #require(KernelSet(named: set)))
        // 60 + 120 + 20 = 200.
        #expect(value(growth, .gcc) == 0.6)
        #expect(value(growth, .rcc) == 0.3)
        #expect(abs((value(growth, .exg) ?? .nan) - 0.8) < 1e-12)
        #expect(value(growth, .vegetationCover) == 1)
        #expect(value(growth, .bloom) == 0)
        #expect(value(growth, .ripeColour) == 0)
        #expect(value(growth, .yellowing) == 0)
        #expect(value(growth, .clippedShare) == 0)
        let statistics = try #require(growth.statistics)
        #expect(statistics.pixelCount == 200)
        #expect(statistics.green.mean == 120 && statistics.green.deviation == 0)
        #expect(statistics.red.quantiles == [Double](repeating: 60, count: 7))
        #expect(statistics.redGreenCorrelation.isNaN, "a constant channel correlates with nothing")
    }

    @Test func halfGreenHalfRed() throws {
        var image = RGBImage.filled(20, 10, Self.green)
        for y in 0..<10 { for x in 10..<20 { image[x, y] = (200, 40, 20) } }
        var left = whole(image)
        for y in 0..<10 { for x in 10..<20 { left[x, y] = false } }

        let both = measure(image, whole(image))
        // Means 130, 80, 20.
        #expect(abs((value(both, .gcc) ?? .nan) - 80.0 / 230) < 1e-12)
        #expect(abs((value(both, .rcc) ?? .nan) - 130.0 / 230) < 1e-12)
        #expect(value(both, .vegetationCover) == 0.5)
        #expect(value(both, .ripeColour) == 0.5)
        #expect(both.statistics?.red.deviation == 70)
        #expect(abs((both.statistics?.redGreenCorrelation ?? .nan) + 1) < 1e-12)

        let alone = measure(image, left)
        #expect(value(alone, .gcc) == 0.6)
        #expect(value(alone, .vegetationCover) == 1)
        #expect(value(alone, .ripeColour) == 0)
    }

    struct Sign: Sendable {
        var colour: (UInt8, UInt8, UInt8)
        var quantity: Quantity
    }

    @Test(arguments: [
        Sign(colour: (232, 214, 222), quantity: .bloom),
        Sign(colour: (225, 120, 30), quantity: .ripeColour),
        Sign(colour: (205, 190, 60), quantity: .yellowing),
    ])
    func halfOfAPlotShowsASign(sign: Sign) {
        var image = RGBImage.filled(20, 10, Self.green)
        for y in 0..<5 { for x in 0..<20 { image[x, y] = sign.colour } }
        #expect(value(measure(image, whole(image)), sign.quantity) == 0.5)
    }

    @Test func bareSoilHasNoLeavesToBeYellow() {
        let image = RGBImage.filled(20, 10, (150, 115, 85))
        let growth = measure(image, whole(image))
        #expect(value(growth, .vegetationCover) == 0)
        #expect(reason(growth, .yellowing)?.isEmpty == false)
    }

    @Test func blackHasNoColour() {
        let image = RGBImage.filled(20, 10, (0, 0, 0))
        let growth = measure(image, whole(image), .dark)
        for quantity in [Quantity.gcc, .rcc, .exg] {
            #expect(reason(growth, quantity) == "the plot is black in this picture")
        }
        #expect(value(growth, .clippedShare) == 1)
        #expect(growth.statistics?.green.mean == 0)
    }

    // MARK: Absence

    @Test(arguments: [(0, false), (1, false), (63, false), (64, true)]) func smallPlots(pixels: Int, isMeasured: Bool) {
        let image = RGBImage.filled(16, 16, Self.green)
        var mask = Mask(width: 16, height: 16, inside: false)
        for i in 0..<pixels { mask.bytes[i] = 255 }
        let growth = measure(image, mask)
        #expect((growth.statistics != nil) == isMeasured)
        #expect((value(growth, .gcc) == 0.6) == isMeasured)
        if !isMeasured {
            for measured in growth.values.values {
                guard case .absent(let reason) = measured else {
                    Issue.record("a value from \(pixels) pixels"); continue
                }
                #expect(reason == "the plot has only \(pixels) pixels in this picture")
            }
        }
    }

    @Test(arguments: Quality.allCases) func everyQuantityIsAValueOrAReason(quality: Quality) {
        let image = Scene().picture()
        for mask in [whole(image), Mask(width: image.width, height: image.height, inside: false)] {
            let growth = measure(image, mask, quality)
            let named: Set<Quantity> = [
                .gcc, .rcc, .exg, .clippedShare, .vegetationCover, .canopyCover, .bloom, .ripeColour, .yellowing,
            ]
            #expect(named.isSubset(of: Set(growth.values.keys)))
            for (quantity, measured) in growth.values {
                switch measured {
                case .value(let value): #expect(value.isFinite, "\(quantity)")
                case .absent(let reason): #expect(!reason.isEmpty, "\(quantity)")
                }
            }
            #expect(value(growth, .canopyCover) == nil, "colour cannot tell canopy from weeds")
        }
        let growth = measure(image, whole(image), quality)
        for share in [Quantity.vegetationCover, .bloom, .ripeColour] {
            if quality == .ok {
                #expect(value(growth, share) != nil)
            } else {
                #expect(reason(growth, share) == "the capture is \(quality.rawValue)")
            }
        }
        #expect(value(growth, .gcc) != nil, "PhenoCam's statistics are taken from every picture")
    }

    // MARK: Shares of a pixel

    /// From soil to leaf a pixel counts for more and more, and at the ends for nothing and for all.
    @Test func coverGrowsWithTheLeafInAPixel() throws {
        let soil = SIMD3<Float>(150, 118, 88), leaf = SIMD3<Float>(70, 105, 45)
        var last = -1.0
        for step in 0...20 {
            let colour = soil + (leaf - soil) * Float(step) / 20
            let image = RGBImage.filled(10, 10, (UInt8(colour.x), UInt8(colour.y), UInt8(colour.z)))
            let cover = try #require(value(measure(image, whole(image)), .vegetationCover))
            #expect(cover >= last, "step \(step)")
            if step == 0 { #expect(cover == 0) }
            if step == 20 { #expect(cover == 1) }
            if step == 4 { #expect(cover < 0.5, "a fifth of leaf is no leaf") }
            last = cover
        }
    }

    struct Ground: Sendable, CustomTestStringConvertible {
        var name: String
        var colour: SIMD3<Float>
        var isLeaf: Bool
        var testDescription: String { name }
    }

    @Test(arguments: [
        Ground(name: "citrus leaf", colour: [60, 84, 50], isLeaf: true),
        Ground(name: "yellow leaf", colour: [205, 190, 60], isLeaf: true),
        Ground(name: "straw", colour: [200, 175, 125], isLeaf: false),
        Ground(name: "red soil", colour: [150, 105, 70], isLeaf: false),
        Ground(name: "grey soil", colour: [130, 122, 112], isLeaf: false),
        Ground(name: "white wall", colour: [200, 200, 196], isLeaf: false),
        Ground(name: "brick", colour: [160, 95, 75], isLeaf: false),
        Ground(name: "blue roof", colour: [70, 110, 150], isLeaf: false),
        Ground(name: "tarpaulin", colour: [190, 196, 205], isLeaf: false),
    ])
    func leafAndWhatIsNotInSunAndShade(ground: Ground) {
        for exposure: Float in [0.6, 0.8, 1, 1.2] {
            let c = ground.colour * exposure
            let image = RGBImage.filled(10, 10, (UInt8(c.x), UInt8(c.y), UInt8(c.z)))
            let cover = value(measure(image, whole(image)), .vegetationCover) ?? .nan
            #expect(ground.isLeaf ? cover > 0.9 : cover < 0.05, "\(exposure): \(cover)")
        }
    }

    @Test func pinkBlossomOnBrownGround() {
        var image = RGBImage.filled(20, 10, (100, 84, 70))
        for y in 0..<5 { for x in 0..<20 { image[x, y] = (190, 120, 190) } }
        #expect(value(measure(image, whole(image)), .bloom) == 0.5)
        #expect(value(measure(image, whole(image)), .vegetationCover) == 0)
    }

    /// White all over is a wall, snow or mist: blossom is lighter than the plot it stands in.
    @Test func whiteAloneIsNoBlossom() {
        let image = RGBImage.filled(20, 10, (228, 226, 224))
        #expect(value(measure(image, whole(image)), .bloom) == 0)
    }

    /// Seedlings against masks drawn by hand.
    @Test(
        .enabled(if: RealData.isPresent, "PLOTWATCH_DATA is not set"),
        arguments: [
            (3438, 0.18472), (3444, 0.15475), (3452, 0.11585), (3459, 0.07633), (3465, 0.10723), (3470, 0.14654),
            (3475, 0.20694),
        ])
    func seedlingCover(number: Int, drawn: Double) throws {
        let path = try #require(RealData.folder).appending(path: "canopy-cover/images/IMG_\(number).JPG")
        let image = try Decoder().rgb([UInt8](Data(contentsOf: path)), scale: .half).content
        let cover = try #require(value(measure(image, whole(image)), .vegetationCover))
        #expect(abs(cover - drawn) < 0.01)
    }

    // MARK: Properties

    @Test(arguments: [1, 2, 3, 4] as [UInt64]) func onlyThePlotCountsAndAllKernelsAgree(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let image = Scene(size: Size(width: 67, height: 41), seed: seed).picture()
        var mask = Mask(width: 67, height: 41, inside: false)
        for i in mask.bytes.indices { mask.bytes[i] = generator.next() % 3 == 0 ? 255 : 0 }
        var other = image
        for i in mask.bytes.indices where mask.bytes[i] == 0 {
            for k in 0..<3 { other.bytes[3 * i + k] = UInt8(truncatingIfNeeded: generator.next()) }
        }
        let expected = measure(image, mask, .ok, .reference)
        for kernels in KernelSet.all {
            for picture in [image, other] {
                let growth = measure(picture, mask, .ok, kernels)
                #expect(growth.values == expected.values, "seed \(seed), \(kernels.name)")
                #expect(growth.statistics == expected.statistics, "seed \(seed), \(kernels.name)")
            }
        }
    }
}
