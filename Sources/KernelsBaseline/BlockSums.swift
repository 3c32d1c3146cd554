/// Adds the values of `count` blocks and the squares of the first three to the sums of their columns, or takes them
/// off; see `Kernels.BlockSums`.
@inline(never) public func blockSums(
    _ values: UnsafePointer<Int16>, _ count: Int, _ isTakenOff: Bool, _ sums: UnsafeMutablePointer<Int32>
) {
    let sign: Int32 = isTakenOff ? -1 : 1
    var k = 0
    while k < 3 {
        let row = values + k &* count, plain = sums + k &* count, squares = sums + (5 &+ k) &* count
        var i = 0
        while i < count {
            let value = Int32(row[i]), signed = value &* sign
            plain[i] &+= signed
            squares[i] &+= signed &* value
            i &+= 1
        }
        k &+= 1
    }
    while k < 5 {
        let row = values + k &* count, plain = sums + k &* count
        var i = 0
        while i < count {
            plain[i] &+= Int32(row[i]) &* sign
            i &+= 1
        }
        k &+= 1
    }
}
