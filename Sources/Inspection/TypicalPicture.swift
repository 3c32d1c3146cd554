import Analysis
import Archive
import Decoding
import Detection
import Foundation
import Pixels

/// Of some pictures of a camera the usable one that is most like all the others: the one to draw plots on.
struct TypicalPicture {
    let path: String
    let size: Size

    /// `nil` where none can be decoded and used.
    init?(among paths: [String], archive: String, health: SceneHealth) {
        let reader = FileReader(archive: archive), decoder = Decoder()
        var candidates: [(path: String, size: Size, hash: PerceptualHash)] = []
        for path in paths {
            guard let bytes = try? reader.read(path: path), let decoded = try? decoder.rgb(bytes.bytes),
                decoded.truncation == nil,
                health.judge(decoded.content, reference: nil, isSamePlace: nil).quality == .ok,
                let hash = PerceptualHash(of: Plane(luminanceOf: decoded.content))
            else { continue }
            candidates.append((path, decoded.content.size, hash))
        }
        // A covered lens or a turned camera is unlike the rest, and so far from it.
        let distances = candidates.map { one in candidates.reduce(0) { $0 + one.hash.distance(to: $1.hash) } }
        guard let best = distances.indices.min(by: { distances[$0] < distances[$1] }) else { return nil }
        path = candidates[best].path
        size = candidates[best].size
    }
}

/// Paths spread evenly over however many there are, of which at most ``limit`` are kept.
struct EvenSample {
    static let limit = 16

    private(set) var paths: [String] = []
    private var step = 1
    private var count = 0

    mutating func add(_ path: String) {
        if count % step == 0 {
            if paths.count == EvenSample.limit {
                paths = paths.indices.filter { $0 % 2 == 0 }.map { paths[$0] }
                step *= 2
            }
            if count % step == 0 { paths.append(path) }
        }
        count += 1
    }
}
