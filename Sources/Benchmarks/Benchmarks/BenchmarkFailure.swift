/// Why a benchmark could not be run, or was not allowed to count.
struct BenchmarkFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
