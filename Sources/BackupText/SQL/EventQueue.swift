import BackupRows

/// Events that wait to be given out, in order.
struct EventQueue {
    private var events: [RowEvent?] = []
    private var next = 0

    var isEmpty: Bool { events.isEmpty }

    mutating func append(_ event: RowEvent) { events.append(event) }

    mutating func popFirst() -> RowEvent? {
        guard next < events.count else { return nil }
        let event = events[next].take()
        next += 1
        if next == events.count {
            events.removeAll(keepingCapacity: true)
            next = 0
        }
        return event
    }
}
