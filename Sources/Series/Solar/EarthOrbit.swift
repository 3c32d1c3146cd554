import Foundation

/// The Earth's place in its orbit after VSOP87D.
enum EarthOrbit {
    struct Term {
        var amplitude: Double
        var phase: Double
        var frequency: Double

        init(_ amplitude: Double, _ phase: Double, _ frequency: Double) {
            self.amplitude = amplitude
            self.phase = phase
            self.frequency = frequency
        }
    }

    /// The Sun as seen from the Earth's centre: unit direction on the true equator of date, aberration included, and
    /// astronomical units.
    static func sun(at time: AstronomicalTime) -> (direction: Vector, distance: Double) {
        let millennia = (time.ephemeris - AstronomicalTime.epoch2000) / 365_250
        var longitude = sum(longitudeTerms, at: millennia)
        var latitude = sum(latitudeTerms, at: millennia)
        let distance = sum(radiusTerms, at: millennia)
        // From the dynamical equinox to FK5; time in millennia here, as libastro has it.
        let l = longitude - (13.97 * millennia - 0.031 * millennia * millennia) * .pi / 180
        longitude += (-0.09033 + 0.03916 * (cos(l) + sin(l)) * tan(latitude)) / 3600 * .pi / 180
        latitude += 0.03916 * (cos(l) - sin(l)) / 3600 * .pi / 180

        let ecliptic = Vector(
            x: -cos(latitude) * cos(longitude), y: -cos(latitude) * sin(longitude), z: -sin(latitude))
        let obliquity = Obliquity.mean(centuries: time.centuries)
        let nutation = Nutation(centuries: time.centuries)
        let trueEquator = ecliptic.turned(aroundZBy: nutation.longitude).turned(
            aroundXBy: obliquity + nutation.obliquity)
        return ((trueEquator + velocity(at: time)).normalized, distance)
    }

    /// The Earth's velocity over that of light, on the equator of date. Source: Montenbruck, as in libastro
    /// (`aberration.c`).
    private static func velocity(at time: AstronomicalTime) -> Vector {
        let l = 2 * Double.pi * (0.27908 + 100.00214 * time.centuries)
        return Vector(x: -0.994e-4 * sin(l), y: 0.912e-4 * cos(l), z: 0.395e-4 * cos(l))
    }

    /// Radians or astronomical units.
    private static func sum(_ groups: [[Term]], at t: Double) -> Double {
        var power = 1.0
        var total = 0.0
        for group in groups {
            var part = 0.0
            for term in group { part += term.amplitude * cos(term.phase + term.frequency * t) }
            total += power * part
            power *= t
        }
        return total / 1e8
    }
}
