/// Why a neural model cannot be used.
public enum InferenceError: Error, Sendable, Equatable {
    /// No engine in any of the folders.
    case engineAbsent(folders: [String])
    /// A library that is no engine of ours.
    case engineUnusable(path: String, reason: String)
    /// A model file that the engine refuses.
    case modelRefused(path: String, reason: String)
    /// The model does not take or give what its card says.
    case wrongShape(path: String, what: String, found: [Int], expected: String)
    /// A run of the model failed.
    case failed(path: String, reason: String)

    /// What happened.
    public var message: String {
        switch self {
        case .engineAbsent: "OpenVINO, which runs neural models, is not installed"
        case .engineUnusable(let path, let reason): "\(path) cannot be used: \(reason)"
        case .modelRefused(let path, let reason): "the model \(path) is refused: \(reason)"
        case .wrongShape(let path, let what, let found, let expected):
            "the \(what) of the model \(path) is \(found.map(String.init).joined(separator: " × ")), not \(expected)"
        case .failed(let path, let reason): "the model \(path) could not be run: \(reason)"
        }
    }

    /// What can be done.
    public var remedy: String {
        switch self {
        case .engineAbsent(let folders):
            "pip install --no-deps --target FOLDER openvino, and set PLOTWATCH_OPENVINO to FOLDER/openvino/libs"
                + (folders.isEmpty ? "" : " (looked in \(folders.joined(separator: ", ")))")
        case .engineUnusable: "install OpenVINO 2024 or later for this processor"
        case .modelRefused: "name an ONNX file with one input"
        case .wrongShape: "correct the model's card, or export the model with a fixed size and a batch of 1"
        case .failed: "try the model in another program; its numbers must be of 32 bits"
        }
    }
}
