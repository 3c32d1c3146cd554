import Dispatch

/// Runs work on a fixed number of threads of its own, so that blocking reads and decodes never hold up anything else,
/// and hands on the results in the order of the items.
struct OrderedWork: Sendable {
    let jobs: Int

    /// What `take` says about going on.
    enum Next { case goOn, stop }

    /// Results that are ready, or in work, before their turn, for each job: so many are in memory at most.
    private static let ahead = 2

    /// - Parameters:
    ///   - body: the work on one item; runs beside others and beside `take`.
    ///   - take: gets each item with its result, one after the other; `.stop` leaves the rest undone.
    func callAsFunction<Item: Sendable, Value: Sendable>(
        _ items: [Item], _ body: @escaping @Sendable (Item) -> Value, take: (Item, Value) throws -> Next
    ) async throws {
        guard jobs > 1, items.count > 1 else {
            for item in items where try take(item, body(item)) == .stop { return }
            return
        }
        let pool = BlockingPool()
        try await withThrowingTaskGroup(of: (Int, Value).self) { group in
            var started = 0, taken = 0
            var waiting: [Int: Value] = [:]
            func start() {
                while started < items.count, started - taken < OrderedWork.ahead * jobs,
                    started - taken - waiting.count < jobs
                {
                    let index = started, item = items[index]
                    started += 1
                    group.addTask(executorPreference: pool) { (index, body(item)) }
                }
            }
            start()
            while let (index, value) = try await group.next() {
                waiting[index] = value
                start()
                while let value = waiting.removeValue(forKey: taken) {
                    let item = items[taken]
                    taken += 1
                    start()
                    if try take(item, value) == .stop { return }
                }
            }
        }
    }
}

/// Blocking work runs here and not on the cooperative pool.
private final class BlockingPool: TaskExecutor {
    private let queue = DispatchQueue(label: "plotwatch.captures", qos: .utility, attributes: .concurrent)

    func enqueue(_ job: consuming ExecutorJob) {
        let unowned = UnownedJob(job)
        queue.async { unowned.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
