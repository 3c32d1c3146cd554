import Foundation
import Pixels

extension RGBImage {
    /// This picture with each channel's light brought to another's by the median of their ratios.
    func inLight(of other: RGBImage) -> RGBImage {
        var result = self
        for channel in 0..<3 {
            // Ratios as logarithms in 1/64, so that the median is a count over bins.
            var bins = [Int](repeating: 0, count: 1024)
            let table = (0...255).map { log(Float($0) + RoomView.lift) }
            for i in stride(from: channel, to: bytes.count, by: 3) {
                let difference = table[Int(other.bytes[i])] - table[Int(bytes[i])]
                bins[min(max(512 + Int((difference * 64).rounded()), 0), 1023)] += 1
            }
            var seen = 0, median = 0
            while median < 1023, seen + bins[median] <= bytes.count / 6 {
                seen += bins[median]
                median += 1
            }
            let gain = exp(Float(median - 512) / 64)
            let levels = (0...255).map { level in
                UInt8(min(max(((Float(level) + RoomView.lift) * gain - RoomView.lift).rounded(), 0), 255))
            }
            for i in stride(from: channel, to: bytes.count, by: 3) { result.bytes[i] = levels[Int(bytes[i])] }
        }
        return result
    }
}
