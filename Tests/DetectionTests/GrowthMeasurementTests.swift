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
    static let plants: PlantModel = {
        switch PlantModel.shipped {
        case .success(let model): model
        case .failure(let error): preconditionFailure("models/plants.txt: \(error)")
        }
    }()

    func measure(_ image: RGBImage, _ mask: Mask, _ quality: Quality = .ok, _ kernels: KernelSet = .best)
        -> GrowthMeasurement
    {
        GrowthMeasurement(
            of: image, in: PlotArea(mask: mask), quality: quality, plants: GrowthMeasurementTests.plants,
            kernels: kernels)
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
        #expect((value(growth, .vegetationCover) ?? .nan) > 0.9)
        #expect((value(growth, .bloom) ?? .nan) < 0.01)
        #expect((value(growth, .ripeColour) ?? .nan) < 0.01)
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
        #expect(both.statistics?.red.deviation == 70)
        #expect(abs((both.statistics?.redGreenCorrelation ?? .nan) + 1) < 1e-12)

        let alone = measure(image, left)
        #expect(value(alone, .gcc) == 0.6)
    }

    @Test func halfOfTheLeavesAreYellow() {
        var image = RGBImage.filled(20, 10, Self.green)
        for y in 0..<5 { for x in 0..<20 { image[x, y] = (205, 190, 60) } }
        #expect(value(measure(image, whole(image)), .yellowing) == 0.5)
    }

    @Test func bareSoilHasNoLeavesToBeYellow() {
        let image = RGBImage.filled(20, 10, (150, 115, 85))
        let growth = measure(image, whole(image))
        #expect((value(growth, .vegetationCover) ?? .nan) < 0.05)
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

    /// What is grown there moves shares of plants, and nothing that is measured from colour alone.
    @Test(arguments: ["citrus", "tea"]) func aCropMovesSharesOnly(crop: String) {
        let image = Scene().picture(), area = PlotArea(mask: whole(image))
        func measured(_ crop: String?) -> GrowthMeasurement {
            GrowthMeasurement(
                of: image, in: area, crop: crop, quality: .ok, plants: GrowthMeasurementTests.plants, kernels: .best)
        }
        let plain = measured(nil), known = measured(crop)
        #expect(value(known, .vegetationCover) != value(plain, .vegetationCover))
        for quantity in [Quantity.gcc, .rcc, .exg, .clippedShare] {
            #expect(value(known, quantity) == value(plain, quantity) && value(known, quantity) != nil)
        }
        #expect(known.statistics == plain.statistics)
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

    // MARK: Plants and what is none

    /// A flat colour with the noise of a cheap camera.
    func ground(_ colour: SIMD3<Float>, seed: UInt64 = 1) -> RGBImage {
        var generator = SeededGenerator(seed: seed)
        var image = RGBImage.filled(60, 60, (0, 0, 0))
        for i in 0..<3600 {
            let light = Float(generator.next() % 17) - 8
            for k in 0..<3 {
                let value = colour[k] + light + Float(generator.next() % 7) - 3
                image.bytes[3 * i + k] = UInt8(min(max(value, 0), 255))
            }
        }
        return image
    }

    struct Ground: Sendable, CustomTestStringConvertible {
        var name: String
        var colour: SIMD3<Float>
        var isLeaf: Bool
        var testDescription: String { name }
    }

    @Test(arguments: [
        Ground(name: "citrus leaf", colour: [60, 84, 50], isLeaf: true),
        Ground(name: "spring leaf", colour: [90, 130, 50], isLeaf: true),
        Ground(name: "grey soil", colour: [130, 122, 112], isLeaf: false),
        Ground(name: "white wall", colour: [200, 200, 196], isLeaf: false),
        Ground(name: "brick", colour: [160, 95, 75], isLeaf: false),
        Ground(name: "blue roof", colour: [70, 110, 150], isLeaf: false),
    ])
    func leafAndWhatIsNotInSunAndShade(ground: Ground) {
        for exposure: Float in [0.8, 1, 1.2] {
            let image = self.ground(ground.colour * exposure)
            let cover = value(measure(image, whole(image)), .vegetationCover) ?? .nan
            #expect(ground.isLeaf ? cover > 0.8 : cover < 0.1, "\(exposure): \(cover)")
        }
    }

    /// White all over is a wall, snow or mist: blossom is lighter than the plot it stands in.
    @Test func whiteAloneIsNoBlossom() {
        let image = RGBImage.filled(20, 10, (228, 226, 224))
        #expect((value(measure(image, whole(image)), .bloom) ?? .nan) < 0.02)
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
        #expect(abs(cover - drawn) < 0.008)
    }

    // MARK: Properties

    /// Colour statistics are the plot's alone; shares take context from a few pixels around it.
    @Test(arguments: [1, 2, 3, 4] as [UInt64]) func onlyThePlotCountsAndAllKernelsAgree(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let image = Scene(size: Size(width: 127, height: 101), seed: seed).picture()
        var mask = Mask(width: 127, height: 101, inside: false)
        for y in 40..<60 { for x in 40..<80 { mask[x, y] = generator.next() % 3 == 0 } }
        var other = image
        for y in 0..<101 {
            for x in 0..<127 where x < 10 || x >= 110 || y < 10 || y >= 90 {
                for k in 0..<3 { other.bytes[3 * (127 * y + x) + k] = UInt8(truncatingIfNeeded: generator.next()) }
            }
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
