extension Array where Element == Float {
    /// The element that would stand at `rank` if the array were sorted; reorders it (quickselect, Hoare 1961; of many
    /// elements only among those that begin with the same bits as the one sought).
    ///
    /// - Precondition: `rank` is an index; no element is not a number.
    /// - Complexity: O(n) on average; no allocation.
    public mutating func element(ofRank rank: Int) -> Float {
        precondition(indices.contains(rank), "a rank is an index")
        return withUnsafeMutableBufferPointer { values in
            guard values.count >= Prefixes.fewest else { return Self.quickselect(values, 0, values.count - 1, rank) }
            let (prefix, below) = Prefixes.prefix(ofRank: rank, in: values)
            var found = 0, i = 0
            while i < values.count {
                if Prefixes.prefix(of: values[i]) == prefix {
                    values.swapAt(found, i)
                    found &+= 1
                }
                i &+= 1
            }
            return Self.quickselect(values, 0, found - 1, rank - below)
        }
    }

    private static func quickselect(
        _ values: UnsafeMutableBufferPointer<Float>, _ first: Int, _ last: Int, _ rank: Int
    ) -> Float {
        var low = first, high = last
        while low < high {
            let a = values[low], b = values[(low &+ high) / 2], c = values[high]
            let pivot = Swift.max(Swift.min(a, b), Swift.min(Swift.max(a, b), c))
            var i = low, j = high
            while i <= j {
                while values[i] < pivot { i &+= 1 }
                while values[j] > pivot { j &-= 1 }
                if i <= j {
                    values.swapAt(i, j)
                    i &+= 1
                    j &-= 1
                }
            }
            if rank <= j {
                high = j
            } else if rank >= i {
                low = i
            } else {
                return values[rank]
            }
        }
        return values[rank]
    }
}

/// The first bits of numbers, sign, exponent and two more, so turned that they are ordered as the numbers are.
private enum Prefixes {
    /// Elements from which counting pays.
    static let fewest = 512
    private static let count = 2048

    @inline(__always) static func prefix(of value: Float) -> Int {
        // Negative zero is zero.
        let bits = (value + 0).bitPattern
        let turned = bits ^ (UInt32(bitPattern: Int32(bitPattern: bits) &>> 31) | 0x8000_0000)
        return Int(turned &>> 21)
    }

    /// The prefix of the element at `rank`, and how many elements have lesser ones.
    static func prefix(ofRank rank: Int, in values: UnsafeMutableBufferPointer<Float>) -> (prefix: Int, below: Int) {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: count) { bins in
            bins.initialize(repeating: 0)
            for value in values { bins[prefix(of: value)] &+= 1 }
            var below = 0, prefix = 0
            while below + Int(bins[prefix]) <= rank {
                below &+= Int(bins[prefix])
                prefix &+= 1
            }
            return (prefix, below)
        }
    }
}
