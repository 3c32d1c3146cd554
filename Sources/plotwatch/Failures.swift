import ArgumentParser
import Village

/// From an error to words on stderr and a status.
enum Failures {
    static func report(_ error: any Error) -> ExitStatus {
        if let status = error as? ExitStatus { return status }
        if let failure = error as? any Failure {
            Console.say(failure.lines)
            return failure.status
        }
        let code = PlotWatch.exitCode(for: error)
        let text = PlotWatch.fullMessage(for: error)
        if code == .success {
            Console.print(text)
            return .done
        }
        if Terminal.languages.contains(.zh) { Console.say("命令行写得不对，原因如下；写法和例子见 --help：") }
        Console.say(text)
        return code == .validationFailure ? .usage : .couldNotRun
    }
}

/// Something that went wrong in the command itself.
struct Problem: SimpleFailure {
    var words: Bilingual
    var status: ExitStatus = .couldNotRun

    init(zh: String, en: String, status: ExitStatus = .couldNotRun) {
        words = Bilingual(zh: zh, en: en)
        self.status = status
    }
}
