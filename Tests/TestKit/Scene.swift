import Pixels

/// A village corner as a fixed camera would see it: textured soil and plants that never change, and what stands on
/// them.
///
/// The texture is a function of the place, so that a scene can be shown displaced by any number of pixels.
public struct Scene: Sendable {
    /// Something that stands in the scene, in pixels of the scene.
    public struct Thing: Sendable {
        public enum Look: Sendable {
            /// Blue painted sheet with ribs, a dark rim: nothing that grows looks like it.
            case blueRoof
            /// Green, in leaves.
            case plants
            /// Pale sheet with faint ribs and no rim, smoother than the ground.
            case paleSheet
            /// Of the ground's texture, in another colour.
            case ground(UInt8, UInt8, UInt8)
            /// Stacks of red bricks with dark joints.
            case bricks
            /// One colour.
            case plain(UInt8, UInt8, UInt8)
        }

        public var region: Region
        public var look: Look

        public init(_ region: Region, _ look: Look) {
            self.region = region
            self.look = look
        }
    }

    /// How far a moment may be shifted, in pixels.
    public static let reach = 16

    public let size: Size
    public let seed: UInt64
    /// Levels 0…1 of the texture, and the ground's colour, of the scene and `reach` pixels around it.
    private let textures: [Float]
    private let ground: [SIMD3<Float>]

    public init(size: Size = Size(width: 160, height: 120), seed: UInt64 = 1) {
        self.size = size
        self.seed = seed
        let noise = SmoothNoise(seed: seed)
        var textures: [Float] = [], ground: [SIMD3<Float>] = []
        for y in -Scene.reach..<size.height + Scene.reach {
            for x in -Scene.reach..<size.width + Scene.reach {
                let texture =
                    0.45 * noise.level(x, y, period: 13, salt: 1) + 0.35 * noise.level(x, y, period: 5, salt: 2)
                    + 0.2 * noise.level(x, y, period: 2, salt: 3)
                let isPlant = noise.level(x, y, period: 29, salt: 4) > 0.62
                textures.append(texture)
                ground.append((isPlant ? SIMD3(70, 120, 45) : SIMD3(165, 135, 100)) * (0.4 + texture))
            }
        }
        self.textures = textures
        self.ground = ground
    }

    /// What one capture shows.
    public struct Moment: Sendable {
        public var things: [Thing] = []
        /// The content lies so many pixels further right and down than in the scene.
        public var shift: (dx: Int, dy: Int) = (0, 0)
        public var exposure = 1.0
        public var gamma = 1.0
        /// Factors of red and blue.
        public var balance: (red: Double, blue: Double) = (1, 1)
        /// Of the sensor, in grey levels to either side.
        public var noise = 2
        public var noiseSeed: UInt64 = 0

        public init(noiseSeed: UInt64 = 0) { self.noiseSeed = noiseSeed }
    }

    /// - Precondition: the shift is within ``reach``.
    public func picture(_ moment: Moment = Moment()) -> RGBImage {
        precondition(
            max(abs(moment.shift.dx), abs(moment.shift.dy)) <= Scene.reach,
            "a scene can be shifted by \(Scene.reach) pixels")
        var generator = SeededGenerator(seed: seed &* 1_000_003 &+ moment.noiseSeed)
        let curves = [moment.balance.red, 1, moment.balance.blue].map { factor in
            (0...255).map { level in
                Int((power(min(Double(level) / 255 * factor * moment.exposure, 1), moment.gamma) * 255).rounded())
            }
        }
        let span = UInt64(2 * moment.noise + 1)
        var bytes = [UInt8](repeating: 0, count: 3 * size.area)
        var i = 0
        for y in 0..<size.height {
            for x in 0..<size.width {
                let colour = colour(x - moment.shift.dx, y - moment.shift.dy, moment.things)
                let grain = generator.next()
                for channel in 0..<3 {
                    let level = curves[channel][Int(min(colour[channel], 255))]
                    bytes[i] = UInt8(clamping: level + Int((grain >> UInt64(16 * channel)) % span) - moment.noise)
                    i += 1
                }
            }
        }
        return RGBImage(width: size.width, height: size.height, bytes: bytes)
    }

    private func colour(_ x: Int, _ y: Int, _ things: [Thing]) -> SIMD3<Float> {
        let place = (y + Scene.reach) * (size.width + 2 * Scene.reach) + x + Scene.reach
        for thing in things.reversed() where inside(x, y, thing.region) {
            return thing.look.colour(x, y, thing.region, textures[place])
        }
        return ground[place]
    }

    private func inside(_ x: Int, _ y: Int, _ region: Region) -> Bool {
        x >= region.x && y >= region.y && x < region.maxX && y < region.maxY
    }

    /// `base` to the power of `exponent`, by halves: enough for eight bits, and the same on every machine.
    private func power(_ base: Double, _ exponent: Double) -> Double {
        guard exponent != 1 else { return base }
        var result = 1.0, factor = base, rest = exponent
        while rest >= 1 {
            result *= base
            rest -= 1
        }
        for _ in 0..<16 {
            factor = factor.squareRoot()
            rest *= 2
            if rest >= 1 {
                result *= factor
                rest -= 1
            }
        }
        return result
    }
}

extension Scene.Thing.Look {
    fileprivate func colour(_ x: Int, _ y: Int, _ region: Region, _ texture: Float) -> SIMD3<Float> {
        switch self {
        case .plain(let red, let green, let blue): return SIMD3(Float(red), Float(green), Float(blue))
        case .ground(let red, let green, let blue):
            return SIMD3(Float(red), Float(green), Float(blue)) * (0.4 + texture)
        case .paleSheet: return (x - region.x) % 8 < 2 ? SIMD3(172, 176, 182) : SIMD3(188, 192, 198)
        case .plants: return SIMD3(60, 135, 40) * (0.4 + texture)
        case .bricks:
            let isJoint = (x - region.x) % 9 == 8 || (y - region.y) % 6 == 5
            return isJoint ? SIMD3(112, 66, 52) : SIMD3(176, 108, 86)
        case .blueRoof:
            let isRim = x < region.x + 2 || y < region.y + 2 || x >= region.maxX - 2 || y >= region.maxY - 2
            if isRim { return SIMD3(30, 45, 80) }
            return (x - region.x) % 8 < 2 ? SIMD3(40, 80, 140) : SIMD3(70, 130, 215)
        }
    }
}

/// Random levels on a grid, bilinear between them.
private struct SmoothNoise {
    let seed: UInt64

    /// 0…1.
    func level(_ x: Int, _ y: Int, period: Int, salt: UInt64) -> Float {
        let column = Int((Double(x) / Double(period)).rounded(.down)),
            row = Int((Double(y) / Double(period)).rounded(.down))
        let u = Float(x - column * period) / Float(period), v = Float(y - row * period) / Float(period)
        let above = node(column, row, salt) * (1 - u) + node(column + 1, row, salt) * u
        let below = node(column, row + 1, salt) * (1 - u) + node(column + 1, row + 1, salt) * u
        return above * (1 - v) + below * v
    }

    private func node(_ column: Int, _ row: Int, _ salt: UInt64) -> Float {
        let place =
            UInt64(bitPattern: Int64(column)) &* 0x9E37_79B1 &+ UInt64(bitPattern: Int64(row)) &* 0x85EB_CA77_0001
        var generator = SeededGenerator(seed: seed &+ salt &* 0x1_0001 &+ place)
        return Float(generator.next() % 4096) / 4095
    }
}
