extension Array where Element == Float {
    /// The element that would stand at `rank` if the array were sorted; reorders it (quickselect, Hoare 1961).
    ///
    /// - Precondition: `rank` is an index; no element is not a number.
    /// - Complexity: O(n) on average; no allocation.
    public mutating func element(ofRank rank: Int) -> Float {
        precondition(indices.contains(rank), "a rank is an index")
        return withUnsafeMutableBufferPointer { values in
            var low = 0, high = values.count - 1
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
}
