import Kernels
import Pixels

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The edge vectors of a reference beside those of a picture at one pose, row by row.
struct AgreementRows {
    /// Over the samples of a part's row that both show.
    struct Sums {
        var dot = 0.0
        var own = 0.0
        var other = 0.0
    }

    private let reference: Registration.EdgeVectors
    private let image: Registration.EdgeVectors
    private let motion: PointResiduals.Motion
    private let centre: SIMD2<Float>
    private let ignored: Mask?
    private let pointResiduals = KernelSet.best.pointResiduals

    init(
        _ reference: Registration.EdgeVectors, _ image: Registration.EdgeVectors, _ pose: Registration.Pose,
        centre: SIMD2<Float>, ignoring ignored: Mask?
    ) {
        self.reference = reference
        self.image = image
        self.centre = centre
        self.ignored = ignored
        // In the picture with its border: 1 is its first sample, its size its last one.
        motion = PointResiduals.Motion(
            c: Float(cos(pose.angle)), s: Float(sin(pose.angle)), offsetX: centre.x + 1 + Float(pose.x),
            offsetY: centre.y + 1 + Float(pose.y), limitX: Float(image.width).nextUp,
            limitY: Float(image.height).nextUp)
    }

    /// Room for a row: where its samples lie, what the picture shows there, the reference's, each along x and y.
    private struct Room {
        let pointX: UnsafeMutablePointer<Float>, pointY: UnsafeMutablePointer<Float>
        let zeros: UnsafeMutablePointer<Float>
        let shownX: UnsafeMutablePointer<Float>, shownY: UnsafeMutablePointer<Float>
        let ownX: UnsafeMutablePointer<Float>, ownY: UnsafeMutablePointer<Float>
        static let rows = 7

        init(_ start: UnsafeMutablePointer<Float>, width: Int) {
            pointX = start
            pointY = start + width
            zeros = start + 2 * width
            shownX = start + 3 * width
            shownY = start + 4 * width
            ownX = start + 5 * width
            ownY = start + 6 * width
        }
    }

    /// Calls `body` with the part, the sums, and how many samples both show and how many count, of every second row of
    /// every part.
    func forEach(_ body: (Int, Sums, Int, Int) -> Void) {
        typealias Agreement = Registration.Agreement
        let width = reference.width, height = reference.height
        // Column x belongs to part x · columns / width.
        let borders = (0...Agreement.columns).map { ($0 * width + Agreement.columns - 1) / Agreement.columns }
        withUnsafeTemporaryAllocation(of: Float.self, capacity: Room.rows * width) { memory in
            guard let start = memory.baseAddress else { return }
            let room = Room(start, width: width)
            for x in 0..<width { room.pointX[x] = Float(x) - centre.x }
            room.zeros.update(repeating: 0, count: width)
            for y in stride(from: 0, to: height, by: Agreement.every) {
                look(at: y, room)
                for k in 0..<Agreement.columns {
                    let columns = borders[k]..<borders[k + 1]
                    let (inside, counted) = clear(columns, y, room)
                    let part = y * Agreement.rows / height * Agreement.columns + k
                    body(part, sums(columns, room), inside, counted)
                }
            }
        }
    }

    /// Brings the row's samples to where the pose puts them in the picture.
    private func look(at y: Int, _ room: Room) {
        let width = reference.width, first = (y + 1) * reference.stride + 1
        room.pointY.update(repeating: Float(y) - centre.y, count: width)
        for (shown, edges) in [(room.shownX, image.x), (room.shownY, image.y)] {
            edges.withUnsafeBufferPointer { edges in
                guard let edges = edges.baseAddress else { return }
                pointResiduals(
                    edges, image.stride, room.pointX, room.pointY, room.zeros, motion, width, shown)
            }
        }
        for (own, edges) in [(room.ownX, reference.x), (room.ownY, reference.y)] {
            edges.withUnsafeBufferPointer { edges in
                for x in 0..<width { own[x] = edges[first &+ x] }
            }
        }
    }

    /// Puts zeros for what the picture does not show, and for what is ignored.
    private func clear(_ columns: Range<Int>, _ y: Int, _ room: Room) -> (inside: Int, counted: Int) {
        var counted = columns.count
        if let ignored {
            for x in columns where ignored.bytes[y * reference.width + x] != 0 {
                room.shownX[x] = PointResiduals.outside
                counted -= 1
            }
        }
        var inside: Int32 = 0, x = columns.lowerBound
        while x < columns.upperBound {
            let isShown = room.shownX[x] != PointResiduals.outside
            room.shownX[x] = isShown ? room.shownX[x] : 0
            room.shownY[x] = isShown ? room.shownY[x] : 0
            room.ownX[x] = isShown ? room.ownX[x] : 0
            room.ownY[x] = isShown ? room.ownY[x] : 0
            inside &+= isShown ? 1 : 0
            x &+= 1
        }
        return (Int(inside), counted)
    }

    /// The picture's vectors are turned back into the reference's frame.
    private func sums(_ columns: Range<Int>, _ room: Room) -> Sums {
        typealias Four = SIMD4<Float>
        @inline(__always) func four(_ values: UnsafeMutablePointer<Float>, _ x: Int) -> Four {
            UnsafeRawPointer(values + x).loadUnaligned(as: Four.self)
        }
        let c = motion.c, s = motion.s
        var dot = Four.zero
        var own = dot
        var other = dot
        var x = columns.lowerBound
        while x &+ 4 <= columns.upperBound {
            let ex = four(room.shownX, x), ey = four(room.shownY, x), rx = four(room.ownX, x), ry = four(room.ownY, x)
            let ox = c * ex + s * ey, oy = c * ey - s * ex
            dot += rx * ox + ry * oy
            own += rx * rx + ry * ry
            other += ox * ox + oy * oy
            x &+= 4
        }
        var sums = Sums(dot: Double(dot.sum()), own: Double(own.sum()), other: Double(other.sum()))
        while x < columns.upperBound {
            let ex = room.shownX[x], ey = room.shownY[x], rx = room.ownX[x], ry = room.ownY[x]
            let ox = c * ex + s * ey, oy = c * ey - s * ex
            sums.dot += Double(rx * ox + ry * oy)
            sums.own += Double(rx * rx + ry * ry)
            sums.other += Double(ox * ox + oy * oy)
            x &+= 1
        }
        return sums
    }
}
