import CImageCodecs

/// What becomes of a picture's memory when it is freed.
public enum PictureMemory {
    /// A picture of 4K, decoded. glibc maps nothing larger from its heaps (M_MMAP_THRESHOLD in mallopt(3)).
    static let kept = 32 << 20

    /// From now on what one picture leaves serves the next, where it went back to the system each time.
    ///
    /// For a process that reads one picture after the other: with the allocator's own thresholds a run over captures of
    /// 1280 × 720 asked the system for 760 pages a capture.
    ///
    /// - Returns: whether the allocator listens; it is glibc's that does.
    @discardableResult public static func keep() -> Bool { pw_keep_memory(kept) }
}
