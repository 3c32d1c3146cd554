import COpenVINO

/// One compiled network.
///
/// - Note: not for several tasks at once: it has one request. Make one for each.
final class Network {
    private let handle: OpaquePointer
    private let path: String
    /// Of its only input.
    let inputShape: [Int]

    /// Numbers that an output may hold at most: 100,000 boxes of 100 classes.
    private static let mostOutput = 10_400_000

    /// - Throws: `.modelRefused`.
    init(path: String, engine _: InferenceEngine) throws(InferenceError) {
        var opened: OpaquePointer?
        let reason = InferenceEngine.message {
            opened = pw_network_open(path, InferenceEngine.threads, $0)
            return opened != nil
        }
        guard let opened else { throw .modelRefused(path: path, reason: reason ?? "unknown") }
        var shape = pw_shape()
        guard pw_network_input(opened, &shape) else {
            pw_network_close(opened)
            throw .modelRefused(path: path, reason: "its input has no fixed size")
        }
        handle = opened
        self.path = path
        inputShape = Network.dimensions(shape)
    }

    deinit { pw_network_close(handle) }

    private static func dimensions(_ shape: pw_shape) -> [Int] {
        withUnsafeBytes(of: shape.dims) { bytes in
            bytes.bindMemory(to: Int64.self).prefix(shape.rank).map { Int($0) }
        }
    }

    /// The first output for one input.
    ///
    /// - Precondition: as many numbers as ``inputShape`` says.
    /// - Throws: `.failed`.
    func run(_ input: [Float]) throws(InferenceError) -> (shape: [Int], values: [Float]) {
        precondition(input.count == inputShape.reduce(1, *), "numbers for the whole input")
        var shape = pw_shape(), result = pw_shape()
        shape.rank = inputShape.count
        withUnsafeMutableBytes(of: &shape.dims) { bytes in
            for (k, size) in inputShape.enumerated() {
                bytes.storeBytes(of: Int64(size), toByteOffset: k * MemoryLayout<Int64>.stride, as: Int64.self)
            }
        }
        var reason: String?
        let most = Network.mostOutput
        let values = [Float](unsafeUninitializedCapacity: most) { out, count in
            reason = InferenceEngine.message { message in
                input.withUnsafeBufferPointer {
                    pw_network_run(handle, &shape, $0.baseAddress, out.baseAddress, most, &result, message)
                }
            }
            count = reason == nil ? Network.dimensions(result).reduce(1, *) : 0
        }
        if let reason { throw .failed(path: path, reason: reason) }
        return (Network.dimensions(result), values)
    }
}
