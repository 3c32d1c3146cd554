import Foundation
import Village

/// From what a room's captures say to warnings: nobody stirs, or the camera does not see.
///
/// Both are told apart: hours count as quiet only while the camera is alive.
public struct RoomJudge: Sendable {
    /// One capture of the room.
    public struct Moment: Sendable, Equatable {
        public var at: Date
        public var quality: Quality
        /// Share of the room that people cover; `nil` = not measured.
        public var activity: Double?
        /// Hours for which they have not moved.
        public var stillHours: Double

        public init(at: Date, quality: Quality, activity: Double?, stillHours: Double) {
            self.at = at
            self.quality = quality
            self.activity = activity
            self.stillHours = stillHours
        }
    }

    /// Hours without a picture from which the camera is not alive, and after which it is warned of.
    public var silentHours: Double
    public var cameraHours: Double
    /// A camera that takes a picture every so often is alive for as many of its intervals.
    static let intervals = 3.0

    private let site: Site
    private let clock: SiteClock

    public init(site: Site, clock: SiteClock, silentHours: Double, cameraHours: Double) {
        self.site = site
        self.clock = clock
        self.silentHours = silentHours
        self.cameraHours = cameraHours
    }

    /// - Parameters:
    ///   - moments: in order of time.
    ///   - signs: other signs of life, in order of time.
    ///   - asOf: until when the camera could have sent pictures.
    public func flags(of plot: Plot, moments: [Moment], signs: [Date], asOf: Date) -> [Flag] {
        quiet(plot, moments, signs) + blind(plot, moments, asOf: asOf)
    }

    // MARK: Nobody stirs

    private struct Quiet {
        var since: Date
        var until: Date
        var confirmedAt: Date
        var isOver = false
    }

    private func quiet(_ plot: Plot, _ moments: [Moment], _ signs: [Date]) -> [Flag] {
        let measured = moments.filter { $0.activity != nil }
        guard let first = measured.first else { return [] }
        let hours = plot.room.noActivityHours * 3600
        let alive = aliveSeconds(measured)
        // `lived` is the last sign of life; `paused` what has passed since without anybody to see.
        var lived = first.at, paused = 0.0, last = first.at
        var next = signs.startIndex
        var found: [Quiet] = []
        var isOpen = false
        func end() {
            if isOpen { found[found.count - 1].isOver = true }
            isOpen = false
        }
        func live(_ at: Date) {
            guard at > lived else { return }
            lived = at
            paused = 0
        }
        for moment in measured {
            while next < signs.endIndex, signs[next] <= moment.at {
                let before = lived
                live(signs[next])
                if lived > before { end() }
                next += 1
            }
            let gap = moment.at.timeIntervalSince(max(last, lived))
            if gap > alive { paused += gap }
            last = moment.at
            if plot.room.away.contains(where: { $0.contains(clock.day(of: moment.at)) }) {
                end()
                live(moment.at)
                continue
            }
            if let activity = moment.activity, activity > 0 {
                let moved = moment.at.addingTimeInterval(-moment.stillHours * 3600)
                if moved > lived {
                    live(moved)
                    end()
                }
            }
            guard moment.at.timeIntervalSince(lived) - paused >= hours else { continue }
            if isOpen {
                found[found.count - 1].until = moment.at
            } else {
                isOpen = true
                found.append(Quiet(since: lived, until: moment.at, confirmedAt: moment.at))
            }
        }
        return found.map { flag($0, of: plot) }
    }

    private func aliveSeconds(_ measured: [Moment]) -> Double {
        let gaps = zip(measured, measured.dropFirst()).map { $1.at.timeIntervalSince($0.at) }.sorted()
        let usual = gaps.isEmpty ? 0 : gaps[gaps.count / 2]
        return max(silentHours * 3600, RoomJudge.intervals * usual)
    }

