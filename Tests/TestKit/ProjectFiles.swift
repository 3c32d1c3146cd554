import Foundation

/// The project's own files, found beside the tests' sources.
public enum ProjectFiles {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    /// The folder of models, crops and rules that are shipped.
    public static let models = root.appending(path: "models").path
    /// The folder of rendered pictures with their truth.
    public static let testimages = root.appending(path: "testimages").path
}
