/// Adds `count` masked pixels to the 3 × 256 bins of `bins`, red first; see `Kernels.ColorHistograms`.
///
/// `work` holds 768 zeros on entry and on return: a second table, so that two equal neighbours do not wait for each
/// other.
@inline(never) public func colorHistograms(
    _ rgb: UnsafePointer<UInt8>, _ mask: UnsafePointer<UInt8>, _ count: Int, _ bins: UnsafeMutablePointer<UInt32>,
    _ work: UnsafeMutablePointer<UInt32>
) {
    var i = 0
    let eights = count & ~7
    while i < eights {
        let inside = UnsafeRawPointer(mask + i).loadUnaligned(as: UInt64.self)
        if inside == .max {
            var k = 3 &* i
            let end = k &+ 24
            while k < end {
                bins[Int(rgb[k])] &+= 1
                bins[256 &+ Int(rgb[k &+ 1])] &+= 1
                bins[512 &+ Int(rgb[k &+ 2])] &+= 1
                work[Int(rgb[k &+ 3])] &+= 1
                work[256 &+ Int(rgb[k &+ 4])] &+= 1
                work[512 &+ Int(rgb[k &+ 5])] &+= 1
                k &+= 6
            }
        } else if inside != 0 {
            var k = i
            while k < i &+ 8 {
                if mask[k] != 0 {
                    bins[Int(rgb[3 &* k])] &+= 1
                    bins[256 &+ Int(rgb[3 &* k &+ 1])] &+= 1
                    bins[512 &+ Int(rgb[3 &* k &+ 2])] &+= 1
                }
                k &+= 1
            }
        }
        i &+= 8
    }
    while i < count {
        if mask[i] != 0 {
            bins[Int(rgb[3 &* i])] &+= 1
            bins[256 &+ Int(rgb[3 &* i &+ 1])] &+= 1
            bins[512 &+ Int(rgb[3 &* i &+ 2])] &+= 1
        }
        i &+= 1
    }
    i = 0
    while i < 768 {
        bins[i] &+= work[i]
        work[i] = 0
        i &+= 1
    }
}
