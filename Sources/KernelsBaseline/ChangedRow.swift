internal import CVectors

/// Writes 255 where two rows of `count` pixels differ, 0 elsewhere; see `Kernels.ChangedRow`.
///
/// - Parameters:
///   - now: mean, deviation, log R/G, log B/G; `then` the same.
///   - limits: flat, correlation, red, blue, across, along, darkest, hued², sameHue², 1 for a veil that is explained.
@inline(never) public func changedRow(
    _ now: [UnsafePointer<Float>], _ then: [UnsafePointer<Float>], _ products: UnsafePointer<Float>, _ limits: [Float],
    _ count: Int, _ out: UnsafeMutablePointer<UInt8>
) {
    let (m0, s0, r0, b0) = (now[0], now[1], now[2], now[3]), (m1, s1, r1, b1) = (then[0], then[1], then[2], then[3])
    let rules = Rules(limits)
    var i = 0
    while i &+ 8 <= count {
        let changed = rules.changed(
            cv_eight(m0 + i), cv_eight(m1 + i), cv_eight(s0 + i), cv_eight(s1 + i), cv_eight(r0 + i), cv_eight(r1 + i),
            cv_eight(b0 + i), cv_eight(b1 + i), cv_eight(products + i))
        cv_store_mask(changed, out + i)
        i &+= 8
    }
    if i == count { return }
    let left = count &- i
    @inline(__always) func some(_ values: UnsafePointer<Float>) -> SIMD8<Float> {
        var lanes = SIMD8<Float>.zero
        for k in 0..<left { lanes[k] = values[i &+ k] }
        return lanes
    }
    let changed = rules.changed(
        some(m0), some(m1), some(s0), some(s1), some(r0), some(r1), some(b0), some(b1), some(products))
    for k in 0..<left { out[i &+ k] = changed[k] == 0 ? 0 : 255 }
}

/// The limits in all lanes.
private struct Rules {
    let flat: SIMD8<Float>, correlation: SIMD8<Float>, red: SIMD8<Float>, blue: SIMD8<Float>
    let across: SIMD8<Float>, along: SIMD8<Float>, darkest: SIMD8<Float>
    let hued: SIMD8<Float>, sameHue: SIMD8<Float>
    /// All ones where a veil is explained.
    let veil: SIMD8<Int32>
    let diagonal = SIMD8<Float>(repeating: 0.70710678), least = SIMD8<Float>(repeating: 0.5)
    let leastMean = SIMD8<Float>(repeating: 12)

    @inline(__always) init(_ limits: [Float]) {
        flat = SIMD8(repeating: limits[0])
        correlation = SIMD8(repeating: limits[1])
        red = SIMD8(repeating: limits[2])
        blue = SIMD8(repeating: limits[3])
        across = SIMD8(repeating: limits[4])
        along = SIMD8(repeating: limits[5])
        darkest = SIMD8(repeating: limits[6])
        hued = SIMD8(repeating: limits[7])
        sameHue = SIMD8(repeating: limits[8])
        veil = SIMD8(repeating: limits[9] > 0 ? -1 : 0)
    }

    @inline(__always) func changed(
        _ mean: SIMD8<Float>, _ earlier: SIMD8<Float>, _ deviation: SIMD8<Float>, _ other: SIMD8<Float>,
        _ a: SIMD8<Float>, _ b: SIMD8<Float>, _ c: SIMD8<Float>, _ d: SIMD8<Float>, _ products: SIMD8<Float>
    ) -> SIMD8<Int32> {
        let r = a - b - red, l = c - d - blue
        let isOtherColour = cv_or_i32(
            cv_greater_f32(cv_abs_f32(r + l) * diagonal, across), cv_greater_f32(cv_abs_f32(r - l) * diagonal, along))
        let isBright = cv_greater_f32(cv_min_f32(mean, earlier), darkest)
        let own = a * a + c * c, length = b * b + d * d, dot = a * b + c * d
        let isHued = cv_and_i32(cv_greater_f32(cv_min_f32(own, length), hued), cv_greater_f32(dot, .zero))
        let isVeiled = cv_and_i32(
            cv_and_i32(veil, isHued), cv_greater_f32(dot * dot, sameHue * (own * length)))
        let hasStructure = cv_or_i32(
            cv_greater_f32(deviation, flat * cv_max_f32(mean, leastMean)),
            cv_greater_f32(other, flat * cv_max_f32(earlier, leastMean)))
        let covariance = products - mean * earlier
        let isOther = cv_greater_f32(
            correlation * (cv_max_f32(deviation, least) * cv_max_f32(other, least)), covariance)
        return cv_or_i32(
            cv_without_i32(cv_and_i32(isOtherColour, isBright), isVeiled), cv_and_i32(hasStructure, isOther))
    }
}
