import Synchronization

/// Where a layer of compression can be resumed: the last points that it has passed. The layer adds them while it is
/// read, and any thread may ask.
package final class InflatingResumePoints: Sendable {
    private let points: Mutex<[InflatingResumePoint]>

    init(_ points: [InflatingResumePoint] = []) { self.points = Mutex(points) }

    /// The last one at or before an offset of the inflated bytes.
    package func last(upTo offset: Int) -> InflatingResumePoint? {
        points.withLock { $0.last { $0.inflated <= offset } }
    }

    var last: InflatingResumePoint? { points.withLock(\.last) }

    /// Adds one, and keeps so many of the last ones.
    func add(_ point: InflatingResumePoint, keeping limit: Int) {
        points.withLock { $0 = $0.suffix(limit - 1) + [point] }
    }

    /// Keeps so many of the last ones.
    func keepLast(_ limit: Int) { points.withLock { $0.removeFirst(max(0, $0.count - limit)) } }
}
