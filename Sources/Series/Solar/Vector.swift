import Foundation

/// A direction or place in space.
struct Vector {
    var x: Double
    var y: Double
    var z: Double

    var length: Double { (x * x + y * y + z * z).squareRoot() }
    var normalized: Vector { self * (1 / length) }

    static func + (a: Vector, b: Vector) -> Vector { Vector(x: a.x + b.x, y: a.y + b.y, z: a.z + b.z) }
    static func - (a: Vector, b: Vector) -> Vector { Vector(x: a.x - b.x, y: a.y - b.y, z: a.z - b.z) }
    static func * (a: Vector, factor: Double) -> Vector { Vector(x: a.x * factor, y: a.y * factor, z: a.z * factor) }

    /// Turned counter-clockwise as seen from +z.
    func turned(aroundZBy angle: Double) -> Vector {
        let (s, c) = (sin(angle), cos(angle))
        return Vector(x: c * x - s * y, y: s * x + c * y, z: z)
    }

    /// Turned counter-clockwise as seen from +x.
    func turned(aroundXBy angle: Double) -> Vector {
        let (s, c) = (sin(angle), cos(angle))
        return Vector(x: x, y: c * y - s * z, z: s * y + c * z)
    }
}
