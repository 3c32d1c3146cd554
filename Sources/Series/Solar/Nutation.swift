import Foundation

/// The nodding of the Earth's axis (IAU 1980), in radians.
struct Nutation {
    struct Term {
        var multiples: (Double, Double, Double, Double, Double)
        var longitude: (Double, Double)
        var obliquity: (Double, Double)

        init(
            _ l: Double, _ lPrime: Double, _ f: Double, _ d: Double, _ omega: Double, _ psi: Double, _ psiT: Double,
            _ eps: Double, _ epsT: Double
        ) {
            multiples = (l, lPrime, f, d, omega)
            longitude = (psi, psiT)
            obliquity = (eps, epsT)
        }
    }

    /// Δψ.
    let longitude: Double
    /// Δε.
    let obliquity: Double

    /// Anomaly of the Moon, of the Sun, argument of the Moon's latitude, elongation, node: arc seconds, by power of
    /// time.
    private static let delaunay: [(Double, Double, Double, Double)] = [
        (485_866.733, 1_717_915_922.633, 31.310, 0.064),
        (1_287_099.804, 129_596_581.224, -0.577, -0.012),
        (335_778.877, 1_739_527_263.137, -13.257, 0.011),
        (1_072_261.307, 1_602_961_601.328, -6.891, 0.019),
        (450_160.280, -6_962_890.539, 7.455, 0.008),
    ]
    private static let arcSecondsPerTurn = 1_296_000.0

    init(centuries t: Double) {
        let a = Self.delaunay.map { c -> Double in
            let turns = (c.0 + c.1 * t + c.2 * t * t + c.3 * t * t * t) / Self.arcSecondsPerTurn
            return (turns - turns.rounded(.down)) * 2 * .pi
        }
        var psi = 0.0
        var eps = 0.0
        for term in Self.terms {
            let m = term.multiples
            let argument = m.0 * a[0] + m.1 * a[1] + m.2 * a[2] + m.3 * a[3] + m.4 * a[4]
            psi += (term.longitude.0 + term.longitude.1 * t / 10) * sin(argument)
            eps += (term.obliquity.0 + term.obliquity.1 * t / 10) * cos(argument)
        }
        let radiansPerUnit = 2 * Double.pi / (Self.arcSecondsPerTurn * 1e4)
        longitude = psi * radiansPerUnit
        obliquity = eps * radiansPerUnit
    }
}
