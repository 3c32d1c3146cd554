import Analysis
import Foundation
import Pixels

extension ConstructionWatch {
    /// What hangs together on one plot.
    struct Piece {
        var region: Mask
        var area: Int
        /// The component of all that lasts.
        var label: Int32
        var plot: String
    }

    /// A region of which its main plot holds less than this lies on two plots as one thing; a share, ours.
    static let crossingShare = 2.0 / 3

    /// … and stays with the plot that it was said to be on while that holds this share of it, ours.
    static let keptShare = 0.25

    /// The plot that answers for a region: the one that holds most of it, and of two that hold nearly as much the one of
    /// which it covers more.
    func mainPlot(of region: Mask) -> (id: String, mask: Mask)? {
        let count = Double(region.count)
        let parts = plots.map { (plot: $0, inside: Double($0.mask.intersection(region).count)) }.filter {
            $0.inside > 0
        }
        let most = parts.map(\.inside).max() ?? 0
        func covered(_ part: (plot: (id: String, mask: Mask), inside: Double)) -> Double {
            part.inside / Double(max(part.plot.mask.count, 1))
        }
        let rivals =
            most >= ConstructionWatch.crossingShare * count
            ? [] : parts.filter { $0.inside >= (1 - ConstructionWatch.crossingShare) * count }
        return
            (rivals.max { (covered($0), $1.plot.id) < (covered($1), $0.plot.id) }
            ?? parts.min { ($1.inside, $0.plot.id) < ($0.inside, $1.plot.id) })?.plot
    }

    /// Whether a region that no plot holds most of lies on this one as well.
    func covers(_ plot: String, _ region: Mask) -> Bool {
        guard let mask = plots.first(where: { $0.id == plot })?.mask else { return false }
        return Double(mask.intersection(region).count) > (1 - ConstructionWatch.crossingShare) * Double(region.count)
    }

    /// The same pieces, those joined that are one thing which the border of two plots cuts in two.
    ///
    /// Seen from aside, the outline of a plot with the house on it covers ground of the plot behind: works there are cut.
    /// Two pieces are one where each is too small for a flag on its plot, the cut is wide, and both began together; of a
    /// larger piece only what a followed thing covers already counts, as something else may go on beside it.
    func joinedAcrossBorders(_ pieces: [Piece]) -> [Piece] {
        var pieces = pieces
        var k = 0
        while k < pieces.count {
            let piece = pieces[k]
            if isSmall(piece) || !crossing(piece, isMain: true).isEmpty,
                let (other, part) = counterpart(of: piece, in: pieces)
            {
                let rest = Components(of: pieces[other].region.subtracting(part))
                let remainders = rest.pieces.filter { $0.areaInPixels >= smallestPiece }.map {
                    Piece(
                        region: rest.mask(of: $0), area: $0.areaInPixels, label: piece.label, plot: pieces[other].plot)
                }
                let region = piece.region.union(part)
                // A flag does not move to the next plot.
                let flagged = crossing(piece).first { $0.status == .confirmed }?.plots.first?.plot
                let followed = crossing(piece, isMain: true).first.flatMap {
                    keptPlot(of: $0, earlier: $0.region.mask, region: region)
                }
                pieces[k] = Piece(
                    region: region, area: region.count, label: piece.label,
                    plot: flagged ?? followed ?? mainPlot(of: region)?.id ?? piece.plot)
                pieces.remove(at: other)
                if other < k { k -= 1 }
                pieces += remainders
            }
            k += 1
        }
        return pieces
    }

    /// Whether two pieces are followed as two things, one of them flagged already.
    private func areApart(_ piece: Piece, _ other: Piece) -> Bool {
        guard let one = follower(of: piece), let two = follower(of: other) else { return false }
        return one.number != two.number && (one.status == .confirmed || two.status == .confirmed)
    }

    /// What is followed where most of a piece lies.
    private func follower(of piece: Piece) -> Candidate? {
        state.candidates.first { $0.stands && 2 * $0.region.mask.intersection(piece.region).count > piece.area }
    }

    private func isSmall(_ piece: Piece) -> Bool {
        guard let plot = plots.first(where: { $0.id == piece.plot })?.mask else { return false }
        return Double(piece.area) < leastOn(plot)
    }

    /// The part of another plot's piece that goes on with this one: of several that with the widest cut.
    private func counterpart(of piece: Piece, in pieces: [Piece]) -> (index: Int, part: Mask)? {
        let others = pieces.indices.filter { pieces[$0].label == piece.label && pieces[$0].plot != piece.plot }
        guard !others.isEmpty, let began = age.median(of: piece.region) else { return nil }
        let reach = piece.region.dilated(by: .disc(radius: 1))
        let crossing = crossing(piece).map(\.region.mask)
        var best: (index: Int, part: Mask, cut: Int)?
        for index in others {
            let other = pieces[index]
            guard other.region.intersection(reach).count > 0 else { continue }
            var part = other.region
            if !isSmall(other) || areApart(piece, other) {
                guard let followed = crossing.first else { continue }
                part = crossing.dropFirst().reduce(followed) { $0.union($1) }.intersection(other.region)
                guard 2 * part.count >= smallestPiece else { continue }
            } else {
                guard let start = age.median(of: part),
                    Double(abs(start - began)) <= parameters.groundworkDays * 24
                else { continue }
            }
            let cut = part.intersection(reach).count
            let width = Double(min(part.count, piece.area)).squareRoot()
            guard Double(cut) >= parameters.cutShare * width, cut > best?.cut ?? 0 else { continue }
            best = (index, part, cut)
        }
        return best.map { ($0.index, $0.part) }
    }

    /// What is followed on two plots as one thing and goes on with this piece.
    ///
    /// - Parameter isMain: whether only what is said to be on the piece's plot counts.
    private func crossing(_ piece: Piece, isMain: Bool = false) -> [Candidate] {
        state.candidates.filter { candidate in
            guard candidate.stands, !isMain || candidate.plots.first?.plot == piece.plot, isCrossing(candidate) else {
                return false
            }
            let mask = candidate.region.mask
            return 2 * mask.intersection(piece.region).count > min(piece.area, mask.count / 2)
        }
    }

    /// The plot of what was followed on two as one thing, as long as it holds enough of it: the share wavers from look to
    /// look.
    func keptPlot(of candidate: Candidate, earlier: Mask, region: Mask) -> String? {
        guard let plot = candidate.plots.first?.plot, let mask = plots.first(where: { $0.id == plot })?.mask,
            Double(mask.intersection(earlier).count) < ConstructionWatch.crossingShare * Double(earlier.count),
            Double(mask.intersection(region).count) >= ConstructionWatch.keptShare * Double(region.count)
        else { return nil }
        return plot
    }

    /// Whether a region is of what is followed on this plot and another as one thing.
    func isOfCrossing(_ region: Mask, on plot: String) -> Bool {
        state.candidates.contains { candidate in
            candidate.stands && candidate.plots.first?.plot == plot && isCrossing(candidate)
                && 2 * candidate.region.mask.intersection(region).count > region.count
        }
    }

    /// Whether what is followed lies on two plots as one thing.
    private func isCrossing(_ candidate: Candidate) -> Bool {
        let region = candidate.region.mask
        guard let plot = candidate.plots.first?.plot, let mask = plots.first(where: { $0.id == plot })?.mask else {
            return false
        }
        return Double(mask.intersection(region).count) < ConstructionWatch.crossingShare * Double(region.count)
    }
}
