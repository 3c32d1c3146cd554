extension Mask {
    /// The mask in an eighth of the memory: pixel i is bit i % 8 of byte i / 8, 1 for inside; the last byte is filled up
    /// with zeros.
    public var bits: [UInt8] {
        let whole = bytes.count / 8
        var bits = [UInt8](repeating: 0, count: Mask.bitBytes(bytes.count))
        bytes.withUnsafeBytes { bytes in
            for k in 0..<whole {
                // Bit k of byte k, then all bytes gathered in the highest.
                let eight = UInt64(
                    littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * k, as: UInt64.self))
                bits[k] = UInt8(
                    truncatingIfNeeded: ((eight & 0x8040_2010_0804_0201) &* 0x0101_0101_0101_0101) &>> 56)
            }
            for i in 8 * whole..<bytes.count { bits[whole] |= bytes[i] & 1 << UInt8(i % 8) }
        }
        return bits
    }

    /// Bytes that the bits of so many pixels take.
    public static func bitBytes(_ pixels: Int) -> Int { (pixels + 7) / 8 }

    /// - Precondition: `bits.count == Mask.bitBytes(width * height)`.
    public init(width: Int, height: Int, bits: some Collection<UInt8>) {
        let count = width * height
        precondition(bits.count == Mask.bitBytes(count), "a bit for every pixel")
        let bits = Array(bits)
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { out, initialized in
            initialized = count
            for i in 0..<count { out[i] = 0 &- (bits[i >> 3] >> UInt8(i & 7) & 1) }
        }
        self.init(width: width, height: height, bytes: bytes)
    }
}
