import Detection
import Pixels
import TestKit
import Testing
import Village

@Suite struct SceneHealthTests {
    static let sizes = [Size(width: 160, height: 120), Size(width: 400, height: 300)]

    let parameters: SceneHealthParameters
    var health: SceneHealth { SceneHealth(parameters: parameters) }

    init() throws { parameters = try SceneHealthParameters.shipped.get() }

    func reference(_ scene: Scene) -> SceneHealth.Reference {
        SceneHealth.Reference(of: scene.picture(), parameters: parameters)
    }

    func judge(_ image: RGBImage, against scene: Scene, isSamePlace: Bool? = nil) -> SceneHealth.Judgement {
        health.judge(image, reference: reference(scene), isSamePlace: isSamePlace)
    }

    @Test(arguments: sizes, [1, 2, 3] as [UInt64]) func aCaptureLikeTheReferenceIsOk(size: Size, seed: UInt64) {
        let scene = Scene(size: size, seed: seed)
        for (exposure, gamma) in [(1.0, 1.0), (0.75, 1.0), (1.2, 1.0), (1.0, 1.2)] {
            var moment = Scene.Moment(noiseSeed: 9)
            (moment.exposure, moment.gamma) = (exposure, gamma)
            for isSamePlace in [true, nil] {
                let judgement = judge(scene.picture(moment), against: scene, isSamePlace: isSamePlace)
                #expect(judgement.quality == .ok, "exposure \(exposure), gamma \(gamma): \(judgement)")
                #expect(judgement.reason == nil)
            }
        }
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        var quality: Quality
        var image: @Sendable (Scene) -> RGBImage
        var testDescription: String { quality.rawValue }
    }

    static let faults = [
        Fault(quality: .dark) { $0.picture(exposed: 0.08) },
        Fault(quality: .overexposed) { $0.picture(exposed: 6) },
        Fault(quality: .infrared) { $0.picture().withoutColour },
        Fault(quality: .blur) { $0.picture().blurred(radius: 6) },
        Fault(quality: .fog) { $0.picture().veiled(by: 0.85) },
        Fault(quality: .obstructed) { $0.picture().covered(share: 0.7) },
    ]

    @Test(arguments: faults, sizes) func eachFaultIsCalledByItsName(fault: Fault, size: Size) {
        let scene = Scene(size: size)
        let judgement = judge(fault.image(scene), against: scene)
        #expect(judgement.quality == fault.quality, "\(judgement)")
        #expect(judgement.reason?.isEmpty == false)
    }

    @Test(arguments: sizes) func anotherPlaceIsMoved(size: Size) {
        let judgement = judge(Scene(size: size, seed: 77).picture(), against: Scene(size: size), isSamePlace: false)
        #expect(judgement.quality == .moved, "\(judgement)")
    }

    @Test(arguments: faults.filter { [.dark, .overexposed, .infrared, .blur].contains($0.quality) })
    func theseNeedNoReference(fault: Fault) {
        let judgement = health.judge(fault.image(Scene()), reference: nil, isSamePlace: nil)
        #expect(judgement.quality == fault.quality, "\(judgement)")
    }

    @Test func aReferenceOfAnotherSizeIsNoComparisonAndNoCrash() {
        let judgement = judge(Scene().picture(), against: Scene(size: Size(width: 200, height: 90)))
        #expect(judgement.measures["lostStructure"] == nil)
        #expect(judgement.quality == .ok, "\(judgement)")
    }

    // MARK: Monotony

    @Test func theMoreVeilTheBrighterTheDarkChannel() {
        let scene = Scene()
        let series = stride(from: 0.0, through: 0.95, by: 0.05).map {
            judge(scene.picture().veiled(by: $0), against: scene)
        }
        expectRising(series.map { $0.measures["darkChannel"] ?? .nan })
        expectRising(series.map { $0.measures["lostStructure"] ?? .nan })
        expectNoWayBack(series)
    }

    @Test func theMoreBlurTheLessSharp() {
        let scene = Scene()
        let series = (0...12).map { judge(scene.picture().blurred(radius: $0), against: scene) }
        // Beyond that every edge is as wide as the picture has room for.
        expectRising(series.prefix(6).map { -($0.measures["sharpness"] ?? .nan) })
        expectNoWayBack(series)
    }

    @Test func theLessLightTheDarker() {
        let scene = Scene()
        let series = stride(from: 1.0, through: 0.0, by: -0.05).map {
            judge(scene.picture(exposed: $0), against: scene)
        }
        expectRising(series.map { $0.measures["darkShare"] ?? .nan })
        #expect(series.last?.quality == .dark)
        expectNoWayBack(series)
    }

    @Test func theMoreIsCoveredTheMoreIsLost() {
        let scene = Scene()
        let series = stride(from: 0.0, through: 0.9, by: 0.1).map {
            judge(scene.picture().covered(share: $0), against: scene)
        }
        expectRising(series.map { $0.measures["lostStructure"] ?? .nan })
        expectNoWayBack(series)
    }

