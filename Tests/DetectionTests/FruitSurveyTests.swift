import Analysis
import ConfigurationFiles
import Foundation
import Pixels
import TestKit
import Testing
import Village

@testable import Detection

@Suite struct FruitSurveyTests {
    struct Ball {
        var x: Double
        var y: Double
        var radius: Double
        var spots: [(dx: Double, dy: Double, radius: Double)] = []
        /// How much light falls from left to right; from 0.5 the right lies in its own shade.
        var slope = 0.1
        /// Radius of a green end of the stalk in the middle.
        var stalk = 0.0
        /// Unripe to the right of this, in radii.
        var ripeUntil = 2.0
    }

    /// Orange discs with soft shading on grey, four rays a pixel in light, a printed square of `side` pixels.
    static func tray(
        _ balls: [Ball], square: (x: Double, y: Double, side: Double, turn: Double)? = nil, shade: Double = 0.3
    )
        -> RGBImage
    {
        let width = 640, height = 480, over = 3
        var image = RGBImage(width: width, height: height, bytes: [UInt8](repeating: 0, count: 3 * width * height))
        func level(_ light: Double) -> UInt8 {
            let v = light <= 0.0031308 ? 12.92 * light : 1.055 * pow(light, 1 / 2.4) - 0.055
            return UInt8(min(max(v * 255, 0), 255).rounded())
        }
        for py in 0..<height {
            for px in 0..<width {
                var sum = SIMD3<Double>.zero
                for s in 0..<over * over {
                    let x = Double(px) + (Double(s % over) + 0.5) / Double(over)
                    let y = Double(py) + (Double(s / over) + 0.5) / Double(over)
                    var colour = SIMD3(0.35, 0.36, 0.37) * (1 - shade * y / Double(height))
                    if let square {
                        let dx = x - square.x, dy = y - square.y
                        let u = abs(dx * cos(square.turn) + dy * sin(square.turn))
                        let v = abs(dy * cos(square.turn) - dx * sin(square.turn))
                        if max(u, v) < square.side * 0.85 { colour = SIMD3(0.8, 0.8, 0.8) }
                        if max(u, v) < square.side / 2 { colour = SIMD3(0.03, 0.03, 0.03) }
                    }
                    for ball in balls {
                        let dx = (x - ball.x) / ball.radius, dy = (y - ball.y) / ball.radius, square = dx * dx + dy * dy
                        guard square < 1 else { continue }
                        let light = max(0.06, 0.35 + 0.55 * (1 - square).squareRoot() - ball.slope * dx)
                        colour = SIMD3(0.86, 0.38, 0.04) * light
                        if dx > ball.ripeUntil { colour = SIMD3(0.16, 0.29, 0.05) * light }
                        if hypot(x - ball.x, y - ball.y) < ball.stalk { colour = SIMD3(0.13, 0.2, 0.05) * light }
                        for spot in ball.spots
                        where (x - ball.x - spot.dx) * (x - ball.x - spot.dx) + (y - ball.y - spot.dy)
                            * (y - ball.y - spot.dy)
                            < spot.radius * spot.radius
                        { colour = SIMD3(0.13, 0.07, 0.035) * light }
                    }
                    sum += colour
                }
                sum /= Double(over * over)
                image[px, py] = (level(sum.x), level(sum.y), level(sum.z))
            }
        }
        return image
    }

    static func survey(_ image: RGBImage, _ source: FruitSurvey.Source?) throws -> FruitSurvey {
        try FruitSurvey(
            of: image, source: source, camera: .init(focalLength: nil, height: nil), ripe: 330...420,
            parameters: FruitParameters.shipped.get())
    }

