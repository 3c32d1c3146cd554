import Foundation
import Village

/// An instant in the two scales that positions need: universal time (the Earth's rotation) and ephemeris time (the
/// orbits).
struct AstronomicalTime {
    /// Days of universal time since 1899-12-31 12:00.
    let universal: Double
    /// The same in ephemeris time.
    let ephemeris: Double

    /// 2000-01-01 12:00, in days since 1899-12-31 12:00.
    static let epoch2000 = 36_525.0
    /// 1970-01-01 00:00, in days since 1899-12-31 12:00.
    static let unixEpoch = 25_567.5
    /// Mean solar days in a sidereal day, with the digits of libastro.
    static let siderealDay = 0.9972695677

    init(_ instant: Date) {
        let seconds = instant.timeIntervalSince1970
        let day = (seconds / 86_400).rounded(.down)
        let inDay = seconds - day * 86_400
        let hours = (inDay / 3600).rounded(.down)
        let minutes = ((inDay - hours * 3600) / 60).rounded(.down)
        // Summed in this order because libastro does, so that the last bit is the same.
        universal = day + Self.unixEpoch + hours / 24 + minutes / 1440 + (inDay - hours * 3600 - minutes * 60) / 86_400
        ephemeris =
            universal + EarthRotation.lagInSeconds(day: Day(number: Int(day)), fraction: inDay / 86_400) / 86_400
    }

    /// Julian centuries of ephemeris time since 2000.
    var centuries: Double { (ephemeris - Self.epoch2000) / 36_525 }

    /// Radians; `east` is the longitude of the place.
    func apparentSiderealTime(east: Double) -> Double {
        let midnight = (universal - 0.5).rounded(.down) + 0.5
        let t = (midnight - Self.epoch2000) / 36_525
        let atMidnight = (24_110.54841 + (8_640_184.812866 + (0.093104 - 6.2e-6 * t) * t) * t) / 3600
        let mean = atMidnight - 24 * (atMidnight / 24).rounded(.down) + (universal - midnight) * 24 / Self.siderealDay
        let now = (universal - Self.epoch2000) / 36_525
        let nutation = Nutation(centuries: now)
        let equation = nutation.longitude * cos(Obliquity.mean(centuries: now) + nutation.obliquity)
        return mean * .pi / 12 + east + equation
    }
}

/// The tilt of the equator against the ecliptic.
enum Obliquity {
    /// Radians (IAU 1980).
    static func mean(centuries t: Double) -> Double {
        (23.4392911 + t * (-46.8150 + t * (-0.00059 + t * 0.001813)) / 3600) * .pi / 180
    }
}
