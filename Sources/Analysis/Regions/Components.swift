import Pixels

/// The 8-connected components of a mask, in the order of their first pixel from the top left.
public struct Components: Sendable {
    /// One connected piece.
    public struct Piece: Sendable, Equatable {
        /// Its number in `labels`, from 1.
        public var label: Int32
        public var areaInPixels: Int
        public var box: Region
        /// The mean of its pixels' centres.
        public var centroid: SIMD2<Double>
    }

    /// 0 outside the mask, else the number of the piece.
    public let labels: Plane<Int32>
    public let pieces: [Piece]

    /// - Complexity: O(pixels); two passes, union by smallest label.
    public init(of mask: Mask) {
        let width = mask.width, height = mask.height
        var labels = [Int32](repeating: 0, count: width * height)
        var parents: [Int32] = [0]

        func root(_ label: Int32) -> Int32 {
            var label = label
            while parents[Int(label)] != label {
                parents[Int(label)] = parents[Int(parents[Int(label)])]
                label = parents[Int(label)]
            }
            return label
        }
        for y in 0..<height {
            for x in 0..<width where mask.bytes[y * width + x] != 0 {
                let i = y * width + x
                var label: Int32 = 0
                func join(_ other: Int32) {
                    guard other != 0 else { return }
                    let found = root(other)
                    if label == 0 {
                        label = found
                    } else if found != label {
                        parents[Int(max(found, label))] = min(found, label)
                        label = min(found, label)
                    }
                }
                if x > 0 { join(labels[i - 1]) }
                if y > 0 {
                    if x > 0 { join(labels[i - width - 1]) }
                    join(labels[i - width])
                    if x + 1 < width { join(labels[i - width + 1]) }
                }
                if label == 0 {
                    label = Int32(parents.count)
                    parents.append(label)
                }
                labels[i] = label
            }
        }

        var numbers = [Int32](repeating: 0, count: parents.count)
        var pieces: [Piece] = []
        var sums: [SIMD2<Double>] = []
        for y in 0..<height {
            for x in 0..<width where labels[y * width + x] != 0 {
                let i = y * width + x, root = Int(root(labels[i]))
                if numbers[root] == 0 {
                    numbers[root] = Int32(pieces.count + 1)
                    pieces.append(
                        Piece(
                            label: numbers[root], areaInPixels: 0, box: Region(x: x, y: y, width: 1, height: 1),
                            centroid: .zero))
                    sums.append(.zero)
                }
                let k = Int(numbers[root]) - 1
                labels[i] = numbers[root]
                pieces[k].areaInPixels += 1
                sums[k] += SIMD2(Double(x) + 0.5, Double(y) + 0.5)
                let box = pieces[k].box, left = min(box.x, x)
                pieces[k].box = Region(x: left, y: box.y, width: max(box.maxX, x + 1) - left, height: y + 1 - box.y)
            }
        }
        for k in pieces.indices { pieces[k].centroid = sums[k] / Double(pieces[k].areaInPixels) }
        self.labels = Plane(width: width, height: height, samples: labels)
        self.pieces = pieces
    }

    /// The pixels of the pieces that satisfy `isKept`.
    public func mask(where isKept: (Piece) -> Bool) -> Mask {
        let kept: [UInt8] = [0] + pieces.map { isKept($0) ? 255 : 0 }
        return Mask(width: labels.width, height: labels.height, bytes: labels.samples.map { kept[Int($0)] })
    }

    /// The pixels of one piece.
    public func mask(of piece: Piece) -> Mask { mask { $0.label == piece.label } }
}
