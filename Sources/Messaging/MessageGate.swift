import Foundation
import Village

/// What a channel is told, and when: pure rules over a notice, a channel and a clock.
public struct MessageGate: Sendable {
    let channel: MessageChannel
    let clock: SiteClock

    public init(channel: MessageChannel, clock: SiteClock) {
        self.channel = channel
        self.clock = clock
    }

    public func lets(_ notice: Notice) -> Bool {
        guard channel.topics.contains(notice.topic) else { return false }
        if let confidence = notice.confidence, confidence < channel.minimumConfidence { return false }
        switch channel.level {
        case .town: return true
        case .village: return notice.village != nil && notice.village == channel.village
        // Whether somebody builds is between the village and him, not news for his neighbours' robot.
        case .household:
            return notice.topic == .advice && notice.household != nil && notice.household == channel.household
        }
    }

    /// When a notice that comes now may go out.
    ///
    /// - Parameters:
    ///   - gathering: when the message goes out that this channel is gathering already.
    ///   - last: when this channel was last told of flags of the same camera.
    public func due(_ notice: Notice, now: Date, gathering: Date?, last: Date?) -> Date {
        var due = now.addingTimeInterval(Double(channel.mergeWindow) * 60)
        if let gathering, gathering >= now { due = min(due, gathering) }
        if notice.topic == .flags, let last, channel.cooldown > 0 {
            due = max(due, last.addingTimeInterval(Double(channel.cooldown) * 3600))
        }
        if let digest = channel.digest { due = next(minute: digest, from: due) }
        return awake(due)
    }

    /// The moment itself, or the end of the quiet hours that it falls in.
    public func awake(_ moment: Date) -> Date {
        guard let quiet = channel.quiet, quiet.contains(minute: Int(clock.secondsOfDay(of: moment) / 60)) else {
            return moment
        }
        return next(minute: quiet.until, from: moment)
    }

    /// The first time at or after `moment` that the clock shows this minute of the day.
    private func next(minute: Int, from moment: Date) -> Date {
        for days in 0...2 {
            let day = clock.day(of: moment) + days
            if let time = clock.instant(day: day, hour: minute / 60, minute: minute % 60, second: 0), time >= moment {
                return time
            }
        }
        return moment
    }
}
