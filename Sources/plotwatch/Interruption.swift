import Dispatch
import Foundation
import Synchronization
import Village

/// Ctrl-C and SIGTERM: the batch at hand is stored, then the run ends; a second Ctrl-C ends it at once.
final class Interruption: Sendable {
    private let count = Atomic<Int>(0)
    // Set once, before the handlers can run.
    nonisolated(unsafe) private let sources: [any DispatchSourceSignal]

    init() {
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            return DispatchSource.makeSignalSource(signal: number, queue: .global())
        }
        for source in sources {
            source.setEventHandler { [weak self] in
                guard let self else { return }
                if self.count.add(1, ordering: .relaxed).newValue > 1 { _exit(ExitStatus.interrupted.rawValue) }
                Console.say(
                    Bilingual(
                        zh: "\n做完手头的照片就停；再按一次 Ctrl-C 立即停止",
                        en: "\nstopping after the captures at hand; press Ctrl-C again to stop at once"))
            }
            source.resume()
        }
    }

    var isRequested: Bool { count.load(ordering: .relaxed) > 0 }
}
