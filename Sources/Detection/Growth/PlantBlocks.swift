import Foundation
import Pixels

/// The picture in blocks of 2 × 2 pixels, the resolution of colour in a JPEG, as whole numbers whose sums are exact.
///
/// - Shape: block (x, y) holds pixels (2x, 2y) to (2x + 1, 2y + 1); an odd last row or column counts twice.
struct PlantBlocks {
    let image: RGBImage
    let size: Size

    init(of image: RGBImage) {
        self.image = image
        size = Size(width: (image.width + 1) / 2, height: (image.height + 1) / 2)
    }

    /// 256 log2(1 + v / 8) of a value v in quarters of a grey level. The floor of eight levels keeps noise in the dark
    /// small.
    static let logarithm: [Int32] = (0...1020).map { Int32((256 * (log2(Double($0) / 4 + 8) - 3)).rounded()) }

    /// Values of one block.
    ///
    /// Lanes: level of light; 2048 (G − R) / (R + G + B + 16) and 2048 (G − B) / (R + G + B + 16); deviation of the
    /// pixels' light from their mean in 4096ths of it; the squares of the first three; level of the least channel
    /// against that of light.
    typealias Values = SIMD8<Int32>

    /// The values of a row of blocks.
    ///
    /// - Parameter columns: the blocks wanted; `out` holds one for each.
    func row(_ y: Int, columns: Range<Int>, into out: UnsafeMutablePointer<Values>) {
        let width = image.width
        let upper = 3 * 2 * y * width, lower = 3 * min(2 * y + 1, image.height - 1) * width
        image.bytes.withUnsafeBufferPointer { bytes in
            PlantBlocks.logarithm.withUnsafeBufferPointer { logarithm in
                guard let bytes = bytes.baseAddress, let logarithm = logarithm.baseAddress else { return }
                for x in columns {
                    let left = 6 * x, right = 3 * min(2 * x + 1, width - 1)
                    out[x - columns.lowerBound] = PlantBlocks.values(
                        bytes + upper + left, bytes + upper + right, bytes + lower + left, bytes + lower + right,
                        logarithm)
                }
            }
        }
    }

    /// The levels of light of a row of blocks, lane 0 of their values, alone.
    func levels(_ y: Int, columns: Range<Int>, into out: UnsafeMutablePointer<Int32>) {
        let width = image.width
        let upper = 3 * 2 * y * width, lower = 3 * min(2 * y + 1, image.height - 1) * width
        image.bytes.withUnsafeBufferPointer { bytes in
            PlantBlocks.logarithm.withUnsafeBufferPointer { logarithm in
                for x in columns {
                    let left = 6 * x, right = 3 * min(2 * x + 1, width - 1)
                    func light(_ i: Int) -> Int32 {
                        PlantBlocks.light(Int32(bytes[i]), Int32(bytes[i + 1]), Int32(bytes[i + 2]))
                    }
                    let all =
                        light(upper + left) &+ light(upper + right) &+ light(lower + left) &+ light(lower + right)
                    out[x - columns.lowerBound] = logarithm[Int(all >> 8)]
                }
            }
        }
    }

    /// Rec. 601 luminance in 256ths of a grey level.
    @inline(__always) private static func light(_ r: Int32, _ g: Int32, _ b: Int32) -> Int32 {
        77 &* r &+ 150 &* g &+ 29 &* b
    }

    @inline(__always)
    private static func values(
        _ p: UnsafePointer<UInt8>, _ q: UnsafePointer<UInt8>, _ s: UnsafePointer<UInt8>, _ t: UnsafePointer<UInt8>,
        _ logarithm: UnsafePointer<Int32>
    ) -> Values {
        let a = SIMD4(Int32(p[0]), Int32(p[1]), Int32(p[2]), 0), b = SIMD4(Int32(q[0]), Int32(q[1]), Int32(q[2]), 0)
        let c = SIMD4(Int32(s[0]), Int32(s[1]), Int32(s[2]), 0), d = SIMD4(Int32(t[0]), Int32(t[1]), Int32(t[2]), 0)
        let sum = a &+ b &+ c &+ d
        let first = light(a.x, a.y, a.z), second = light(b.x, b.y, b.z)
        let third = light(c.x, c.y, c.z), fourth = light(d.x, d.y, d.z)
        let all = first &+ second &+ third &+ fourth
        let level = logarithm[Int(all >> 8)]
        let total = Float(sum.x &+ sum.y &+ sum.z &+ 64)
        let red = Int32(Float(2048 &* (sum.y &- sum.x)) / total), blue = Int32(Float(2048 &* (sum.y &- sum.z)) / total)
        let away =
            abs(4 &* first &- all) &+ abs(4 &* second &- all) &+ abs(4 &* third &- all) &+ abs(4 &* fourth &- all)
        let spread = Int32(Float(away) / Float(all &+ 8192) * 1024)
        let least = logarithm[Int(min(sum.x, sum.y, sum.z))] &- level
        return Values(level, red, blue, spread, level &* level, red &* red, blue &* blue, least)
    }
}
