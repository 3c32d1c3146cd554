import Pixels

/// How far the light of one picture of a room is from that of another, from the smooth field between them.
struct RoomLight: Sendable {
    /// From the 5th to the 95th percentile of the field over the picture, ln.
    var spread: Double
    /// Red against blue, the median, ln.
    var cast: Double
    /// The median of the field, ln.
    var gain: Double

    /// Every how many pixels the smooth field is looked at.
    private static let stride = 4

    /// - Parameter shapes: what is not light; the field between it is stretched, and says nothing there.
    init(_ field: LightField, except shapes: Mask) {
        let (red, green, blue) = (field.channels[0], field.channels[1], field.channels[2])
        var levels: [Float] = [], casts: [Float] = []
        for i in Swift.stride(from: 0, to: red.samples.count, by: RoomLight.stride) where shapes.bytes[i] == 0 {
            levels.append((red.samples[i] + green.samples[i] + blue.samples[i]) / 3)
            casts.append(red.samples[i] - blue.samples[i])
        }
        guard !levels.isEmpty else {
            (spread, cast, gain) = (.infinity, .infinity, .infinity)
            return
        }
        levels.sort()
        casts.sort()
        func at(_ share: Double, _ sorted: [Float]) -> Double { Double(sorted[Int(share * Double(sorted.count - 1))]) }
        spread = at(0.95, levels) - at(0.05, levels)
        cast = abs(at(0.5, casts))
        gain = abs(at(0.5, levels))
    }

    /// Whether both pictures have the same light, as seen from what a cloud does.
    func isFamiliar(_ parameters: RoomParameters) -> Bool {
        spread < parameters.lightSpread && cast < parameters.lightCast && gain < parameters.lightGain
    }
}
