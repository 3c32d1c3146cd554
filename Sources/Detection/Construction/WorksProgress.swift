import Foundation
import Pixels
import Village

/// How far confirmed works have come, from look to look.
///
/// - Note: stages are read from outside: what goes on behind a wall, and whether a house is lived in, is not seen.
struct WorksProgress: Sendable, Equatable, Codable {
    /// Share of its first height by which the top must have risen for walls.
    static let rise = 0.25
    /// Looks in a row that must show a roof, or a new face.
    static let looksInARow = 2
    /// The top stands still while it moves no more rows than this; after so many days nothing goes up any more.
    static let stillRows = 3
    static let stillDays = 3.0
    /// Share of the face whose kind of colour is another than before: plaster on bricks, no scaffold.
    static let refaced = 0.22
    /// Weight of a look in the face that is remembered.
    static let faceWeight = 0.15

    /// Rows of the top and the height when it was confirmed.
    private let firstTop: Int
    private let firstHeight: Int
    private var stillTop = 0
    private var stillSince: Date?
    private var roofInARow = 0
    private var hasSheetRoof = false
    /// Shares of the kinds of colour below the top since nothing goes up any more.
    private var face: [Double]?
    private var refacedInARow = 0

    init(region: Mask) {
        firstTop = WorksProgress.top(of: region)
        firstHeight = region.bounds.height
    }

    /// The stage that this look tells; `nil` where it tells none.
    mutating func stage(
        of judgement: RegionJudgement, view: SceneView, region: Mask, at: Date
    ) -> Flag.Stage? {
        guard judgement.kind != .vegetation else { return nil }
        let isSheet = RoofSigns.hasSheet(view.image, in: region, share: judgement.sheetColour)
        let isTall = hasRisen(region) || judgement.stage == .walls || judgement.stage == .roof
        let isStill = followTop(of: region, at: at)
        let slab = isTall ? RoofSigns.slab(view, in: region) : nil
        let isRoof = isSheet || slab.map { $0.isWhole || (isStill && $0.isEdge) } ?? false
        roofInARow = isRoof ? roofInARow + 1 : 0
        if roofInARow >= WorksProgress.looksInARow, isSheet { hasSheetRoof = true }
        // A shed of sheet is as it will be once it has its roof.
        if hasSheetRoof { return .roof }
        if isTall, isStill, isRefaced(view.image, region) { return .finished }
        if roofInARow >= WorksProgress.looksInARow { return .roof }
        if isTall { return .walls }
        return judgement.stage == .unknown || judgement.stage == .roof ? nil : judgement.stage
    }

    /// Whether the top has stood still for days.
    private mutating func followTop(of region: Mask, at: Date) -> Bool {
        let top = WorksProgress.top(of: region)
        if stillSince == nil || abs(top - stillTop) > WorksProgress.stillRows {
            stillTop = top
            stillSince = at
        }
        return stillSince.map { at.timeIntervalSince($0) >= WorksProgress.stillDays * 86_400 } ?? false
    }

    /// Whether the face is of another colour than it was when nothing went up any more.
    private mutating func isRefaced(_ image: RGBImage, _ region: Mask) -> Bool {
        let now = WorksProgress.colours(of: image, in: region)
        let before = face ?? now
        let change = zip(before, now).reduce(0) { $0 + abs($1.0 - $1.1) } / 2
        refacedInARow = change >= WorksProgress.refaced ? refacedInARow + 1 : 0
        guard refacedInARow == 0 else { return refacedInARow >= WorksProgress.looksInARow }
        face = zip(before, now).map { $0 + WorksProgress.faceWeight * ($1 - $0) }
        return false
    }

    private func hasRisen(_ region: Mask) -> Bool {
        Double(firstTop - WorksProgress.top(of: region)) >= WorksProgress.rise * Double(firstHeight)
    }

    /// The row above which a twentieth of the region lies: single pixels stand out of every outline.
    private static func top(of region: Mask) -> Int {
        let box = region.bounds
        var above = 0
        for y in box.y..<box.maxY {
            for x in box.x..<box.maxX where region[x, y] { above += 1 }
            if above * 20 >= region.count { return y }
        }
        return box.y
    }

    /// Shares of the kinds of colour in the lower part, which is the face.
    private static func colours(of image: RGBImage, in region: Mask) -> [Double] {
        let box = region.bounds
        var counts = [Double](repeating: 0, count: ColourKind.allCases.count), total = 0.0
        for y in box.y + box.height * 2 / 5..<box.maxY {
            for x in box.x..<box.maxX where region[x, y] {
                let kind = ColourKind(of: image, at: y * image.width + x)
                counts[kind.place] += 1
                total += 1
            }
        }
        return counts.map { total == 0 ? 0 : $0 / total }
    }
}
