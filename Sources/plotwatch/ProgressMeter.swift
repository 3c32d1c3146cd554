import Foundation
import Inspection
import Reporting
import Synchronization
import Village

/// Shows how far a run is: a bar with rate and time left on a terminal, or one JSON event a line.
final class ProgressMeter: Sendable {
    private struct State {
        var camera = ""
        var total = 0
        var done = 0
        var startedAt = ContinuousClock.now
        var drawnAt: ContinuousClock.Instant?
        var failures: [Reporting.RunSummary.Failure] = []
    }

    private let state = Mutex(State())
    private let mode: RunCommand.Progress
    private let drawsBar: Bool

    init(mode: RunCommand.Progress, clock: SiteClock) {
        self.mode = mode
        drawsBar = mode == .auto && Console.isErrorTerminal
    }

    /// Captures that could not be used, with their reasons.
    var failures: [Reporting.RunSummary.Failure] { state.withLock { $0.failures } }

    func take(_ event: RunEvent) {
        state.withLock { state in
            switch event {
            case .cameraStarted(let camera, let total):
                state.camera = camera
                state.total = total
                state.done = 0
                state.startedAt = .now
            case .captureDone(_, let path, let quality, let reason):
                state.done += 1
                if quality == .corrupt || quality == .truncated {
                    state.failures.append(.init(path: path, quality: quality, message: reason ?? quality.rawValue))
                }
            case .cameraDone: break
            case .notice(_, let message):
                if mode != .json {
                    clear()
                    Console.say(message)
                }
            }
            if mode == .json { Console.event(JSONEvent.line(event)) }
            if drawsBar { draw(&state) }
        }
    }

    /// What is told when the cameras are done: a line for people, an event for machines.
    func note(_ text: Bilingual) {
        if mode == .json {
            Console.event(JSONEvent.line(.notice(camera: nil, message: text.en)))
        } else {
            Console.say(text)
        }
    }

    func finish() { if drawsBar { clear() } }

    private func clear() { if drawsBar { Console.draw("\r\u{1B}[K") } }

    private func draw(_ state: inout State) {
        let now = ContinuousClock.now
        if let last = state.drawnAt, now - last < .milliseconds(100), state.done < state.total { return }
        state.drawnAt = now
        guard state.total > 0 else { return }
        let elapsed = Double((now - state.startedAt) / .milliseconds(1)) / 1000
        let rate = Double(state.done) / max(elapsed, 0.001)
        let left = rate > 0 ? Double(state.total - state.done) / rate : 0
        let cells = 24, filled = cells * state.done / state.total
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: cells - filled)
        let text =
            "\(state.camera) \(bar) \(state.done)/\(state.total) · \(Int(rate.rounded()))/s · \(ProgressMeter.time(left))"
        Console.draw("\r" + TextWidth.cut(text, to: (Console.errorWidth ?? 80) - 1) + "\u{1B}[K")
    }

    private static func time(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded())
        return whole < 60
            ? "\(whole) s"
            : whole < 3600 ? "\(whole / 60) min \(whole % 60) s" : "\(whole / 3600) h \(whole / 60 % 60) min"
    }
}

private enum JSONEvent {
    static func line(_ event: RunEvent) -> String {
        let value: JSONValue =
            switch event {
            case .cameraStarted(let camera, let count):
                .object([
                    .init("event", .text("cameraStarted")), .init("camera", .text(camera)),
                    .init("newCaptures", .integer(count)),
                ])
            case .captureDone(let camera, let path, let quality, let reason):
                .object([
                    .init("event", .text("captureDone")), .init("camera", .text(camera)), .init("capture", .text(path)),
                    .init("quality", .text(quality.rawValue)), .init("reason", .text(reason)),
                ])
            case .cameraDone(let camera):
                .object([.init("event", .text("cameraDone")), .init("camera", .text(camera))])
            case .notice(let camera, let message):
                .object([
                    .init("event", .text("notice")), .init("camera", .text(camera)), .init("message", .text(message)),
                ])
            }
        return value.compact
    }
}
