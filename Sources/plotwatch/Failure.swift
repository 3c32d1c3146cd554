import ConfigurationFiles
import Evidence
import Inspection
import Messaging
import Review
import Village

/// An error that a command may end with: what it says on stderr, and the status that it ends with.
protocol Failure: Error {
    var lines: [Bilingual] { get }
    var status: ExitStatus { get }
}

/// A failure whose one sentence says all.
protocol SimpleFailure: Failure {
    var words: Bilingual { get }
}

extension Failure {
    var status: ExitStatus { .couldNotRun }
}

extension SimpleFailure {
    var lines: [Bilingual] { [Bilingual(zh: "plotwatch: \(words.zh)", en: "plotwatch: \(words.en)")] }
}

extension MessagingProblem: SimpleFailure {
    var words: Bilingual { Bilingual(zh: "消息发不出去：\(message)", en: message) }
}

extension ZipError: SimpleFailure {
    var words: Bilingual { Bilingual(zh: "证据包有问题：\(message)", en: message) }
}

extension ReviewRefusal: SimpleFailure {
    var status: ExitStatus { .usage }
    var words: Bilingual {
        switch self {
        case .noPassphrase(let address):
            Bilingual(
                zh: "--listen \(address) 会让别人也能打开这个网页，但还没有设口令：请先运行 plotwatch review 村庄 --set-passphrase",
                en: message)
        case .badAddress(let text):
            Bilingual(zh: "--listen \(text)：请写本机的地址，例如 192.168.1.20，或 0.0.0.0（全部）", en: message)
        case .weakPassphrase: Bilingual(zh: "口令不够好：\(message)", en: message)
        case .badPassphraseFile: Bilingual(zh: "口令文件不能用：\(message)", en: message)
        }
    }
}

extension InspectionFailure: Failure {
    var lines: [Bilingual] {
        [Bilingual(zh: "plotwatch: \(subject)：\(chinese ?? message)", en: "plotwatch: \(subject): \(message)")]
    }
    var status: ExitStatus { stage == .configuring ? .usage : .couldNotRun }
}

extension ConfigurationError: Failure {
    var lines: [Bilingual] {
        let count = faults.count
        return faults.map { Bilingual(zh: $0.text(in: .zh), en: $0.text(in: .en)) } + [
            Bilingual(
                zh: "plotwatch: \(count) 处错误，什么也没有改动",
                en: "plotwatch: \(count) \(count == 1 ? "fault" : "faults"); nothing was changed")
        ]
    }
    var status: ExitStatus { .usage }
}
