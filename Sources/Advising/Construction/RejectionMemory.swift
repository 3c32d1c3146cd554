import Village

/// Keeps silent about what somebody has already called a false alarm, until it changes.
///
/// A rejected thing that goes on, to a later stage or over half as much ground again, is raised anew under its name and a
/// count (`cam-7.2`); the rejected flag stays on file as it was. A thing that looks like a rejected one and stands where
/// that stood is withdrawn with the reason.
public struct RejectionMemory: Sendable {
    /// Growth of the area from which a rejected thing has changed; a ratio, ours: a region's outline shifts by less.
    public static let growth = 1.5
    /// Intersection over union from which two outlines are one place; ours.
    public static let samePlace = 0.5
    /// Sum of the differences of the colours' shares up to which two things look alike, 0…2; ours.
    public static let sameColours = 0.5

    private let rejected: [RejectedOutline]
    private let decided: Set<String>
    private let colours: [String: [Double]]

    /// - Parameters:
    ///   - rejected: what stands rejected on the camera.
    ///   - decided: the flags of which anybody has decided anything that stands.
    ///   - colours: ``ConstructionFinding/colours`` by the name of the thing.
    public init(rejected: [RejectedOutline], decided: Set<String>, colours: [String: [Double]]) {
        self.rejected = rejected
        self.decided = decided
        self.colours = colours
    }

    /// The flag as it is to be raised.
    public func applied(to flag: Flag) -> Flag {
        var flag = flag
        let name = flag.id
        var count = 1
        while let earlier = rejected.first(where: { $0.flag == flag.id }) {
            count += 1
            let next = "\(name).\(count)"
            guard hasChanged(flag, since: earlier) || decided.contains(next) else { return flag }
            flag.id = next
            if count == 2 || !decided.contains(next) { flag.explanation = goneOn(flag, earlier) }
        }
        guard count == 1, flag.withdrawn == nil, !decided.contains(name) else { return flag }
        if let earlier = rejected.first(where: { isSame(flag, as: $0) && !hasChanged(flag, since: $0) }) {
            flag.withdrawn = Bilingual(
                zh: "同一位置、外观相似的\(earlier.flag)已被判为误报，不再报出，直到它有变化。",
                en: "\(earlier.flag), in the same place and of the same look, was rejected; silent until it changes.")
        }
        return flag
    }

    private func hasChanged(_ flag: Flag, since earlier: RejectedOutline) -> Bool {
        if flag.stage == .removed { return false }
        if let now = flag.stage.rank, now > earlier.stage.rank ?? -1 { return true }
        return Double(flag.areaInPixels) >= Self.growth * Double(max(earlier.areaInPixels, 1))
    }

    private func isSame(_ flag: Flag, as earlier: RejectedOutline) -> Bool {
        let name = Self.thing(of: earlier.flag)
        guard name != flag.id, earlier.plot == flag.plot, flag.kind == .construction else { return false }
        guard let now = colours[flag.id], let then = colours[name], now.count == then.count, !now.isEmpty else {
            return false
        }
        guard zip(now, then).reduce(0, { $0 + abs($1.0 - $1.1) }) <= Self.sameColours else { return false }
        let inside = OutlineShare.of(flag.polygon, within: earlier.outline)
        let covered = OutlineShare.of(earlier.outline, within: flag.polygon)
        guard inside > 0, covered > 0 else { return false }
        return 1 / (1 / inside + 1 / covered - 1) >= Self.samePlace
    }

    /// The name of the thing without the count of how often it was raised.
    public static func thing(of flag: String) -> String {
        guard let dot = flag.lastIndex(of: "."), Int(flag[flag.index(after: dot)...]) != nil else { return flag }
        return String(flag[..<dot])
    }

    private func goneOn(_ flag: Flag, _ earlier: RejectedOutline) -> Bilingual {
        let stage = ConstructionJudge.name(of: earlier.stage)
        return Bilingual(
            zh: flag.explanation.zh + "此前\(earlier.flag)（当时像是\(stage.zh)）被判为误报，之后又有变化，请重新核对。",
            en: flag.explanation.en
                + " \(earlier.flag), then \(stage.en), was rejected; it has changed since. Check again.")
    }
}
