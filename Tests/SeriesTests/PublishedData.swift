import Foundation

/// Published files that the tests compare with, in the folder that `PLOTWATCH_DATA` names.
enum PublishedData {
    private static let folder = ProcessInfo.processInfo.environment["PLOTWATCH_DATA"]

    static var isThere: Bool {
        folder.map { FileManager.default.fileExists(atPath: "\($0)/phenocam-vegindex") } ?? false
    }

    static func text(_ path: String) throws -> String {
        try String(contentsOfFile: "\(folder ?? "")/\(path)", encoding: .utf8)
    }
}

/// A small deterministic generator of numbers in 0..<1 (splitmix64).
struct Dice {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func roll() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((z ^ (z >> 31)) >> 11) / 9_007_199_254_740_992
    }

    /// Normally distributed.
    mutating func normal() -> Double { (-2 * log(1 - roll())).squareRoot() * cos(2 * .pi * roll()) }
}
