import Pixels

/// How many eighths of the full size a picture is decoded to.
public enum Scale: Int, Sendable, CaseIterable {
    case full = 8
    case half = 4
    case quarter = 2
    case eighth = 1

    /// How many full-size pixels one decoded pixel covers in each direction.
    public var divisor: Int { 8 / rawValue }

    /// The size that a picture of `size` is decoded to: divided and rounded up.
    public func applied(to size: Size) -> Size {
        Size(width: (size.width + divisor - 1) / divisor, height: (size.height + divisor - 1) / divisor)
    }
}
