import Foundation

/// One reader that takes bytes from strangers.
struct FuzzTarget: Sendable {
    let name: String
    /// Bytes of the longest input that is tried.
    let longest: Int
    /// Words that the format knows.
    let words: [String]
    /// Good files, made and not kept.
    let seeds: @Sendable () throws -> [[UInt8]]
    /// Reads the input and checks what came out; false: the input is of another kind and teaches nothing.
    let read: @Sendable ([UInt8]) -> Bool

    static let all: [FuzzTarget] = [
        jpeg, eighth, png, tiff, exif, names, site, crops, models, phenocam, weather, zip, rules, replies,
    ]
}

/// Stops the program where a promise is broken; libFuzzer keeps the input.
func promise(_ holds: Bool, _ what: @autoclosure () -> String) {
    if holds { return }
    FileHandle.standardError.write(Data("ERROR: broken promise: \(what())\n".utf8))
    abort()
}
