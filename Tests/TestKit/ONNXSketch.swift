import Foundation

/// A tiny ONNX network whose answer is known, as the bytes of its file: it finds the red of a picture of 64 × 64.
///
/// The picture is averaged over cells of 16 × 16 pixels; each cell becomes a box of 20 × 20 about its middle, with red
/// less green as its score. Of two classes the second is never seen. Written by hand after onnx.proto3, so that no
/// model lies in the tree.
public enum ONNXSketch {
    public enum Layout: Sendable { case yolov8, yolov5, boxes }

    public static let side = 64
    static let cell = 16
    static let count = (side / cell) * (side / cell)

    public static func network(_ layout: Layout) -> [UInt8] {
        let columns = side / cell
        let middles = (0..<count).map {
            (Float(($0 % columns) * cell + cell / 2), Float(($0 / columns) * cell + cell / 2))
        }
        let area = cell * cell, half: Float = 10
        let weight = 1 / Float(area)
        let red = (0..<3 * area).map { $0 < area ? weight : $0 < 2 * area ? -weight : 0 }
        let row = [Int64(1), 1, Int64(count)]
        var parts = [
            tensor("red", [1, 3, Int64(cell), Int64(cell)], red), tensor("flat", row),
            tensor("none", row, [Float](repeating: 0, count: count)),
            tensor("one", row, [Float](repeating: 1, count: count)),
        ]
        let box: [Float] =
            layout == .boxes
            ? middles.map { $0.0 - half } + middles.map { $0.1 - half } + middles.map { $0.0 + half }
                + middles.map { $0.1 + half }
            : middles.map(\.0) + middles.map(\.1) + [Float](repeating: 2 * half, count: 2 * count)
        parts.append(tensor("box", [1, 4, Int64(count)], box))
        var nodes = [
            node(
                "Conv", ["images", "red"], "cells",
                [("kernel_shape", [Int64(cell), Int64(cell)]), ("strides", [Int64(cell), Int64(cell)])]),
            node("Reshape", ["cells", "flat"], "score"),
        ]
        let shape: [Int64]
        switch layout {
        case .yolov8:
            nodes.append(node("Concat", ["box", "score", "none"], "output0", axis: 1))
            shape = [1, 6, Int64(count)]
        case .yolov5:
            nodes.append(node("Concat", ["box", "score", "one", "none"], "columns", axis: 1))
            nodes.append(node("Transpose", ["columns"], "output0", [("perm", [0, 2, 1])]))
            shape = [1, Int64(count), 7]
        case .boxes:
            nodes.append(node("Concat", ["box", "score", "none"], "columns", axis: 1))
            nodes.append(node("Transpose", ["columns"], "output0", [("perm", [0, 2, 1])]))
            shape = [1, Int64(count), 6]
        }
        let graph =
            nodes.flatMap { bytes(1, $0) } + text(2, "red") + parts.flatMap { bytes(5, $0) }
            + bytes(11, value("images", [1, 3, Int64(side), Int64(side)])) + bytes(12, value("output0", shape))
        return number(1, 8) + bytes(7, graph) + bytes(8, text(1, "") + number(2, 13))
    }

    // MARK: onnx.proto3

    private static let float: Int64 = 1, int64: Int64 = 7

    private static func tensor(_ name: String, _ dims: [Int64], _ values: [Float]) -> [UInt8] {
        let raw = values.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian) { [UInt8]($0) } }
        return dims.flatMap { number(1, $0) } + number(2, float) + text(8, name) + bytes(9, raw)
    }

    /// A list of whole numbers.
    private static func tensor(_ name: String, _ values: [Int64]) -> [UInt8] {
        let raw = values.flatMap { withUnsafeBytes(of: $0.littleEndian) { [UInt8]($0) } }
        return number(1, Int64(values.count)) + number(2, int64) + text(8, name) + bytes(9, raw)
    }

    private static func node(_ kind: String, _ inputs: [String], _ output: String, _ lists: [(String, [Int64])] = [])
        -> [UInt8]
    {
        inputs.flatMap { text(1, $0) } + text(2, output) + text(4, kind)
            + lists.flatMap { name, values in
                bytes(5, text(1, name) + values.flatMap { number(8, $0) } + number(20, 7))
            }
    }

    private static func node(_ kind: String, _ inputs: [String], _ output: String, axis: Int64) -> [UInt8] {
        node(kind, inputs, output) + bytes(5, text(1, "axis") + number(3, axis) + number(20, 2))
    }

    private static func value(_ name: String, _ dims: [Int64]) -> [UInt8] {
        let shape = dims.flatMap { bytes(1, number(1, $0)) }
        return text(1, name) + bytes(2, bytes(1, number(1, float) + bytes(2, shape)))
    }

    // MARK: Protocol buffers

    private static func varint(_ value: UInt64) -> [UInt8] {
        var rest = value, out: [UInt8] = []
        while rest >= 128 {
            out.append(UInt8(rest & 127) | 128)
            rest >>= 7
        }
        return out + [UInt8(rest)]
    }

    private static func number(_ field: UInt64, _ value: Int64) -> [UInt8] {
        varint(field << 3) + varint(UInt64(bitPattern: value))
    }

    private static func bytes(_ field: UInt64, _ value: [UInt8]) -> [UInt8] {
        varint(field << 3 | 2) + varint(UInt64(value.count)) + value
    }

    private static func text(_ field: UInt64, _ value: String) -> [UInt8] { bytes(field, Array(value.utf8)) }
}
