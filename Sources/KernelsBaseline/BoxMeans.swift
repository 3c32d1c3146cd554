internal import CVectors

/// Writes the means of `pixels` blocks of `factor` rows of packed RGB; see `Kernels.BoxMeans`.
@inline(never) public func boxMeans(
    _ rows: UnsafePointer<UInt8>, _ rowBytes: Int, _ factor: Int, _ work: UnsafeMutablePointer<UInt16>, _ pixels: Int,
    _ out: UnsafeMutablePointer<UInt8>
) {
    switch factor {
    case 2: means(rows, rowBytes, 2, work, pixels, out)
    case 3: means(rows, rowBytes, 3, work, pixels, out)
    case 4: means(rows, rowBytes, 4, work, pixels, out)
    case 5: means(rows, rowBytes, 5, work, pixels, out)
    case 6: means(rows, rowBytes, 6, work, pixels, out)
    default: means(rows, rowBytes, factor, work, pixels, out)
    }
}

@inline(__always) private func means(
    _ rows: UnsafePointer<UInt8>, _ rowBytes: Int, _ factor: Int, _ work: UnsafeMutablePointer<UInt16>, _ pixels: Int,
    _ out: UnsafeMutablePointer<UInt8>
) {
    let used = 3 &* factor &* pixels
    var i = 0
    while i < used {
        var sum = UInt16(truncatingIfNeeded: rows[i])
        var k = 1
        while k < factor {
            sum &+= UInt16(truncatingIfNeeded: rows[k &* rowBytes &+ i])
            k &+= 1
        }
        work[i] = sum
        i &+= 1
    }
    // A sum is below 2^8 · area, and the reciprocal too large by less than area / 2^(16 + shift): with at most 64
    // samples the product errs by less than one in `area`, so it is exact.
    let area = UInt32(truncatingIfNeeded: factor &* factor)
    let shift = UInt32(truncatingIfNeeded: 31 &- (area &- 1).leadingZeroBitCount)
    // Of a power of two it is 2^16, too large by one: half of it then, shifted by one less.
    let whole = ((1 &<< (16 &+ shift)) &+ area &- 1) / area, isPower: UInt32 = whole &>> 16
    let reciprocal = UInt16(truncatingIfNeeded: whole &>> isPower), half = UInt16(truncatingIfNeeded: area / 2)
    let last = UInt16(truncatingIfNeeded: shift &- isPower)
    // Of every column at once, whole blocks and shifted ones alike: cheaper than picking first.
    let columns = used &- 3 &* (factor &- 1)
    i = 0
    let halves = SIMD16<UInt16>(repeating: half), reciprocals = SIMD16<UInt16>(repeating: reciprocal)
    let shifts = SIMD16<UInt16>(repeating: last)
    while i &+ 16 <= columns {
        var sum = halves
        var k = 0
        while k < factor {
            sum &+= UnsafeRawPointer(work + (i &+ 3 &* k)).loadUnaligned(as: SIMD16<UInt16>.self)
            k &+= 1
        }
        UnsafeMutableRawPointer(work + i).storeBytes(
            of: cv_high_products(sum, reciprocals) &>> shifts, as: SIMD16<UInt16>.self)
        i &+= 16
    }
    while i < columns {
        var sum = work[i] &+ half
        var k = 1
        while k < factor {
            sum &+= work[i &+ 3 &* k]
            k &+= 1
        }
        work[i] = UInt16(truncatingIfNeeded: (UInt32(sum) &* UInt32(reciprocal)) &>> 16) &>> last
        i &+= 1
    }
    var x = 0
    // Four bytes at once; the next pixel takes the place of the fourth.
    while x &+ 1 < pixels {
        cv_store_four_bytes(work + 3 &* factor &* x, out + 3 &* x)
        x &+= 1
    }
    while x < pixels {
        let from = work + 3 &* factor &* x
        out[3 &* x] = UInt8(truncatingIfNeeded: from[0])
        out[3 &* x &+ 1] = UInt8(truncatingIfNeeded: from[1])
        out[3 &* x &+ 2] = UInt8(truncatingIfNeeded: from[2])
        x &+= 1
    }
}
