import Casework
import ConfigurationFiles
import Evidence
import Files
import Inspection
import Messaging
import Review
import Storage

/// An error that a command may end with: what it says on stderr, and the status that it ends with.
protocol Failure: Error {
    var lines: [String] { get }
    var status: ExitStatus { get }
}

/// A failure whose one message says all.
protocol SimpleFailure: Failure {
    var message: String { get }
}

extension Failure {
    var status: ExitStatus { .couldNotRun }
}

extension SimpleFailure {
    var lines: [String] { ["plotwatch: \(message)"] }
}

extension StoreError: SimpleFailure {}
extension DecisionError: SimpleFailure {}
extension PointsError: SimpleFailure {}
extension MessagingProblem: SimpleFailure {}
extension ZipError: SimpleFailure {}
extension CaseError: SimpleFailure {}
extension FileFault: SimpleFailure {}

extension ReviewRefusal: SimpleFailure {
    var status: ExitStatus { .usage }
}

extension InspectionFailure: Failure {
    var lines: [String] { ["plotwatch: \(subject): \(message)"] }
    var status: ExitStatus { stage == .configuring ? .usage : .couldNotRun }
}

extension ConfigurationError: Failure {
    var lines: [String] {
        faults.map(\.description)
            + ["plotwatch: \(faults.count) \(faults.count == 1 ? "fault" : "faults"); nothing was changed"]
    }
    var status: ExitStatus { .usage }
}
