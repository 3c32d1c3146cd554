import COpenVINO
import Foundation

/// The installed engine that runs neural models: OpenVINO, opened at run time.
///
/// The product builds and starts without it. Loaded once for the process; later loads return the first.
public struct InferenceEngine: Sendable {
    /// The engine's own build number.
    public let version: String
    /// Threads of one run. One gives equal results on every machine.
    static let threads: Int32 = 1

    /// - Parameter folders: where the engine's libraries may lie, the first that has them wins.
    /// - Throws: ``InferenceError/engineAbsent(folders:)`` or ``InferenceError/engineUnusable(path:reason:)``.
    public init(folders: [String]) throws(InferenceError) {
        guard let path = folders.lazy.compactMap(InferenceEngine.library).first else {
            throw .engineAbsent(folders: folders)
        }
        if let reason = InferenceEngine.message({ pw_inference_load(path, $0) }) {
            throw .engineUnusable(path: path, reason: reason)
        }
        version = String(cString: pw_inference_version())
    }

    /// The newest `libopenvino_c.so` of a folder.
    private static func library(in folder: String) -> String? {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasPrefix("libopenvino_c.so") }.sorted().last.map { "\(folder)/\($0)" }
    }

    /// What a call says of its failure; `nil` where it succeeded.
    static func message(_ call: (UnsafeMutablePointer<CChar>) -> Bool) -> String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PW_INFERENCE_MESSAGE)) { buffer -> String? in
            guard let base = buffer.baseAddress else { return nil }
            base.initialize(repeating: 0, count: buffer.count)
            return call(base) ? nil : String(cString: base)
        }
    }
}
