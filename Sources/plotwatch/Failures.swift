import ArgumentParser

/// From an error to words on stderr and a status.
enum Failures {
    static func report(_ error: any Error) -> ExitStatus {
        if let status = error as? ExitStatus { return status }
        if let failure = error as? any Failure {
            for line in failure.lines { Console.say(line) }
            return failure.status
        }
        let code = PlotWatch.exitCode(for: error)
        let text = PlotWatch.fullMessage(for: error)
        if code == .success {
            Console.print(text)
            return .done
        }
        Console.say(text)
        return code == .validationFailure ? .usage : .couldNotRun
    }
}

/// Something that went wrong in the command itself.
struct Problem: SimpleFailure {
    var message: String
    var status: ExitStatus = .couldNotRun
}
