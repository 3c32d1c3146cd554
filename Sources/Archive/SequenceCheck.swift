import Foundation

/// Judges the pictures of one camera one after the other: duplicates, a frozen picture, a clock that jumps, silence.
///
/// Feed them in the order of arrival, which for cameras that name files by number or time is the order of paths. All
/// that is remembered is in ``state``, whose size has a bound; store it, and a later run goes on as if it had never
/// stopped.
public struct SequenceCheck: Sendable {
    public struct Parameters: Sendable, Equatable {
        /// Seconds within which the same bytes are two copies of one capture; 0…60. Cameras take no two pictures in
        /// one second.
        public var sameMoment: Double = 5
        /// Seconds the clock may go back: a time server's corrections; 0…3600.
        public var toleratedStepBack: Double = 120
        /// Seconds that a leap of the clock must have; 600…86 400. Wrong time zones and daylight saving begin at half
        /// an hour.
        public var leap: Double = 1800
        /// Times the usual interval that a leap or a silence must have; 2…100.
        public var intervals: Double = 6
        /// Seconds that a silence must have; 3600…604 800. Cameras that rest at night are silent for 16 hours in
        /// winter.
        public var silence: Double = 36 * 3600
        /// Pictures whose hashes are remembered; 1…10 000. Two days of a picture every ten minutes.
        public var memory = 288
        /// Intervals whose median is the usual one; 3…999.
        public var intervalMemory = 63

        public init() {}
    }

    /// Everything that is remembered.
    public struct State: Sendable, Equatable, Codable {
        struct Seen: Sendable, Equatable, Codable {
            var path: String
            var sha256: String?
            var at: Date?
        }

        /// Oldest first.
        var recent: [Seen] = []
        var lastPixelHash: String?
        var frozenFirst: String?
        var frozenRepeats = 0
        var lastNumber: Int?
        /// The last picture that had a time.
        var lastTimed: Seen?
        /// Seconds, oldest first.
        var intervals: [Double] = []

        public init() {}
    }

    public let parameters: Parameters
    public private(set) var state: State

    public init(parameters: Parameters = Parameters(), state: State = State()) {
        self.parameters = parameters
        self.state = state
    }

    /// What is odd about the next picture; nothing, mostly.
    public mutating func add(_ item: SequenceItem) -> [SequenceFinding] {
        var findings: [SequenceFinding] = []
        if let repetition = repetition(of: item) { findings.append(repetition) }
        if case .duplicate = findings.first {
            // A second copy says nothing about the clock, and its original is remembered.
            return findings
        }
        findings += clockFindings(item)
        remember(item)
        return findings
    }

    /// Whether the camera has been silent up to `now`: the same rule as between two pictures.
    public func silence(until now: Date) -> SequenceFinding? {
        guard let last = state.lastTimed, let at = last.at else { return nil }
        let gap = now.timeIntervalSince(at)
        return gap > silenceLimit ? .silence(seconds: gap, after: last.path) : nil
    }

    /// Median of the recent intervals, in seconds; `nil` before there are three.
    public var usualInterval: Double? {
        guard state.intervals.count >= 3 else { return nil }
        return state.intervals.sorted()[state.intervals.count / 2]
    }

    private var silenceLimit: Double { max(parameters.silence, (usualInterval ?? 0) * parameters.intervals) }

    private func repetition(of item: SequenceItem) -> SequenceFinding? {
        let last = state.recent.last
        if repeatsLast(item), let last, let at = item.at, let before = last.at,
            abs(at.timeIntervalSince(before)) > parameters.sameMoment
        {
            return .frozen(first: state.frozenFirst ?? last.path, repeats: state.frozenRepeats + 1)
        }
        guard let sha256 = item.sha256, let twin = state.recent.last(where: { $0.sha256 == sha256 }) else { return nil }
        return .duplicate(of: twin.path)
    }

    private func repeatsLast(_ item: SequenceItem) -> Bool {
        let hasSameBytes = item.sha256.map { $0 == state.recent.last?.sha256 } ?? false
        let hasSamePixels = item.pixelHash.map { $0 == state.lastPixelHash } ?? false
        return hasSameBytes || hasSamePixels
    }

    private func clockFindings(_ item: SequenceItem) -> [SequenceFinding] {
        guard let at = item.at, let last = state.lastTimed, let before = last.at else { return [] }
        let step = at.timeIntervalSince(before)
        let numberStep: Int? =
            if let number = item.sequenceNumber, let old = state.lastNumber { number - old } else { nil }
        if step < -parameters.toleratedStepBack {
            // A lower number is an older picture that arrived late.
            if let numberStep, numberStep < 0 { return [] }
            return [.clockWentBack(seconds: -step, after: last.path)]
        }
        if let numberStep, numberStep == 1, step > parameters.leap, let usual = usualInterval,
            step > usual * parameters.intervals
        {
            return [.clockLeapt(seconds: step, after: last.path)]
        }
        return step > silenceLimit ? [.silence(seconds: step, after: last.path)] : []
    }

    private mutating func remember(_ item: SequenceItem) {
        let seen = State.Seen(path: item.path, sha256: item.sha256, at: item.at)
        let last = state.recent.last
        if repeatsLast(item), let last {
            state.frozenFirst = state.frozenFirst ?? last.path
            state.frozenRepeats += 1
        } else {
            state.frozenFirst = nil
            state.frozenRepeats = 0
        }
        state.recent.append(seen)
        if state.recent.count > parameters.memory { state.recent.removeFirst(state.recent.count - parameters.memory) }
        state.lastPixelHash = item.pixelHash
        state.lastNumber = item.sequenceNumber ?? state.lastNumber
        guard let at = item.at else { return }
        if let before = state.lastTimed?.at, at > before {
            state.intervals.append(at.timeIntervalSince(before))
            if state.intervals.count > parameters.intervalMemory {
                state.intervals.removeFirst(state.intervals.count - parameters.intervalMemory)
            }
        }
        state.lastTimed = seen
    }
}
