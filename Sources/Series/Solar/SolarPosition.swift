import Foundation
import Village

/// Where the Sun stands, as PhenoCam's tools compute it.
public enum SolarPosition {
    /// The apparent elevation of the Sun's centre in degrees above the horizon, refraction included, at sea level.
    ///
    /// VSOP87D for the Earth, IAU 1980 nutation, annual aberration, diurnal parallax, then refraction for
    /// `Refraction.standardPressure` and `Refraction.standardTemperature`: the chain of libastro, which PyEphem wraps
    /// and `vegindex` calls. Latitude and longitude are first cut to whole seconds of arc, and the result is rounded to
    /// single precision, both as they are there, so that five printed decimals agree.
    ///
    /// - Units: degrees; north and east positive.
    /// - Exactness: every digit of `%.5f` as PyEphem 4.2.1 gives it, for all references of the tests, which
    ///   `scripts/vegindex_compare.py elevations` makes.
    /// - Note: `vegindex` ignores the height of the site, so it is no parameter here. Before 1970 the length of the day
    ///   is not known to this function and the result may be off by 0.0005°.
    public static func elevation(at instant: Date, latitude: Double, longitude: Double) -> Double {
        let time = AstronomicalTime(instant)
        let phi = WholeSeconds.degrees(latitude) * .pi / 180
        let lambda = WholeSeconds.degrees(longitude) * .pi / 180
        let sun = EarthOrbit.sun(at: time)
        let sidereal = time.apparentSiderealTime(east: lambda)
        // Meridian frame of the observer: x to the meridian on the equator, y to the east, z to the pole; in Earth
        // radii.
        let seen = sun.direction.turned(aroundZBy: -sidereal) * (sun.distance * EarthFigure.radiiPerAstronomicalUnit)
        let fromHere = seen - EarthFigure.observer(latitude: phi)
        let sine = (fromHere.x * cos(phi) + fromHere.z * sin(phi)) / fromHere.length
        let altitude = Double.pi / 2 - acos(min(1, max(-1, sine)))
        return Double(Float(Refraction.apparent(altitude))) / (Double.pi / 180)
    }
}

/// An angle cut to whole seconds of arc the way `vegindex` writes it for PyEphem.
enum WholeSeconds {
    /// The angle in degrees, minutes and seconds truncated; the sign is that of the degrees, so it is lost between −1°
    /// and 0°.
    static func degrees(_ angle: Double) -> Double {
        let whole = angle.rounded(.towardZero)
        let minutes = abs(angle - whole) * 60
        let wholeMinutes = minutes.rounded(.towardZero)
        let wholeSeconds = ((minutes - wholeMinutes) * 60).rounded(.towardZero)
        let magnitude = abs(whole) + wholeMinutes / 60 + wholeSeconds / 3600
        return whole < 0 ? -magnitude : magnitude
    }
}

/// Size and shape of the Earth as libastro has them.
enum EarthFigure {
    /// Metres in an astronomical unit over metres in the equatorial radius.
    static let radiiPerAstronomicalUnit = 1.4959787e11 / 6.37816e6
    /// Square of the eccentricity of a meridian, for the flattening 1/298.257.
    static let squaredEccentricity = (2 - 1 / 298.257) / 298.257

    /// A place at sea level in Earth radii: x to its meridian, z to the pole.
    static func observer(latitude: Double) -> Vector {
        let sine = sin(latitude)
        let radius = 1 / (1 - squaredEccentricity * sine * sine).squareRoot()
        return Vector(x: radius * cos(latitude), y: 0, z: radius * (1 - squaredEccentricity) * sine)
    }
}
