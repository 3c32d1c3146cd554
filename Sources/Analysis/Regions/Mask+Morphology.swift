import Pixels

/// The neighbourhood of a morphological operation: every pixel whose centre lies within `radius`.
public enum Neighbourhood: Sendable, Hashable {
    /// (2·radius + 1)² pixels.
    case square(radius: Int)
    /// x² + y² ≤ radius².
    case disc(radius: Int)

    public var radius: Int {
        switch self {
        case .square(let radius), .disc(let radius): radius
        }
    }

    /// How far the neighbourhood reaches to either side, for every row of it from the top.
    var reaches: [Int] {
        switch self {
        case .square(let radius): return [Int](repeating: radius, count: 2 * radius + 1)
        case .disc(let radius):
            return (-radius...radius).map { y in
                var x = 0
                while (x + 1) * (x + 1) + y * y <= radius * radius { x += 1 }
                return x
            }
        }
    }
}

extension Mask {
    /// Inside where any pixel of the neighbourhood is.
    ///
    /// - Border: beyond the image is outside.
    /// - Complexity: O(pixels × radius) on bytes, without a branch.
    public func dilated(by neighbourhood: Neighbourhood) -> Mask { grown(by: neighbourhood, from: self) }

    /// Inside where every pixel of the neighbourhood is.
    ///
    /// - Border: beyond the image counts as inside, so that a mask touching the edge is not eaten there.
    public func eroded(by neighbourhood: Neighbourhood) -> Mask { inverted.dilated(by: neighbourhood).inverted }

    /// Eroded, then dilated: what is thinner than the neighbourhood goes.
    public func opened(by neighbourhood: Neighbourhood) -> Mask { eroded(by: neighbourhood).dilated(by: neighbourhood) }

    /// Dilated, then eroded: gaps narrower than the neighbourhood close.
    public func closed(by neighbourhood: Neighbourhood) -> Mask { dilated(by: neighbourhood).eroded(by: neighbourhood) }

    /// With the outside regions that do not touch the border filled in.
    ///
    /// Outside is 4-connected, as inside is 8-connected.
    public var holesFilled: Mask {
        guard width > 0, height > 0 else { return self }
        var border = Mask(width: width, height: height, inside: false)
        for x in 0..<width {
            border[x, 0] = true
            border[x, height - 1] = true
        }
        for y in 0..<height {
            border[0, y] = true
            border[width - 1, y] = true
        }
        return inverted.reconstructed(from: border).inverted
    }

    /// What of this mask is 4-connected, within it, with a pixel of it that lies in `marker`: the morphological
    /// reconstruction of the mask from the marker.
    ///
    /// - Precondition: the marker has the mask's size.
    /// - Complexity: O(pixels).
    public func reconstructed(from marker: Mask) -> Mask {
        precondition(marker.size == size, "marker and mask have one size")
        var reached = [UInt8](repeating: 0, count: bytes.count)
        var stack: [Int] = []
        func visit(_ i: Int) {
            if bytes[i] != 0, reached[i] == 0 {
                reached[i] = 255
                stack.append(i)
            }
        }
        for i in bytes.indices where marker.bytes[i] != 0 { visit(i) }
        while let i = stack.popLast() {
            let x = i % width
            if x > 0 { visit(i - 1) }
            if x + 1 < width { visit(i + 1) }
            if i >= width { visit(i - width) }
            if i + width < bytes.count { visit(i + width) }
        }
        return Mask(width: width, height: height, bytes: reached)
    }

    /// With those holes filled (see ``holesFilled``) that have at most `area` pixels; larger ones stay open.
    ///
    /// Holes that touch at a corner count as one.
    public func holesFilled(upTo area: Int) -> Mask {
        let holes = Components(of: holesFilled.subtracting(self))
        let small = holes.pieces.map { $0.areaInPixels <= area }
        var result = self
        for (i, label) in holes.labels.samples.enumerated() where label > 0 && small[Int(label) - 1] {
            result.bytes[i] = 255
        }
        return result
    }

    private func grown(by neighbourhood: Neighbourhood, from source: Mask) -> Mask {
        let radius = neighbourhood.radius
        precondition(radius >= 0, "a radius is not negative")
        guard radius > 0, width > 0, height > 0 else { return source }
        var result = [UInt8](repeating: 0, count: bytes.count)
        let reaches = neighbourhood.reaches
        for reach in Set(reaches).sorted() {
            let across = source.rowsDilated(reach: reach)
            for (k, value) in reaches.enumerated() where value == reach {
                let offset = k - radius
                for y in max(0, -offset)..<max(max(0, -offset), min(height, height - offset)) {
                    Mask.merge(across, (y + offset) * width, &result, y * width, width)
                }
            }
        }
        return Mask(width: width, height: height, bytes: result)
    }

    private static func merge(_ source: [UInt8], _ from: Int, _ result: inout [UInt8], _ to: Int, _ count: Int) {
        source.withUnsafeBufferPointer { source in
            result.withUnsafeMutableBufferPointer { result in
                var i = 0
                while i < count {
                    result[to &+ i] |= source[from &+ i]
                    i &+= 1
                }
            }
        }
    }

    /// Every row dilated along itself: inside where any pixel at most `reach` away on either side is.
    private func rowsDilated(reach: Int) -> [UInt8] {
        guard reach > 0 else { return bytes }
        let width = width, span = 2 * reach + 1
        // The row between zeros; value i stands for the pixels i - reach … i - reach + covered - 1 of the row. From one
        // buffer to the other and back, so that whole vectors are taken.
        var padded = [UInt8](repeating: 0, count: width + 2 * reach), next = padded
        return [UInt8](unsafeUninitializedCapacity: bytes.count) { result, initialized in
            bytes.withUnsafeBufferPointer { source in
                padded.withUnsafeMutableBufferPointer { padded in
                    next.withUnsafeMutableBufferPointer { next in
                        guard var from = padded.baseAddress, var to = next.baseAddress, let source = source.baseAddress,
                            let result = result.baseAddress
                        else { return }
                        for y in 0..<height {
                            from.update(repeating: 0, count: padded.count)
                            (from + reach).update(from: source + y * width, count: width)
                            var covered = 1
                            while covered < span {
                                let shift = min(covered, span - covered)
                                Mask.either(from, shift, padded.count, into: to)
                                swap(&from, &to)
                                covered += shift
                            }
                            (result + y * width).update(from: from, count: width)
                        }
                    }
                }
            }
            initialized = bytes.count
        }
    }

    /// What is inside at a place or `shift` after it; where there is no such place, what is inside.
    private static func either(
        _ from: UnsafeMutablePointer<UInt8>, _ shift: Int, _ count: Int, into to: UnsafeMutablePointer<UInt8>
    ) {
        let end = count - shift
        var i = 0
        while i < end {
            to[i] = from[i] | from[i &+ shift]
            i &+= 1
        }
        (to + end).update(from: from + end, count: shift)
    }
}
