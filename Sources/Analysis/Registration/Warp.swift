import Pixels

/// A picture brought into the frame of its reference.
public struct Warp: Sendable {
    /// Black where `valid` is outside.
    public let image: RGBImage
    /// Where the picture has content.
    public let valid: Mask

    /// - Parameters:
    ///   - homography: from the reference's points to the picture's.
    ///   - size: of the reference.
    /// - Exactness: bilinear, positions to 1/256 pixel, in whole numbers; a shift by whole pixels copies bytes.
    /// - Border: a pixel is valid where its centre falls on or between the picture's pixel centres.
    /// - Complexity: O(pixels); two allocations.
    public init(of image: RGBImage, by homography: Homography, size: Size) {
        let width = size.width, height = size.height
        var valid = [UInt8](repeating: 0, count: width * height)
        let m = homography.matrix
        let lastX = image.width - 1, lastY = image.height - 1, stride = 3 * image.width
        let bytes = [UInt8](unsafeUninitializedCapacity: 3 * width * height) { out, initialized in
            initialized = 3 * width * height
            out.update(repeating: 0)
            image.bytes.withUnsafeBufferPointer { source in
                valid.withUnsafeMutableBufferPointer { valid in
                    let isAffine = m[6] == 0 && m[7] == 0
                    let limitX = Double(256 * lastX) + 0.5, limitY = Double(256 * lastY) + 0.5
                    for y in 0..<height {
                        let py = Double(y) + 0.5
                        // Numerators and denominator along the row, in 1/256 of a pixel, from the first pixel's
                        // centre.
                        let u0 = (m[1] * py + m[2]) * 256, v0 = (m[4] * py + m[5]) * 256, w0 = m[7] * py + m[8]
                        let du = m[0] * 256, dv = m[3] * 256, dw = m[6], inverse = 1 / w0
                        for x in 0..<width {
                            let px = Double(x) + 0.5
                            let scale = isAffine ? inverse : 1 / (w0 + dw * px)
                            let fx = (u0 + du * px) * scale - 128, fy = (v0 + dv * px) * scale - 128
                            guard fx > -0.5, fy > -0.5, fx < limitX, fy < limitY else { continue }
                            let ix = Int(Int32(fx + 0.5)), iy = Int(Int32(fy + 0.5))
                            let left = ix &>> 8, top = iy &>> 8, u = ix & 255, v = iy & 255
                            let base = top &* stride &+ 3 &* left
                            let right = left < lastX ? 3 : 0, down = top < lastY ? stride : 0
                            let o = 3 &* (y &* width &+ x)
                            var k = 0
                            while k < 3 {
                                let a = Int(source[base &+ k]), b = Int(source[base &+ right &+ k])
                                let c = Int(source[base &+ down &+ k]), d = Int(source[base &+ down &+ right &+ k])
                                let sum = (a &* (256 &- u) &+ b &* u) &* (256 &- v) &+ (c &* (256 &- u) &+ d &* u) &* v
                                out[o &+ k] = UInt8(truncatingIfNeeded: (sum &+ 32768) &>> 16)
                                k &+= 1
                            }
                            valid[y &* width &+ x] = 255
                        }
                    }
                }
            }
        }
        self.image = RGBImage(width: width, height: height, bytes: bytes)
        self.valid = Mask(width: width, height: height, bytes: valid)
    }

    /// Into the frame of a reference of the same size; the identity copies.
    public init(of image: RGBImage, by transform: RigidTransform) {
        if transform == .identity {
            self.init(image: image, valid: Mask(width: image.width, height: image.height, inside: true))
        } else {
            self.init(of: image, by: transform.homography(in: image.size), size: image.size)
        }
    }

    private init(image: RGBImage, valid: Mask) {
        self.image = image
        self.valid = valid
    }
}
