import Dispatch

/// Runs work on a fixed number of threads of its own, so that blocking reads and decodes never hold up anything else.
struct ParallelMap: Sendable {
    let jobs: Int

    /// The results in the order of the items, whatever order they were made in.
    func map<Item: Sendable, Value: Sendable>(_ items: [Item], _ body: @escaping @Sendable (Item) -> Value) async
        -> [Value]
    {
        guard jobs > 1, items.count > 1 else { return items.map(body) }
        let pool = BlockingPool()
        return await withTaskGroup(of: (Int, Value).self) { group in
            var next = 0
            func start() {
                guard next < items.count else { return }
                let index = next, item = items[index]
                next += 1
                group.addTask(executorPreference: pool) { (index, body(item)) }
            }
            for _ in 0..<min(jobs, items.count) { start() }
            var values = [Value?](repeating: nil, count: items.count)
            while let (index, value) = await group.next() {
                values[index] = value
                start()
            }
            return values.compactMap { $0 }
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
