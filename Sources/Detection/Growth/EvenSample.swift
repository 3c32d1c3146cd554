/// Some places of a rectangle, spread evenly: a share measured on them is that of all of them, nearly.
///
/// Every third row is taken, and of its places every `across`-th; where a row begins follows the golden ratio, so that
/// nothing planted or laid upright falls in step with it.
struct EvenSample: Sendable, Equatable {
    let down: Int
    let across: Int

    /// Rows of which one is taken, on a large plot. On 29 plots of photographs and renders, for as many places, the
    /// error is nearly that of looking at every row, and half of that of a square raster.
    static let spacing = 3

    /// - Parameters:
    ///   - count: the places that there are.
    ///   - most: of them to be taken, about; all where there are no more.
    init(of count: Int, most: Int) {
        let step = max((count + most - 1) / max(most, 1), 1)
        down = min(step, EvenSample.spacing)
        across = (step + down - 1) / down
    }

    /// The rows taken of `range`, each with the first of its places, counted from the left edge.
    func rows(of range: Range<Int>) -> [(row: Int, first: Int)] {
        stride(from: range.lowerBound, to: range.upperBound, by: down).enumerated().map { k, row in
            (min(row + down / 2, range.upperBound - 1), (k * 6180 % 10_000) * across / 10_000)
        }
    }
}