    private func flag(_ quiet: Quiet, of plot: Plot) -> Flag {
        let since = minute(quiet.since),
            hours = Int((quiet.confirmedAt.timeIntervalSince(quiet.since) / 3600).rounded())
        let ended = quiet.isOver
        return flag(
            of: plot, kind: .activity, mark: "q", since: quiet.since, until: quiet.until, at: quiet.confirmedAt,
            isOver: ended,
            text: Bilingual(
                zh: "房间\(plot.id)自\(since)起\(hours)小时没有看到活动，摄像头正常。"
                    + (ended ? "之后又有了活动。" : "请马上打电话或上门看看。"),
                en: "No activity in room \(plot.id) for \(hours) hours since \(since), while the camera was alive. "
                    + (ended ? "There was activity again afterwards." : "Telephone or look in now.")))
    }

    // MARK: The camera does not see

    private func blind(_ plot: Plot, _ moments: [Moment], asOf: Date) -> [Flag] {
        let limit = cameraHours * 3600
        var flags: [Flag] = [], last: Date?, unseen: [Moment] = []
        func tell(until: Date, isOver: Bool) {
            guard let begin = last ?? unseen.first?.at, until.timeIntervalSince(begin) >= limit else { return }
            flags.append(
                flag(
                    of: plot, kind: .camera, mark: "c", since: begin, until: unseen.last?.at ?? begin,
                    at: begin.addingTimeInterval(limit), isOver: isOver,
                    text: blindText(plot, since: begin, reason: reason(unseen), isOver: isOver)))
        }
        for moment in moments {
            guard moment.activity != nil else {
                unseen.append(moment)
                continue
            }
            tell(until: moment.at, isOver: true)
            last = moment.at
            unseen = []
        }
        if last != nil || !unseen.isEmpty { tell(until: max(asOf, unseen.last?.at ?? asOf), isOver: false) }
        return flags
    }

    /// What most of the captures in between were; `nil` where there were none.
    private func reason(_ unseen: [Moment]) -> Quality? {
        let counts = Dictionary(grouping: unseen, by: \.quality).mapValues(\.count)
        return Quality.allCases.max { (counts[$0] ?? 0, $1.rawValue) < (counts[$1] ?? 0, $0.rawValue) }.flatMap {
            counts[$0] == nil ? nil : $0
        }
    }

    private func blindText(_ plot: Plot, since: Date, reason: Quality?, isOver: Bool) -> Bilingual {
        let why: Bilingual =
            switch reason {
            case nil: Bilingual(zh: "没有传来照片", en: "no picture has come")
            case .dark?:
                Bilingual(zh: "画面全黑：没有灯光，或镜头被盖住", en: "the pictures are dark: no light, or the lens is covered")
            case .obstructed?: Bilingual(zh: "镜头被挡住", en: "something is before the lens")
            case .moved?: Bilingual(zh: "镜头转开了", en: "the camera was turned away")
            case .frozen?, .duplicate?: Bilingual(zh: "画面卡住了", en: "the picture is frozen")
            default: Bilingual(zh: "照片看不清", en: "the pictures cannot be used")
            }
        return Bilingual(
            zh: "房间\(plot.id)的摄像头自\(minute(since))起看不到：\(why.zh)。这不等于没有人活动。"
                + (isOver ? "之后恢复了。" : "请检查摄像头，并另外联系住户。"),
            en: "The camera of room \(plot.id) has not seen it since \(minute(since)): \(why.en). "
                + "This says nothing of the person. "
                + (isOver ? "It sees again." : "Check the camera, and reach the household another way."))
    }

    // MARK: Flags

    private func flag(
        of plot: Plot, kind: Flag.Kind, mark: String, since: Date, until: Date, at: Date, isOver: Bool, text: Bilingual
    ) -> Flag {
        WarningFlag.of(
            plot, kind: kind, id: "\(plot.id)-\(mark)\(Int(at.timeIntervalSince1970 / 60))", first: since, last: until,
            at: at, isOver: isOver, confidence: RoomJudge.confidence, text: text)
    }

    /// Our own scale; not calibrated.
    private static let confidence = 0.8

    private func minute(_ instant: Date) -> String {
        String(clock.iso8601(instant).prefix(16)).replacing("T", with: " ")
    }
}
