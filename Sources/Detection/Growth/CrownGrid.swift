import Pixels

/// The squares into which an orchard's plot is parted, so that crowns, which stand still, can be told from the grass
/// around them over many pictures.
public struct CrownGrid: Sendable, Equatable, Codable {
    /// Left and upper edge in blocks of 2 × 2 pixels of the reference picture.
    let x: Int
    let y: Int
    /// Blocks along the edge of a square.
    let side: Int
    let columns: Int
    let rows: Int

    /// Least blocks along the edge of a square: a leaf cluster, not a leaf.
    static let leastSide = 4
    /// Squares above which they are made larger.
    static let mostCells = 1024

    /// - Parameter area: in the frame of the reference.
    public init(of area: PlotArea) {
        let region = area.blocks.region
        var side = CrownGrid.leastSide
        while ((region.width + side - 1) / side) * ((region.height + side - 1) / side) > CrownGrid.mostCells {
            side *= 2
        }
        x = region.x
        y = region.y
        self.side = side
        columns = max((region.width + side - 1) / side, 1)
        rows = max((region.height + side - 1) / side, 1)
    }

    var count: Int { columns * rows }

    /// The square of a block that a picture shows; what lies beyond the edge counts with the squares at the edge.
    ///
    /// - Parameter shift: how far the picture is displaced, in blocks.
    func cell(x column: Int, y row: Int, shift: (x: Int, y: Int)) -> Int {
        let u = min(max((column - shift.x - x) / side, 0), columns - 1)
        let v = min(max((row - shift.y - y) / side, 0), rows - 1)
        return v * columns + u
    }
}
