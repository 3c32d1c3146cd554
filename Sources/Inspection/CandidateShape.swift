import Analysis
import Detection
import Pixels
import Village

/// A candidate's outline brought from the working picture to the reference picture.
///
/// What stands is solid: where its wall looks as the ground did, it has holes, which are filled up to a share of its area.
/// A yard inside a boundary wall stays open.
struct CandidateShape {
    /// The greatest hole that is filled, as a share of the region. Chosen on the rendered street: windows and doors of a wall.
    private static let greatestHole = 0.05

    /// 255 = changed, in the reference frame.
    let mask: Mask
    let outline: Outline
    let box: Region

    init(_ candidate: Candidate, in size: Size, factor: Int) {
        let seen = candidate.outline.mask
        let small = seen.holesFilled(upTo: Int(Self.greatestHole * Double(seen.count)))
        var mask = Mask(width: size.width, height: size.height, inside: false)
        for y in 0..<size.height {
            let row = min(y / factor, small.height - 1) * small.width
            for x in 0..<size.width where small.bytes[row + min(x / factor, small.width - 1)] != 0 { mask[x, y] = true }
        }
        self.mask = mask
        box = mask.bounds
        outline = Polygon(outlining: mask, tolerance: Double(factor))?.vertices ?? []
    }
}
