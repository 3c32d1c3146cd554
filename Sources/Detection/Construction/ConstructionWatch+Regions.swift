import Analysis
import Foundation
import Pixels

extension ConstructionWatch {
    /// Whether a region is large for the plot that it lies in, not only for the picture.
    func coversPlot(_ region: Mask, ratio: Double = 1) -> Bool {
        guard let plot = mainPlot(of: region) else { return false }
        let least = ratio * parameters.confirmPlotShare * Double(plot.mask.count)
        return Double(plot.mask.intersection(region).count) >= least
    }

    /// Pixels of the smallest piece that is followed.
    var smallestPiece: Int { Int(parameters.smallestShare * Double(size.area)) }

    /// Pixels of the smallest pile of bricks that is followed.
    var smallestPile: Int { Int(parameters.smallestPileShare * Double(size.area)) }

    /// The pieces of `lasting` that are large enough, cut at the borders of plots.
    ///
    /// Works on neighbouring plots often touch in an oblique view, so each plot answers for what lies on it; a sliver
    /// that hangs on a much larger piece of the next plot is part of that one, and two small pieces of one thing are one.
    ///
    /// - Parameter whole: the components of `lasting`.
    func regions(in lasting: Mask, whole: Components, now: RGBImage) -> [Mask] {
        var pieces: [Piece] = []
        for plot in plots {
            let parts = Components(of: lasting.intersection(plot.mask))
            for part in parts.pieces where 8 * part.areaInPixels >= smallestPiece {
                let region = parts.mask(of: part)
                guard 2 * part.areaInPixels >= smallestPiece || isOfCrossing(region, on: plot.id) else { continue }
                guard let first = region.bytes.firstIndex(of: 255) else { continue }
                pieces.append(
                    Piece(region: region, area: part.areaInPixels, label: whole.labels.samples[first], plot: plot.id))
            }
        }
        pieces = joinedAcrossBorders(pieces).filter { $0.area >= smallestPiece || isBrickPile($0, in: whole, now) }
        let kept = pieces.filter { piece in
            // A flag stays one where rain and flood change all about it.
            if continuesFlag(piece.region) { return true }
            let host = pieces.filter { $0.label == piece.label }.map(\.area).max() ?? piece.area
            guard Double(piece.area) >= parameters.sliverShare * Double(host) else { return false }
            // What lies mostly beside every plot is nobody's: a heap in the street that leans on a plot's edge.
            var beside = 0
            for i in lasting.bytes.indices
            where whole.labels.samples[i] == piece.label && anyPlot.bytes[i] == 0 { beside += 1 }
            return Double(piece.area) >= parameters.plotShare * Double(piece.area + beside)
        }.map { ($0.region, $0.plot) }
        return joined(kept)
    }

    /// Whether it is as large as the smallest pile, much of it brick, and nothing larger that goes on beside its plot.
    private func isBrickPile(_ piece: Piece, in whole: Components, _ now: RGBImage) -> Bool {
        let area = Double(piece.area)
        guard piece.area >= smallestPile,
            whole.pieces.first(where: { $0.label == piece.label }).map({ $0.areaInPixels < 2 * piece.area }) ?? false
        else { return false }
        let brick = piece.region.bytes.indices.count {
            piece.region.bytes[$0] != 0 && ColourKind(of: now, at: $0) == .brick
        }
        return Double(brick) >= parameters.pileBrick * area
    }

    /// Whether it lies where a flag lies, in most of both.
    private func continuesFlag(_ region: Mask) -> Bool {
        state.candidates.contains { candidate in
            guard candidate.status == .confirmed else { return false }
            let flag = candidate.region.mask
            return 2 * region.intersection(flag).count > max(region.count, flag.count)
        }
    }

    /// Whether a region with all that hangs together with it is at least as tall as wide: people who stand about are, in
    /// however many plots, and works begin low.
    func isUpright(_ region: Mask, in whole: Components) -> Bool {
        var labels: Set<Int32> = []
        for i in region.bytes.indices where region.bytes[i] != 0 { labels.insert(whole.labels.samples[i]) }
        let boxes = whole.pieces.filter { labels.contains($0.label) }.map(\.box)
        guard let left = boxes.map(\.x).min(), let right = boxes.map(\.maxX).max(),
            let top = boxes.map(\.y).min(), let bottom = boxes.map(\.maxY).max()
        else { return false }
        return Double(bottom - top) >= parameters.uprightness * Double(right - left)
    }

    /// Pieces of one plot that nearly touch are one thing: a gate or a scaffold parts a front that was built as one.
    private func joined(_ pieces: [(region: Mask, plot: String)]) -> [Mask] {
        var groups: [(region: Mask, reach: Mask, plot: String)] = []
        for piece in pieces {
            var region = piece.region
            let reach = region.dilated(by: .disc(radius: parameters.closeRadius))
            var others: [(region: Mask, reach: Mask, plot: String)] = []
            var wide = reach
            for group in groups {
                guard group.plot == piece.plot, group.reach.intersection(reach).count > 0 else {
                    others.append(group)
                    continue
                }
                region = region.union(group.region)
                wide = wide.union(group.reach)
            }
            groups = others + [(region, wide, piece.plot)]
        }
        return groups.map(\.region)
    }

