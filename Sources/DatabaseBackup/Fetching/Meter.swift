import Synchronization

/// Counts what the ranges of one fetch write.
final class Meter: Sendable {
    private struct Count {
        var fetched: Int64 = 0
        var firstByte: Duration?
    }

    private let before: Int64
    private let total: Int64
    private let start: ContinuousClock.Instant
    private let report: @Sendable (FetchProgress) -> Void
    private let count = Mutex(Count())

    init(done: Int64, total: Int64, start: ContinuousClock.Instant, report: @escaping @Sendable (FetchProgress) -> Void)
    {
        before = done
        self.total = total
        self.start = start
        self.report = report
    }

    var fetched: Int64 { count.withLock { $0.fetched } }
    var firstByte: Duration? { count.withLock { $0.firstByte } }

    func add(_ bytes: Int) {
        let fetched = count.withLock { count in
            if count.firstByte == nil { count.firstByte = .now - start }
            count.fetched += Int64(bytes)
            return count.fetched
        }
        report(FetchProgress(done: before + fetched, total: total, fetched: fetched))
    }
}