    @Test func diametersSpotsAndTouchingFruit() throws {
        var spotted = Ball(x: 430.6, y: 300.2, radius: 61)
        spotted.spots = [(-18, 12, 5.5), (20, -16, 3)]
        let balls = [
            Ball(x: 120.3, y: 130.8, radius: 58), Ball(x: 234.1, y: 130.8, radius: 55.6),
            Ball(x: 180, y: 330, radius: 49.3),
            spotted,
        ]
        let image = Self.tray(balls, square: (560, 80, 80, 0.4))
        let survey = try Self.survey(image, .marker(.square, millimetres: 40))
        let scale = try #require(survey.scale)
        #expect(abs(scale.pixelsPerMillimetre - 2) < 0.006, "\(scale)")
        #expect(survey.fruit.count == balls.count && survey.cutOff == 0 && survey.unclear == 0)
        for ball in balls {
            let fruit = try #require(
                survey.fruit.min { abs($0.x - ball.x) + abs($0.y - ball.y) < abs($1.x - ball.x) + abs($1.y - ball.y) })
            let widest = try #require(fruit.widestInMillimetres), narrowest = try #require(fruit.narrowestInMillimetres)
            #expect(abs(widest / ball.radius - 1) < 0.01 && abs(narrowest / ball.radius - 1) < 0.01, "\(fruit)")
            #expect(try #require(fruit.colourShare) > 0.98)
            #expect(fruit.spots.count == ball.spots.count, "\(fruit)")
            for spot in ball.spots {
                let found = fruit.spots.contains {
                    hypot($0.x - ball.x - spot.dx, $0.y - ball.y - spot.dy) < 2
                        && abs(($0.diameterInMillimetres ?? 0) / spot.radius - 1) < 0.2
                }
                #expect(found, "\(spot) in \(fruit.spots)")
            }
        }
    }

    /// The side away from the lamp, its border and the stalk's end are dark and no spots; spots in light and shade are.
    @Test(arguments: [0.5, 0.7, 0.9]) func shadeIsNoSpot(slope: Double) throws {
        var shaded = Ball(x: 150.4, y: 160.7, radius: 62)
        shaded.slope = slope
        var spotted = Ball(x: 330.2, y: 240.3, radius: 60)
        spotted.slope = slope
        spotted.spots = [(-24, 10, 4), (18, -20, 4)]
        var stalked = Ball(x: 500.1, y: 330.6, radius: 61)
        stalked.slope = slope
        stalked.stalk = 5
        let survey = try Self.survey(Self.tray([shaded, spotted, stalked]), .pixelsPerMillimetre(1.5))
        #expect(survey.fruit.map { $0.x.rounded() } == [150, 330, 500])
        #expect(survey.fruit.map(\.spots.count) == [0, 2, 0], "\(survey.fruit.map(\.spots))")
    }

    /// Brown spots on green skin and near the outline are found, the stalk's end on green skin is none; the unripe part is a
    /// segment of the disc.
    @Test(arguments: [-0.5, 0.2]) func spotsOnUnripeSkinAndNearTheBorder(ripeUntil: Double) throws {
        var spotted = Ball(x: 200.4, y: 240.7, radius: 64)
        spotted.ripeUntil = ripeUntil
        spotted.spots = [(30, 10, 3.5), (-52, -22, 3)]
        var stalked = Ball(x: 420.2, y: 240.3, radius: 62)
        stalked.ripeUntil = ripeUntil
        stalked.stalk = 5
        let survey = try Self.survey(Self.tray([spotted, stalked]), .pixelsPerMillimetre(1.6))
        #expect(survey.fruit.map(\.spots.count) == [2, 0], "\(survey.fruit)")
        let share = 1 - (acos(ripeUntil) - ripeUntil * (1 - ripeUntil * ripeUntil).squareRoot()) / Double.pi
        for fruit in survey.fruit {
            #expect(abs(try #require(fruit.colourShare) - share) < 0.012, "\(fruit) \(share)")
        }
    }

    /// A coin as bright as its ground, with a groove within the rim: only its colour differs, and less than fruit does.
    @Test func aCoinOnWoodGivesTheScale() throws {
        var image = Self.tray([Ball(x: 150, y: 240, radius: 60)], shade: 0)
        for y in 0..<image.height {
            for x in 0..<image.width {
                let away = hypot(Double(x) + 0.5 - 500.3, Double(y) + 0.5 - 120.6)
                let isFruit = hypot(Double(x) + 0.5 - 150, Double(y) + 0.5 - 240) < 62
                if isFruit { continue }
                let wood = SIMD3(173.0, 150, 123), metal = SIMD3(152.0, 153, 155) * (abs(away - 21) < 1 ? 0.85 : 1)
                let part = min(max(away - 23.5, 0), 1), mixed = metal * (1 - part) + wood * part
                image[x, y] = (UInt8(mixed.x), UInt8(mixed.y), UInt8(mixed.z))
            }
        }
        let survey = try Self.survey(image, .marker(.coin, millimetres: 24))
        let scale = try #require(survey.scale)
        #expect(abs(scale.pixelsPerMillimetre - 2) < 0.03, "\(scale)")
        #expect(survey.fruit.count == 1)
    }

    @Test func withoutScaleOrFruitNothingIsMadeUp() throws {
        let empty = try Self.survey(Self.tray([], square: (560, 80, 80, 0.4)), .marker(.square, millimetres: 40))
        #expect(empty.fruit.isEmpty && empty.marker != nil)
        let lost = try Self.survey(Self.tray([Ball(x: 300, y: 200, radius: 60)]), .marker(.square, millimetres: 40))
        #expect(lost.marker == nil && lost.scale == nil && lost.fruit.count == 1)
        #expect(lost.fruit.allSatisfy { $0.widestInMillimetres == nil && $0.largestSpotInMillimetres == nil })
        let cut = try Self.survey(Self.tray([Ball(x: 12, y: 200, radius: 60)]), .pixelsPerMillimetre(2))
        #expect(cut.fruit.isEmpty && cut.cutOff == 1)
        for size in [Size(width: 1, height: 1), Size(width: 3, height: 200), Size(width: 64, height: 64)] {
            let flat = RGBImage(
                width: size.width, height: size.height, bytes: [UInt8](repeating: 90, count: 3 * size.area))
            #expect(try Self.survey(flat, .pixelsPerMillimetre(2)).fruit.isEmpty)
        }
    }

    /// A ball of 40 mm radius on the ground, a pinhole 900 mm above it: its outline in closed form.
    @Test(arguments: [0.0, 120, 260]) func nearnessAndSlantAreTakenOut(aside: Double) {
        let radius = 40.0, height = 900.0, focal = 1500.0
        let away = (aside * aside + (height - radius) * (height - radius)).squareRoot()
        let axis = atan2(aside, height - radius), half = asin(radius / away)
        let inner = focal * tan(axis - half), outer = focal * tan(axis + half)
        let across = focal * radius / ((height - radius) * (height - radius) - radius * radius).squareRoot()
        let outline = Ellipse(
            centre: SIMD2(800 + (inner + outer) / 2, 600), axes: SIMD2((outer - inner) / 2, across), angle: 0)
        let scale = FruitScale(pixelsPerMillimetre: focal / height, cameraHeight: height, middle: SIMD2(800, 600))
        let found = scale.widths(of: outline)
        #expect(abs(found.widest - 80) < 0.05 && abs(found.narrowest - 80) < 0.05, "\(found)")
        let plain = FruitScale(pixelsPerMillimetre: focal / height, cameraHeight: nil, middle: SIMD2(800, 600))
        #expect(plain.widths(of: outline).widest > 83)
    }
}