    /// The other plots onto which a region's piece of `whole` goes on.
    ///
    /// Only the lower half counts: what stands hides, with its upper part, what lies behind it on the next plot.
    func touched(by region: Mask, of plot: String, in whole: Components) -> [String] {
        guard let own = plots.first(where: { $0.id == plot })?.mask else { return [] }
        let box = region.bounds, width = size.width
        let lower = (box.y + box.height / 2) * width
        var labels: Set<Int32> = []
        for i in region.bytes.indices where region.bytes[i] != 0 { labels.insert(whole.labels.samples[i]) }
        var around = Mask(width: width, height: size.height, inside: false)
        for i in lower..<size.area
        where own.bytes[i] == 0 && whole.labels.samples[i] != 0 && labels.contains(whole.labels.samples[i]) {
            around.bytes[i] = 255
        }
        let least = parameters.touchShare * Double(region.count)
        return plots.filter { $0.id != plot && Double($0.mask.intersection(around).count) >= least }.map(\.id)
    }

    /// Share of the looks that show at each pixel what one of the two looks before showed.
    ///
    /// Water, leaves in the wind and a crossing that is never empty differ from any background, and from look to look
    /// as
    /// well. A median of the looks would not tell: each of them is part of it.
    func steadiness(of looks: ArraySlice<Look>) -> Plane<Float> {
        let counts = Mask.counts(of: looks.map(\.repeats), size: size)
        return Plane(width: size.width, height: size.height, samples: counts.map { Float($0) / Float(looks.count) })
    }

    /// Where a view shows what one of the two looks before showed; everywhere for the first.
    ///
    /// Of two, as the sun of the morning and of the afternoon draw different shadows on the same wall.
    func repeats(_ view: SceneView) -> Mask {
        guard !looks.isEmpty else { return Mask(width: size.width, height: size.height, inside: true) }
        let nothing = Mask(width: size.width, height: size.height, inside: false)
        return looks.suffix(Look.compared).reduce(nothing) { shown, look in
            let map = ChangeMap(
                of: view, against: look.view ?? self.view(look.image, look.valid), parameters: parameters,
                explainsVeil: true, kernels: kernels)
            return shown.union(map.changed.inverted).union(brick(in: map.changed, of: view.image, and: look.image))
        }
    }

    /// Where, of `part`, both pictures show brick: courses are laid on it from look to look, and it is the same wall.
    private func brick(in part: Mask, of image: RGBImage, and other: RGBImage) -> Mask {
        let bytes = [UInt8](unsafeUninitializedCapacity: part.bytes.count) { out, initialized in
            initialized = part.bytes.count
            part.bytes.withUnsafeBufferPointer { part in
                image.bytes.withUnsafeBufferPointer { image in
                    other.bytes.withUnsafeBufferPointer { other in
                        for i in part.indices {
                            let isBrick =
                                part[i] != 0 && ColourKind(of: image, at: i) == .brick
                                && ColourKind(of: other, at: i) == .brick
                            out[i] = isBrick ? 255 : 0
                        }
                    }
                }
            }
        }
        return Mask(width: part.width, height: part.height, bytes: bytes)
    }

    /// The plot that holds most of a region, and the others by what of it lies beside that one: seen from aside plots
    /// overlap in the picture, and what stands on one stands on no other for that.
    ///
    /// - Parameter kept: the plot that answers all the same, where it holds any of it.
    func plotShares(of region: Mask, keeping kept: String? = nil) -> [Candidate.PlotShare] {
        let count = Double(region.count)
        func share(_ part: Mask) -> Double { Double(part.count) / max(count, 1) }
        func isBefore(_ a: Candidate.PlotShare, _ b: Candidate.PlotShare) -> Bool {
            (b.share, a.plot) < (a.share, b.plot)
        }
        let inside = plots.map { Candidate.PlotShare(plot: $0.id, share: share($0.mask.intersection(region))) }
        guard let id = kept ?? mainPlot(of: region)?.id, let main = inside.first(where: { $0.plot == id }),
            main.share > 0, let own = plots.first(where: { $0.id == main.plot })?.mask
        else { return [] }
        // What is cut in two by a border is judged by the plot of which it covers more; the other is named.
        guard main.share >= ConstructionWatch.crossingShare else { return [main] }
        let rest = region.subtracting(own)
        let others = plots.filter { $0.id != main.plot }.map {
            Candidate.PlotShare(plot: $0.id, share: share($0.mask.intersection(rest)))
        }
        return [main] + others.filter { $0.share > 0 }.sorted(by: isBefore)
    }
}
