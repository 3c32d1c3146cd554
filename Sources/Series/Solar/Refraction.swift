import Foundation

/// How the air lifts the Sun. Source of both formulas and of the blend: libastro (`refract.c`).
enum Refraction {
    /// Hectopascal: PyEphem's default observer.
    static let standardPressure = 1010.0
    /// Degrees Celsius: PyEphem's default observer.
    static let standardTemperature = 15.0
    /// Degrees: the formula for low altitudes holds below, that for high ones above, both are blended between.
    private static let blend = 14.5..<15.5
    /// Radians: where the search stops; kept because the stopping point is visible in the fifth decimal.
    private static let tolerance = 0.1 / 3600 * .pi / 180

    /// Where the search gives up; it takes two or three steps.
    private static let mostSteps = 50

    /// The altitude that is seen for a true one, radians: the root of `true(a) = altitude` by the secant method.
    static func apparent(_ altitude: Double) -> Double {
        var before = trueAltitude(altitude)
        var step = 0.8 * (altitude - before)
        var guess = altitude
        for _ in 0..<mostSteps {
            guess += step
            let now = trueAltitude(guess)
            if abs(altitude - now) <= tolerance { return guess }
            let slope = before - now
            guard slope != 0, slope.isFinite else { return guess }
            step *= -(altitude - now) / slope
            before = now
        }
        return guess
    }

    private static func trueAltitude(_ apparent: Double) -> Double {
        let degrees = apparent * 180 / .pi
        if degrees < blend.lowerBound { return trueLow(apparent) }
        if degrees >= blend.upperBound { return trueHigh(apparent) }
        let low = trueLow(apparent)
        return low + (trueHigh(apparent) - low) * (degrees - blend.lowerBound) / (blend.upperBound - blend.lowerBound)
    }

    private static func trueHigh(_ a: Double) -> Double {
        a - 7.888888e-5 * standardPressure / ((273 + standardTemperature) * tan(a))
    }

    private static func trueLow(_ a: Double) -> Double {
        let degrees = a * 180 / .pi
        let over = ((2e-5 * degrees + 1.96e-2) * degrees + 1.594e-1) * standardPressure
        let under = (273 + standardTemperature) * ((8.45e-2 * degrees + 5.05e-1) * degrees + 1)
        let lift = over / under * .pi / 180
        return a < 0 && lift < 0 ? a : a - lift
    }
}
