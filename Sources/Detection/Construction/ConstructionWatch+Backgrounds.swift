import Analysis
import Foundation
import Pixels

extension ConstructionWatch {
    /// Changed against every background that shows the pixel; the share is of the pixels that any background shows.
    func differenceFromBackgrounds(_ view: SceneView) -> (changed: Mask, share: Double) {
        var changed = Mask(width: size.width, height: size.height, inside: false)
        var same = changed
        let claims = claims
        for background in backgrounds {
            var map = ChangeMap(
                of: view, against: background.view, parameters: parameters, kernels: kernels
            ).changed
            var unchanged = view.valid.intersection(background.view.valid).subtracting(map)
            for claim in claims where claim.since < background.name.until {
                map = map.subtracting(claim.place)
                unchanged = unchanged.subtracting(claim.place)
            }
            changed = changed.union(map)
            same = same.union(unchanged)
        }
        let either = changed.union(same).count
        changed = changed.subtracting(same)
        return (changed, either == 0 ? 1 : Double(changed.count) / Double(either))
    }

    mutating func makeBackgroundIfDue(at: Date) {
        let latest = anchors
        guard latest.count == parameters.backgroundSamples, let first = latest.first?.name.at else { return }
        guard at.timeIntervalSince(first) >= parameters.backgroundDays * 86_400 else { return }
        if let last = backgrounds.last {
            guard at.timeIntervalSince(last.name.until) >= parameters.backgroundEveryDays * 86_400 else { return }
        }
        let composite = MedianComposite(images: latest.map(\.image), valid: latest.map(\.valid))
        var valid = Mask(
            width: size.width, height: size.height,
            bytes: composite.support.samples.map { Int($0) * 2 > latest.count ? 255 : 0 })
        for candidate in state.candidates where candidate.stands {
            valid = valid.subtracting(candidate.region.mask.dilated(by: .disc(radius: parameters.closeRadius + 2)))
        }
        // What has only begun to differ is left out as well; what has differed all along and is no candidate is learnt.
        if !backgrounds.isEmpty {
            let recent = votes(of: looks[...], atLeast: 1)
            let lasting = votes(of: anchors[...], atLeast: anchors.count)
            valid = valid.subtracting(recent.subtracting(lasting))
        }
        let name = BackgroundName(from: first, until: at)
        backgrounds.append(
            Background(
                name: name, view: SceneView(image: composite.image, valid: valid, radius: parameters.correlationRadius))
        )
        // The first stays for good: it is what the place was like; of the others the latest.
        while backgrounds.count > parameters.backgroundsKept { backgrounds.remove(at: 1) }
        state.backgrounds = backgrounds.map(\.name)
    }

    /// Pixels that changed in at least so many of these looks.
    func votes(of looks: ArraySlice<Look>, atLeast needed: Int) -> Mask {
        let counts = Mask.counts(of: looks.map(\.changed), size: size)
        return Mask(width: size.width, height: size.height, bytes: counts.map { Int($0) >= needed ? 255 : 0 })
    }
}