    private func expectRising(_ values: [Double], sourceLocation: SourceLocation = #_sourceLocation) {
        for (before, after) in zip(values, values.dropFirst()) {
            #expect(after >= before - 1e-9, "\(values)", sourceLocation: sourceLocation)
        }
    }

    /// What makes a capture unusable does not make it usable by becoming worse.
    private func expectNoWayBack(_ series: [SceneHealth.Judgement], sourceLocation: SourceLocation = #_sourceLocation) {
        let isOk = series.map { $0.quality == .ok }
        #expect(isOk.first == true, sourceLocation: sourceLocation)
        #expect(isOk.last == false, sourceLocation: sourceLocation)
        for (before, after) in zip(isOk, isOk.dropFirst()) {
            #expect(before || !after, "\(series.map(\.quality))", sourceLocation: sourceLocation)
        }
    }

    // MARK: Awkward pictures

    @Test(arguments: [(1, 1), (1, 300), (300, 1), (9, 9), (15, 15), (16, 16), (17, 33)])
    func tinyPicturesGetAVerdictAndFiniteMeasures(width: Int, height: Int) {
        for image in [
            RGBImage.testPicture(width: width, height: height), RGBImage.filled(width, height, (120, 200, 60)),
        ] {
            let reference = SceneHealth.Reference(of: image, parameters: parameters)
            for judgement in [
                health.judge(image, reference: reference, isSamePlace: nil),
                health.judge(image, reference: nil, isSamePlace: nil),
            ] {
                for (name, value) in judgement.measures { #expect(value.isFinite, "\(name) of \(width) × \(height)") }
                #expect((judgement.quality == .ok) == (judgement.reason == nil))
            }
        }
    }

    @Test(arguments: [(0, 0, 0), (255, 255, 255), (128, 128, 128), (120, 200, 60)] as [(UInt8, UInt8, UInt8)])
    func oneColourIsNeverOk(red: UInt8, green: UInt8, blue: UInt8) {
        let judgement = judge(.filled(160, 120, (red, green, blue)), against: Scene(), isSamePlace: true)
        #expect(judgement.quality != .ok, "\(judgement)")
        for (name, value) in judgement.measures { #expect(value.isFinite, "\(name)") }
    }
}

extension Scene {
    fileprivate func picture(exposed exposure: Double) -> RGBImage {
        var moment = Moment(noiseSeed: 4)
        moment.exposure = exposure
        return picture(moment)
    }
}

extension RGBImage {
    static func filled(_ width: Int, _ height: Int, _ colour: (UInt8, UInt8, UInt8)) -> RGBImage {
        let pixel = [colour.0, colour.1, colour.2]
        return RGBImage(width: width, height: height, bytes: (0..<width * height).flatMap { _ in pixel })
    }

    fileprivate var withoutColour: RGBImage {
        var result = self
        for i in stride(from: 0, to: bytes.count, by: 3) {
            let level = UInt8((Int(bytes[i]) + 2 * Int(bytes[i + 1]) + Int(bytes[i + 2])) / 4)
            for k in 0..<3 { result.bytes[i + k] = level }
        }
        return result
    }

    /// Mixed with a bright grey: a veil of fog.
    fileprivate func veiled(by share: Double) -> RGBImage {
        var result = self
        for i in bytes.indices { result.bytes[i] = UInt8((Double(bytes[i]) * (1 - share) + 205 * share).rounded()) }
        return result
    }

    /// A brown thing before the lens, from the left.
    fileprivate func covered(share: Double) -> RGBImage {
        var result = self
        for y in 0..<height {
            for x in 0..<Int(share * Double(width)) { result[x, y] = (110, 85, 60) }
        }
        return result
    }

    /// Mean of the (2r + 1)² window, first along rows, then along columns.
    fileprivate func blurred(radius: Int) -> RGBImage {
        guard radius > 0 else { return self }
        func pass(_ source: [UInt8], length: Int, lines: Int, step: Int, lineStep: Int) -> [UInt8] {
            var out = source
            for line in 0..<lines {
                for k in 0..<length {
                    for channel in 0..<3 {
                        var sum = 0
                        for d in -radius...radius {
                            sum += Int(source[3 * (line * lineStep + min(max(k + d, 0), length - 1) * step) + channel])
                        }
                        out[3 * (line * lineStep + k * step) + channel] = UInt8((sum + radius) / (2 * radius + 1))
                    }
                }
            }
            return out
        }
        let across = pass(bytes, length: width, lines: height, step: 1, lineStep: width)
        let down = pass(across, length: height, lines: width, step: width, lineStep: 1)
        return RGBImage(width: width, height: height, bytes: down)
    }
}
