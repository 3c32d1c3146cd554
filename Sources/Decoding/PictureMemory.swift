import CImageCodecs

/// What becomes of a picture's memory when it is freed.
public enum PictureMemory {
    /// A picture of 4K, decoded. glibc maps nothing larger from its heaps (M_MMAP_THRESHOLD in mallopt(3)).
    static let kept = 32 << 20

    /// From now on what one picture leaves serves the next, of whatever thread, where it went back to the system each
    /// time and each thread had a heap of its own.
    ///
    /// For a process that reads one picture after the other, before it starts threads: with the allocator's own thresholds
    /// a run over captures of 1280 × 720 asked the system for 760 pages a capture; with a heap for every thread two jobs
    /// over captures of 1920 × 1080 took 112 MB, with one heap 98 MB in the same time.
    ///
    /// - Returns: whether the allocator listens; it is glibc's that does.
    @discardableResult public static func keep() -> Bool { pw_keep_memory(kept) }
}
