import ArgumentParser
import Casework
import ConfigurationFiles
import Evidence
import Files
import Foundation
import Inspection
import Messaging
import Review
import Storage

/// From an error to words on stderr and a status.
enum Failures {
    static func report(_ error: any Error) -> ExitStatus {
        switch error {
        case let status as ExitStatus:
            return status
        case let fault as ConfigurationError:
            for line in fault.faults { Console.say(line.description) }
            let count = fault.faults.count
            Console.say("plotwatch: \(count) \(count == 1 ? "fault" : "faults"); nothing was changed")
            return .usage
        case let fault as StoreError:
            Console.say("plotwatch: \(fault.message)")
            return .couldNotRun
        case let fault as DecisionError:
            Console.say("plotwatch: \(fault.message)")
            return .couldNotRun
        case let fault as MessagingProblem:
            Console.say("plotwatch: \(fault.message)")
            return .couldNotRun
        case let fault as ZipError:
            Console.say("plotwatch: \(fault.message)")
            return .couldNotRun
        case let fault as CaseError:
            Console.say("plotwatch: \(fault.message)")
            return .couldNotRun
        case let fault as InspectionFailure:
            Console.say("plotwatch: \(fault.subject): \(fault.message)")
            return fault.stage == .configuring ? .usage : .couldNotRun
        case let refusal as ReviewRefusal:
            Console.say("plotwatch: \(refusal.message)")
            return .usage
        case let fault as FileFault:
            Console.say("plotwatch: \(fault.message)")
            return .couldNotRun
        case let problem as Problem:
            Console.say("plotwatch: \(problem.message)")
            return problem.status
        default: break
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
struct Problem: Error {
    var message: String
    var status: ExitStatus = .couldNotRun
}
