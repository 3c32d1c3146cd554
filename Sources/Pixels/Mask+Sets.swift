extension Mask {
    /// Inside both.
    public func intersection(_ other: Mask) -> Mask { combined(with: other) { $0 & $1 } }

    /// Inside either.
    public func union(_ other: Mask) -> Mask { combined(with: other) { $0 | $1 } }

    /// Inside this one and not inside `other`.
    public func subtracting(_ other: Mask) -> Mask { combined(with: other) { $0 & ~$1 } }

    /// Inside becomes outside and the other way round.
    public var inverted: Mask { combined(with: self) { own, _ in ~own } }

    /// In how many of the masks each pixel is inside.
    ///
    /// - Precondition: fewer than 256 masks, all of `size`.
    public static func counts(of masks: [Mask], size: Size) -> [UInt8] {
        precondition(masks.count < 256 && masks.allSatisfy { $0.size == size }, "fewer than 256 masks of one size")
        var counts = [UInt8](repeating: 0, count: size.area)
        counts.withUnsafeMutableBufferPointer { counts in
            for mask in masks {
                mask.bytes.withUnsafeBufferPointer { bytes in
                    var i = 0
                    while i < counts.count {
                        counts[i] &+= bytes[i] & 1
                        i &+= 1
                    }
                }
            }
        }
        return counts
    }

    @inline(__always) private func combined(with other: Mask, by formula: (UInt8, UInt8) -> UInt8) -> Mask {
        precondition(size == other.size, "masks of one size only")
        let count = bytes.count
        let result = [UInt8](unsafeUninitializedCapacity: count) { out, initialized in
            bytes.withUnsafeBufferPointer { a in
                other.bytes.withUnsafeBufferPointer { b in
                    var i = 0
                    while i < count {
                        out[i] = formula(a[i], b[i])
                        i &+= 1
                    }
                }
            }
            initialized = count
        }
        return Mask(width: width, height: height, bytes: result)
    }
}
