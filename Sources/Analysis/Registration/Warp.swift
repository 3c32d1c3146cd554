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
        let bytes = [UInt8](unsafeUninitializedCapacity: 3 * width * height) { out, initialized in
            initialized = 3 * width * height
            out.update(repeating: 0)
            image.bytes.withUnsafeBufferPointer { source in
                valid.withUnsafeMutableBufferPointer { valid in
                    guard let source = source.baseAddress, let out = out.baseAddress, let valid = valid.baseAddress
                    else { return }
                    for y in 0..<height {
                        let row = WarpedRow(homography, y: y, of: image.size)
                        row.write(from: source, to: out + 3 * y * width, valid: valid + y * width, count: width)
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

/// Where the pixels of one row of the reference are seen in a picture.
private struct WarpedRow {
    private let u0: Double, v0: Double, w0: Double
    private let du: Double, dv: Double, dw: Double
    private let inverse: Double
    private let isAffine: Bool
    private let limitX: Double, limitY: Double
    private let lastX: Int, lastY: Int
    private let stride: Int

    /// A position in 1/256 of a pixel from the first pixel's centre.
    private typealias Position = (x: Int, y: Int)

    init(_ homography: Homography, y: Int, of size: Size) {
        let m = homography.matrix, py = Double(y) + 0.5
        // Numerators and denominator along the row.
        u0 = (m[1] * py + m[2]) * 256
        v0 = (m[4] * py + m[5]) * 256
        w0 = m[7] * py + m[8]
        du = m[0] * 256
        dv = m[3] * 256
        dw = m[6]
        inverse = 1 / w0
        isAffine = m[6] == 0 && m[7] == 0
        lastX = size.width - 1
        lastY = size.height - 1
        stride = 3 * size.width
        limitX = Double(256 * lastX) + 0.5
        limitY = Double(256 * lastY) + 0.5
    }

    /// `nil` outside the picture.
    @inline(__always) private func position(_ x: Int) -> Position? {
        let px = Double(x) + 0.5
        let scale = isAffine ? inverse : 1 / (w0 + dw * px)
        let fx = (u0 + du * px) * scale - 128, fy = (v0 + dv * px) * scale - 128
        guard fx > -0.5, fy > -0.5, fx < limitX, fy < limitY else { return nil }
        return (Int(Int32(fx + 0.5)), Int(Int32(fy + 0.5)))
    }

    /// Pixels that are tried as one stretch with the same fractions.
    private static let stretch = 16

    func write(
        from source: UnsafePointer<UInt8>, to out: UnsafeMutablePointer<UInt8>, valid: UnsafeMutablePointer<UInt8>,
        count: Int
    ) {
        var x = 0
        while x < count {
            guard let at = position(x) else {
                x &+= 1
                continue
            }
            var length = 1
            // Positions along a row of an affine map lie on a line: where both ends agree, so does what is between.
            if isAffine, x &+ WarpedRow.stretch <= count, let end = position(x &+ WarpedRow.stretch &- 1),
                end.y == at.y, end.x == at.x &+ 256 &* (WarpedRow.stretch &- 1)
            {
                length = WarpedRow.stretch
            }
            blend(source, at, length, out + 3 &* x)
            (valid + x).update(repeating: 255, count: length)
            x &+= length
        }
    }

    @inline(__always) private func blend(
        _ source: UnsafePointer<UInt8>, _ at: Position, _ length: Int, _ out: UnsafeMutablePointer<UInt8>
    ) {
        let u = at.x & 255, v = at.y & 255
        let top = source + ((at.y &>> 8) &* stride &+ 3 &* (at.x &>> 8))
        // At the last column and row the fraction is 0, and there is no neighbour.
        let right = u == 0 ? 0 : 3, down = v == 0 ? 0 : stride
        if length == 1 {
            WarpedRow.mix(top, right, down, UInt32(u), UInt32(v), 3, out)
        } else {
            WarpedRow.mix(top, right, down, UInt32(u), UInt32(v), 3 &* WarpedRow.stretch, out)
        }
    }

    @inline(__always) private static func mix(
        _ top: UnsafePointer<UInt8>, _ right: Int, _ down: Int, _ u: UInt32, _ v: UInt32, _ count: Int,
        _ out: UnsafeMutablePointer<UInt8>
    ) {
        let beside = top + right, below = top + down, diagonal = below + right
        let u0 = 256 &- u, v0 = 256 &- v
        var k = 0
        while k < count {
            let above = UInt32(top[k]) &* u0 &+ UInt32(beside[k]) &* u
            let under = UInt32(below[k]) &* u0 &+ UInt32(diagonal[k]) &* u
            out[k] = UInt8(truncatingIfNeeded: (above &* v0 &+ under &* v &+ 32768) &>> 16)
            k &+= 1
        }
    }
}
